import Model
import Syntax

/// Judges the words and parameters that a directive is given.
struct NginxValueChecker {
  private let values = NginxValueTable.shared
  private let parameters = NginxParameterTable.shared
  private let table = NginxDirectiveTable.shared
  let names = NginxNamesOfChecks.shared
  let version: Version?

  /// Whether a directive is judged at all, by its number: most are not, and are asked nothing more.
  private static let isJudged: [Bool] = {
    let table = NginxDirectiveTable.shared
    var isJudged = [Bool](repeating: false, count: table.nameCount + 1)
    for id in NginxValueTable.shared.ids + NginxParameterTable.shared.ids
      + NginxNamesOfChecks.shared.ids
    {
      isJudged[Int(id.rawValue)] = true
    }
    return isJudged
  }()

  func check(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    in kind: NginxContextKind, problems: inout NginxProblems
  ) {
    guard Self.isJudged[Int(id.rawValue)] else { return }
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
    } else if id == names.limitConn {
      checkLimit(node, tree, &problems)
    } else if kind == .stream || kind == .streamServer {
      return
    } else if id == names.return {
      checkReturn(node, tree, &problems)
    } else if id == names.rewrite {
      checkRewrite(node, tree, &problems)
    } else if id == names.errorPage {
      checkErrorPage(node, tree, &problems)
    } else if id == names.limitExcept {
      checkMethods(node, tree, &problems)
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

  func nearest(_ word: String, _ words: [String]) -> String {
    NginxSpelling.nearest(word, among: words).map { "did you mean \"\($0)\"?" }
      ?? "it is one of \(words.joined(separator: ", "))"
  }

  // MARK: Parameters

  private func checkParameters(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ parameters: NginxParameterTable.Parameters,
    _ tree: NginxTree, isListen: Bool, _ problems: inout NginxProblems
  ) {
    guard tree.argumentCount(of: node) > parameters.skipped || parameters.needed != nil else {
      return
    }
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
          node, index, tree,
          isListen
            ? "the invalid \"\(argument)\" parameter" : "invalid parameter \"\(argument)\"",
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

  // MARK: Saying it

  func refuse(
    _ node: NginxDirectiveID, _ index: Int, _ tree: NginxTree, _ message: String, help: String?,
    _ problems: inout NginxProblems
  ) {
    let words = tree.arguments(of: node)
    let word = words[words.startIndex + index]
    problems.add(.refused, tree, word.range, message, help: help)
  }

  /// Whether a value is left alone, because a template engine will replace it.
  func left(
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
  let listen, allow, deny, workerPriority, limitConn, limitExcept: NginxNameID

  static let shared = NginxNamesOfChecks(.shared)

  var ids: [NginxNameID] {
    [
      errorLog, `return`, rewrite, errorPage, location, listen, allow, deny, workerPriority,
      limitConn, limitExcept,
    ]
  }

  private init(_ table: NginxDirectiveTable) {
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
    limitExcept = table.id("limit_except")
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
