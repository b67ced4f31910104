import Model
import Syntax

/// Judges the words and parameters that a directive is given.
struct NginxValueChecker {
  private let values = NginxValueTable.shared
  private let parameters = NginxParameterTable.shared
  private let table = NginxDirectiveTable.shared
  private let names = NginxNamesOfChecks()
  let version: Version?

  func check(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    in kind: NginxContextKind, problems: inout NginxProblems
  ) {
    if let words = values.words(of: id) {
      // `proxy_next_upstream` of `stream` is a flag.
      guard info.value == .enumeration || info.value == .words else { return }
      checkWords(node, id, words, tree, &problems)
    } else if let list = parameters.parameters(of: id, in: kind) {
      let isListen = id == names.listen && kind == .streamServer
      checkParameters(node, id, list, tree, isListen: isListen, &problems)
    } else if id == names.errorLog {
      checkLevels(node, tree, &problems)
    } else if id == names.allow || id == names.deny {
      checkNetwork(node, id, tree, &problems)
    } else if id == names.workerPriority {
      checkPriority(node, tree, &problems)
    } else if kind == .stream || kind == .streamServer {
      return
    } else if id == names.limitConn {
      checkLimit(node, tree, &problems)
    } else if id == names.return {
      checkReturn(node, tree, &problems)
    } else if id == names.rewrite {
      checkRewrite(node, tree, &problems)
    } else if id == names.errorPage {
      checkErrorPage(node, tree, &problems)
    } else if id == names.location {
      checkModifier(node, tree, &problems)
    }
  }

  // MARK: Words

  private func checkWords(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ words: NginxValueTable.Words, _ tree: NginxTree,
    _ problems: inout NginxProblems
  ) {
    for (index, argument) in tree.argumentStrings(of: node).enumerated() {
      guard index == 0 || words.isList else { return }
      guard let word = words.word(argument) else {
        if left(argument, index, node, id, tree, &problems) { return }
        return refuse(
          node, index, tree, "invalid value \"\(argument)\"",
          help: nearest(argument, words.list.map(\.text)), &problems)
      }
      if let since = word.since, let version, version < since {
        return refuse(
          node, index, tree, "invalid value \"\(argument)\"",
          help: "it is new in nginx \(since); this one is \(version)", &problems)
      }
    }
  }

  private func nearest(_ word: String, _ words: [String]) -> String {
    NginxSpelling.nearest(word, among: words).map { "did you mean \"\($0)\"?" }
      ?? "it is one of \(words.joined(separator: ", "))"
  }

  // MARK: Parameters

  private func checkParameters(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ parameters: NginxParameterTable.Parameters,
    _ tree: NginxTree, isListen: Bool, _ problems: inout NginxProblems
  ) {
    var hasNeeded = parameters.needed == nil
    let arguments = tree.argumentStrings(of: node)
    for (index, argument) in arguments.enumerated().dropFirst(parameters.skipped) {
      if let needed = parameters.needed, argument.hasPrefix(needed + "=") { hasNeeded = true }
      guard let parameter = Self.find(argument, in: parameters.list) else {
        if parameters.ignoresOthers { continue }
        if left(argument, index, node, id, tree, &problems) { return }
        return refuse(
          node, index, tree,
          isListen
            ? "the invalid \"\(argument)\" parameter" : "invalid parameter \"\(argument)\"",
          help: help(for: argument, parameters.list), &problems)
      }
      if let since = parameter.since, let version, version < since {
        return refuse(
          node, index, tree, "invalid parameter \"\(argument)\"",
          help: "it is new in nginx \(since); this one is \(version)", &problems)
      }
      if let until = parameter.until, version.map({ $0 >= until }) != false {
        return refuse(
          node, index, tree, "invalid parameter \"\(argument)\"",
          help: "it was removed in nginx \(until)", &problems)
      }
      let value = argument.utf8.dropFirst(parameter.name.utf8.count)
      if let message = Self.complaint(value, parameter, argument) {
        if left(argument, index, node, id, tree, &problems) { return }
        return refuse(node, index, tree, message, help: parameter.value.form, &problems)
      }
    }
    if !hasNeeded, let needed = parameters.needed {
      problems.addAtName(
        .refused, tree, node, "\"\(table.name(id))\" must have \"\(needed)\" parameter")
    }
  }

  private static func find(
    _ argument: String, in list: [NginxParameterTable.Parameter]
  ) -> NginxParameterTable.Parameter? {
    list.first { $0.value == .none ? $0.name == argument : argument.hasPrefix($0.name) }
  }

  private func help(for argument: String, _ list: [NginxParameterTable.Parameter]) -> String {
    let name = argument.prefix { $0 != "=" }
    let names = list.map { String($0.name.prefix { $0 != "=" }) }
    if let same = list.first(where: { $0.name.prefix { $0 != "=" } == name }) {
      return same.value == .none ? "\(name) takes no value" : "write \(same.name)VALUE"
    }
    return nearest(String(name), names)
  }

