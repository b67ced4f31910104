import Model
import Syntax

/// Judges each directive as nginx does when it reads one: name, place, arguments, value.
///
/// Only what the tables say for certain: rows of other modules are recognised and never judged,
/// and text of a template engine is left alone.
struct NginxChecker {
  private let table = NginxDirectiveTable.shared
  private let known = NginxKnownNames.shared
  /// What a partial configuration was taken for; at its top nothing is out of place.
  private let root: NginxContextKind
  private let version: Version?
  /// The contexts that each file was already judged in.
  private var judged: [Int32: NginxContextSet] = [:]
  /// The last context that each name occurred in, for names that may occur once.
  private var lastContext: [Int32]
  private var context: Int32 = 0
  private var suggestionCount = 0

  private let keepaliveOff = Version(1, 29, 7)

  /// A suggestion compares a name with hundreds; a file of another format would have thousands.
  private static let mostSuggestions = 100

  init(root: NginxContextKind, version: Version?) {
    self.root = root
    self.version = version
    lastContext = Array(repeating: NginxContext.none, count: table.nameCount + 1)
  }

  mutating func begin(_ context: Int) { self.context = Int32(context) }

  /// Whether a file is met in a kind of context for the first time.
  mutating func isFirst(_ file: Int32, _ kind: NginxContextKind) -> Bool {
    let set = NginxContextSet(kind)
    let before = judged[file] ?? []
    judged[file] = before.union(set)
    return !before.contains(set)
  }

  mutating func check(
    _ node: NginxDirectiveID, _ id: NginxNameID, of tree: NginxTree, in kind: NginxContextKind,
    problems: inout NginxProblems
  ) {
    switch kind {
    case .foreign, .data, .rtmp, .rtmpServer, .rtmpApplication, .rtmpRecorder: return
    default: break
    }
    guard id != .unknown else { return checkUnknown(node, of: tree, in: kind, &problems) }
    guard let info = table.info(id, in: kind) else {
      return checkPlace(node, id, of: tree, in: kind, &problems)
    }
    guard info.isCertain, tree[node].kind != .lua else { return }
    checkVersion(node, info, of: tree, &problems)
    guard checkShape(node, info, of: tree, &problems) else { return }
    guard info.isSingle else { return }
    checkValue(node, info, of: tree, &problems)
    if lastContext[Int(id.rawValue)] == context {
      problems.addAtName(.refused, tree, node, "\"\(table.name(id))\" directive is duplicate")
    }
    lastContext[Int(id.rawValue)] = context
  }

  func checkInclude(
    _ node: NginxDirectiveID, of tree: NginxTree, problems: inout NginxProblems
  ) {
    problems.addAtName(
      .refused, tree, node, "invalid number of arguments in \"include\" directive")
  }

  private mutating func checkUnknown(
    _ node: NginxDirectiveID, of tree: NginxTree, in kind: NginxContextKind,
    _ problems: inout NginxProblems
  ) {
    let name = tree.name(of: node).string
    if isRestOfRepeat(name) {
      return problems.addAtName(
        .refused, tree, node, "unknown directive \"\(name)\"",
        help: "the \"{\" before it opens a block: put the regular expression in quotes")
    }
    if name.unicodeScalars.first == "\u{FEFF}" {
      return problems.addAtName(
        .refused, tree, node, "unknown directive \"\(name.unicodeScalars.dropFirst())\"",
        help: "remove the byte order mark, which nginx takes for a part of the name")
    }
    if NginxPlaceholder.isIn(name.utf8) || name.utf8.contains(UInt8(ascii: "<")) {
      return problems.addAtName(
        .unknown, tree, node, "\"\(name)\" is a placeholder: what it becomes is not known")
    }
    suggestionCount += 1
    let suggestion =
      suggestionCount > Self.mostSuggestions
      ? nil : NginxSpelling(table: table).suggestion(for: name, in: kind)
    problems.addAtName(
      suggestion?.isSure == true ? .refused : .unknown, tree, node,
      "unknown directive \"\(name)\"", help: suggestion.map { "did you mean \"\($0.name)\"?" })
  }

