import Syntax

/// Directives whose values nginx reads with functions of their own.
extension NginxValueChecker {
  private static let levels = [
    "stderr", "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug", "debug_core",
    "debug_alloc", "debug_mutex", "debug_event", "debug_http", "debug_mail", "debug_stream",
  ]

  func checkLevels(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    for (index, level) in tree.argumentStrings(of: node).enumerated().dropFirst()
    where !Self.levels.dropFirst().contains(level) {
      if left(level, index, node, names.errorLog, tree, &problems) { return }
      return refuse(
        node, index, tree, "invalid log level \"\(level)\"", help: nearest(level, Self.levels),
        &problems)
    }
  }

  func checkReturn(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    guard let code = tree.argument(0, of: node)?.string else { return }
    let hasText = tree.argumentCount(of: node) > 1
    let number = NginxUnits.number(code.utf8)
    let isAddress = ["http://", "https://", "$scheme"].contains { code.hasPrefix($0) }
    let isRight = number.map { $0 <= 999 } ?? (!hasText && isAddress)
    guard !isRight, !left(code, 0, node, names.return, tree, &problems) else { return }
    refuse(
      node, 0, tree, "invalid return code \"\(code)\"",
      help: "a number up to 999, or an address with http://, https:// or $scheme in front",
      &problems)
  }

  func checkNetwork(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    guard let network = tree.argument(0, of: node)?.string, network != "all", network != "unix:",
      !NginxAddress.isNetwork(network), !left(network, 0, node, id, tree, &problems)
    else { return }
    refuse(
      node, 0, tree, "invalid parameter \"\(network)\"",
      help: "an address, a network such as 10.0.0.0/8, unix: or all; no name", &problems)
  }

  func checkPriority(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    guard let value = tree.argument(0, of: node)?.string else { return }
    let isSigned = value.hasPrefix("-") || value.hasPrefix("+")
    let digits = isSigned ? value.dropFirst() : value[...]
    guard NginxUnits.number(digits.utf8) == nil,
      !left(value, 0, node, names.workerPriority, tree, &problems)
    else { return }
    refuse(
      node, 0, tree, "\"worker_priority\" directive invalid number", help: "a number such as -5",
      &problems)
  }

  func checkLimit(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    guard let value = tree.argument(1, of: node)?.string else { return }
    let number = NginxUnits.number(value.utf8) ?? 0
    guard number < 1 || number > 65_535, !left(value, 1, node, names.limitConn, tree, &problems)
    else { return }
    refuse(
      node, 1, tree,
      number > 65_535
        ? "connection limit must be less 65536" : "invalid number of connections \"\(value)\"",
      help: "a number from 1 to 65535", &problems)
  }

  func checkRewrite(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    let flags = ["last", "break", "redirect", "permanent"]
    guard let flag = tree.argument(2, of: node)?.string, !flags.contains(flag),
      !left(flag, 2, node, names.rewrite, tree, &problems)
    else { return }
    refuse(
      node, 2, tree, "invalid parameter \"\(flag)\"", help: nearest(flag, flags), &problems)
  }

  func checkErrorPage(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    let arguments = tree.argumentStrings(of: node)
    guard arguments.count > 1 else { return }
    let answer = arguments[arguments.count - 2]
    var codes = arguments.dropLast()
    if answer.hasPrefix("=") {
      let digits = answer.utf8.dropFirst()
      guard arguments.count > 2, digits.isEmpty || NginxUnits.number(digits) != nil else {
        return refuse(
          node, arguments.count - 2, tree, "invalid value \"\(answer)\"",
          help: "the codes come first, then = with or without a code, then the page", &problems)
      }
      codes = codes.dropLast()
    }
    for (index, code) in codes.enumerated() {
      let number = NginxUnits.number(code.utf8)
      guard number == nil || number == 499 || number.map({ $0 < 300 || $0 > 599 }) == true,
        !left(code, index, node, names.errorPage, tree, &problems)
      else { continue }
      let isNone = number == nil || number == 499
      return refuse(
        node, index, tree,
        isNone ? "invalid value \"\(code)\"" : "value \"\(code)\" must be between 300 and 599",
        help: nil, &problems)
    }
  }

  func checkModifier(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    guard tree.argumentCount(of: node) > 1, !beginsWithModifier(node, tree),
      let modifier = NginxLocationChecker(tree.argumentStrings(of: node)).unknownModifier,
      !left(modifier, 0, node, names.location, tree, &problems)
    else { return }
    refuse(
      node, 0, tree, "invalid location modifier \"\(modifier)\"",
      help: modifier == "==" ? "nginx writes it `=`" : "it is one of =, ^~, ~ and ~*", &problems)
  }

  /// Whether a location has two words of which the first is a modifier: next to all with two.
  private func beginsWithModifier(_ node: NginxDirectiveID, _ tree: NginxTree) -> Bool {
    guard tree.argumentCount(of: node) == 2, let first = tree.argument(0, of: node) else {
      return false
    }
    return first == "~" || first == "~*" || first == "=" || first == "^~"
  }

  private static let methods = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "MKCOL", "COPY", "MOVE", "OPTIONS", "PROPFIND",
    "PROPPATCH", "LOCK", "UNLOCK", "PATCH",
  ]

  func checkMethods(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    for (index, method) in tree.argumentStrings(of: node).enumerated()
    where !Self.methods.contains(method.uppercased()) {
      if left(method, index, node, names.limitExcept, tree, &problems) { return }
      return refuse(
        node, index, tree, "invalid method \"\(method)\"", help: nearest(method, Self.methods),
        &problems)
    }
  }
}