  /// What nginx says of a value that it does not take.
  private static func complaint(
    _ value: Substring.UTF8View, _ parameter: NginxParameterTable.Parameter, _ argument: String
  ) -> String? {
    let isRight =
      switch parameter.value {
      case .none, .any: true
      case .number: NginxUnits.number(value) != nil
      case .positive: NginxUnits.number(value).map { $0 > 0 } == true
      case .size: NginxUnits.size(value) != nil
      case .offset: NginxUnits.offset(value) != nil
      case .milliseconds: NginxUnits.milliseconds(value) != nil
      case .seconds: NginxUnits.seconds(value) != nil
      case .flag: NginxUnits.flag(value) != nil
      case .zone: zoneSize(value) != nil
      case .rate: rate(value).map { $0 > 0 } == true
      }
    guard isRight else { return "invalid \(parameter.title) \"\(argument)\"" }
    if parameter.value == .zone, let size = zoneSize(value), size < smallestZone {
      return "zone \"\(argument)\" is too small"
    }
    return nil
  }

  /// Eight pages of 4 KiB; fewer bytes are refused where pages are larger.
  private static let smallestZone: Int64 = 8 * 4_096

  private static func zoneSize(_ value: Substring.UTF8View) -> Int64? {
    guard let colon = value.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return NginxUnits.size(value[value.index(after: colon)...])
  }

  private static func rate(_ value: Substring.UTF8View) -> Int64? {
    let unit = value.suffix(3)
    let isUnit = unit.elementsEqual("r/s".utf8) || unit.elementsEqual("r/m".utf8)
    return NginxUnits.number(isUnit ? value.dropLast(3) : value)
  }

  // MARK: Directives of their own kind

  private static let levels = [
    "stderr", "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug", "debug_core",
    "debug_alloc", "debug_mutex", "debug_event", "debug_http", "debug_mail", "debug_stream",
  ]

  private func checkLevels(
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

  private func checkReturn(
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

  private func checkNetwork(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    guard let network = tree.argument(0, of: node)?.string, network != "all", network != "unix:",
      !NginxAddress.isNetwork(network), !left(network, 0, node, id, tree, &problems)
    else { return }
    refuse(
      node, 0, tree, "invalid parameter \"\(network)\"",
      help: "an address, a network such as 10.0.0.0/8, unix: or all; no name", &problems)
  }

  private func checkPriority(
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

  private func checkLimit(
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

  private func checkRewrite(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    let flags = ["last", "break", "redirect", "permanent"]
    guard let flag = tree.argument(2, of: node)?.string, !flags.contains(flag),
      !left(flag, 2, node, names.rewrite, tree, &problems)
    else { return }
    refuse(
      node, 2, tree, "invalid parameter \"\(flag)\"", help: nearest(flag, flags), &problems)
  }

  private func checkErrorPage(
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

  private func checkModifier(
    _ node: NginxDirectiveID, _ tree: NginxTree, _ problems: inout NginxProblems
  ) {
    let arguments = tree.argumentStrings(of: node)
    guard let modifier = NginxLocationChecker(arguments).unknownModifier,
      !left(modifier, 0, node, names.location, tree, &problems)
    else { return }
    refuse(
      node, 0, tree, "invalid location modifier \"\(modifier)\"",
      help: modifier == "==" ? "nginx writes it `=`" : "it is one of =, ^~, ~ and ~*", &problems)
  }

  // MARK: Saying it

  private func refuse(
    _ node: NginxDirectiveID, _ index: Int, _ tree: NginxTree, _ message: String, help: String?,
    _ problems: inout NginxProblems
  ) {
    let words = tree.arguments(of: node)
    let word = words[words.startIndex + index]
    problems.add(.refused, tree, word.range, message, help: help)
  }

  /// Whether a value is left alone, because a template engine will replace it.
  private func left(
    _ value: String, _ index: Int, _ node: NginxDirectiveID, _ id: NginxNameID, _ tree: NginxTree,
    _ problems: inout NginxProblems
  ) -> Bool {
    guard NginxPlaceholder.isIn(value.utf8) else { return false }
    let words = tree.arguments(of: node)
    problems.add(
      .unknown, tree, words[words.startIndex + index].range,
      "\"\(table.name(id))\" is \"\(value)\", a placeholder: its value is not known")
    return true
  }
}

/// The directives that are judged by functions of their own.
struct NginxNamesOfChecks: Sendable {
  let errorLog, `return`, rewrite, errorPage, location: NginxNameID
  let listen, allow, deny, workerPriority, limitConn: NginxNameID

  init(_ table: NginxDirectiveTable = .shared) {
    errorLog = table.id("error_log")
    `return` = table.id("return")
    rewrite = table.id("rewrite")
    errorPage = table.id("error_page")
    location = table.id("location")
    listen = table.id("listen")
    allow = table.id("allow")
    deny = table.id("deny")
    workerPriority = table.id("worker_priority")
    limitConn = table.id("limit_conn")
  }
}

extension NginxParameterTable.Value {
  /// How such a value is written.
  var form: String? {
    switch self {
    case .none, .any: nil
    case .number: "a number without unit"
    case .positive: "a number of at least 1, without unit"
    case .size: NginxValueKind.size.form
    case .offset: NginxValueKind.offset.form
    case .milliseconds: NginxValueKind.milliseconds.form
    case .seconds: NginxValueKind.seconds.form
    case .flag: "on or off"
    case .zone: "a name, a colon and a size with or without k or m: zone=name:10m"
    case .rate: "a number and r/s or r/m: rate=10r/s"
    }
  }
}