  /// What is left of `{2,4}$` when nginx takes the brace for the beginning of a block.
  private func isRestOfRepeat(_ name: String) -> Bool {
    let rest = name.utf8.drop { $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: ",") }
    return rest.count < name.utf8.count && rest.first == UInt8(ascii: "}")
  }

  private func checkPlace(
    _ node: NginxDirectiveID, _ id: NginxNameID, of tree: NginxTree, in kind: NginxContextKind,
    _ problems: inout NginxProblems
  ) {
    let isAtTopOfPart = context == 0 && root != .main
    guard !isAtTopOfPart, table.firstInfo(id, where: { !$0.isCertain }) == nil else { return }
    let places = table.contexts(of: id).kinds.map(\.title)
    var seen: Set<String> = []
    let list = places.filter { seen.insert($0).inserted }.joined(separator: ", ")
    problems.addAtName(
      .refused, tree, node, "\"\(table.name(id))\" directive is not allowed here",
      help: list.isEmpty ? nil : "it may stand in: \(list)")
  }

  private func checkVersion(
    _ node: NginxDirectiveID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    _ problems: inout NginxProblems
  ) {
    guard let version else { return }
    let name = table.name(info.nameID)
    if let since = table.since(info), version < since, !info.isCommercial {
      problems.addAtName(
        .refused, tree, node, "unknown directive \"\(name)\" in nginx \(version)",
        help: "it is new in \(since)")
    } else if let removed = table.removed(info), version >= removed {
      problems.addAtName(
        .refused, tree, node, "unknown directive \"\(name)\" in nginx \(version)",
        help: "it was removed in \(removed)")
    }
  }

  /// Whether the directive ends as it must and has as many arguments as it may.
  private func checkShape(
    _ node: NginxDirectiveID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    _ problems: inout NginxProblems
  ) -> Bool {
    let name = table.name(info.nameID)
    let isBlock = tree[node].kind == .block
    if isBlock != (info.value == .block) {
      problems.addAtName(
        .refused, tree, node,
        isBlock
          ? "directive \"\(name)\" is not terminated by \";\""
          : "directive \"\(name)\" has no opening \"{\"")
      return false
    }
    let count = tree.argumentCount(of: node)
    guard count >= info.leastArguments, count <= info.mostArguments ?? .max else {
      problems.addAtName(
        .refused, tree, node, "invalid number of arguments in \"\(name)\" directive",
        help: "it takes \(info.countText)")
      return false
    }
    return true
  }

  private func checkValue(
    _ node: NginxDirectiveID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    _ problems: inout NginxProblems
  ) {
    guard let text = tree.argument(0, of: node) else { return }
    let isRight = text.withBytes { value in
      switch info.value {
      case .flag: NginxUnits.flag(value) != nil
      case .milliseconds: NginxUnits.milliseconds(value) != nil
      case .seconds: NginxUnits.seconds(value) != nil
      case .size: NginxUnits.size(value) != nil
      case .offset: NginxUnits.offset(value) != nil
      case .number where info.nameID == known.workerConnections:
        NginxUnits.number(value).map { $0 > 0 } == true
      case .number where info.nameID == known.keepalive:
        // Zero turns off what 1.29.7 made the default; before it was refused.
        NginxUnits.number(value).map { $0 > 0 || version.map { $0 >= keepaliveOff } != false }
          == true
      case .number, .buffers: NginxUnits.number(value) != nil
      case .text where info.nameID == known.workerProcesses:
        value.elementsEqual("auto".utf8) || NginxUnits.number(value) != nil
      default: true
      }
    }
    if !isRight { return refuse(node, info, text.string, of: tree, &problems) }
    if info.value == .buffers, let size = tree.argument(1, of: node),
      size.withBytes({ NginxUnits.size($0) }) == nil
    {
      refuse(node, info, size.string, of: tree, &problems)
    }
  }

  private func refuse(
    _ node: NginxDirectiveID, _ info: NginxDirectiveInfo, _ value: String, of tree: NginxTree,
    _ problems: inout NginxProblems
  ) {
    let name = table.name(info.nameID)
    if NginxPlaceholder.isIn(value.utf8) {
      return problems.add(
        .unknown, tree, node, "\"\(name)\" is \"\(value)\", a placeholder: its value is not known")
    }
    let message =
      switch info.value {
      case .flag:
        "invalid value \"\(value)\" in \"\(name)\" directive, it must be \"on\" or \"off\""
      case .number where info.nameID == known.workerConnections:
        NginxUnits.number(value.utf8) == 0
          ? "0 worker_connections are not enough" : "invalid number \"\(value)\""
      case .number where info.nameID == known.keepalive:
        "invalid value \"\(value)\" in \"\(name)\" directive"
      case .number: "\"\(name)\" directive invalid number"
      default: "\"\(name)\" directive invalid value"
      }
    problems.add(.refused, tree, node, message, help: info.value.form)
  }
}

extension NginxDirectiveInfo {
  /// The number of arguments in words.
  var countText: String {
    let least = leastArguments
    guard let most = mostArguments else { return "\(least) or more arguments" }
    if least == most {
      return least == 1 ? "1 argument" : least == 0 ? "none" : "\(least) arguments"
    }
    return "\(least) to \(most) arguments"
  }
}

extension NginxValueKind {
  /// How such a value is written.
  var form: String? {
    switch self {
    case .milliseconds: "a time such as 500ms, 30s or 5m; a number alone is seconds"
    case .seconds: "a time such as 30s, 5m or 1d; a number alone is seconds"
    case .size: "a size in bytes, or with k or m behind it"
    case .offset: "a size in bytes, or with k, m or g behind it"
    case .number: "a number without unit"
    case .buffers: "a number and a size, such as 8 4k"
    default: nil
    }
  }
}
