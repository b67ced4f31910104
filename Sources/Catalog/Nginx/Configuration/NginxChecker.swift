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
  private let values: NginxValueChecker
  private var data: NginxDataChecker
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
    values = NginxValueChecker(version: version)
    data = NginxDataChecker(table: table, version: version)
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
    guard checkVersion(node, id, info, of: tree, &problems) else { return }
    guard checkShape(node, info, of: tree, &problems) else { return }
    checkContents(node, id, info, of: tree, in: kind, &problems)
    guard info.isSingle else { return }
    checkValue(node, info, of: tree, &problems)
    if lastContext[Int(id.rawValue)] == context {
      problems.addAtName(.refused, tree, node, "\"\(table.name(id))\" directive is duplicate")
    }
    lastContext[Int(id.rawValue)] = context
  }

  /// Judges a line of the data block `block`.
  mutating func checkData(
    _ node: NginxDirectiveID, of tree: NginxTree, in context: Int, block: NginxNameID,
    problems: inout NginxProblems
  ) {
    data.check(node, of: tree, in: context, block: block, problems: &problems)
  }

  /// Judges what the tables of counts and kinds do not tell.
  private func checkContents(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    in kind: NginxContextKind, _ problems: inout NginxProblems
  ) {
    guard id == known.if else {
      return values.check(node, id, info, of: tree, in: kind, problems: &problems)
    }
    let condition = NginxConditionChecker(tree.argumentStrings(of: node))
    guard let mistake = condition.mistake else { return }
    let words = tree.arguments(of: node)
    let word = words[words.startIndex + mistake.argument]
    problems.add(
      .refused, tree, word.range, mistake.message, help: mistake.help,
      repair: mistake.better.map { .replace(word.range, with: $0, "write \($0)") })
  }

  /// Judges an `include` that does not name one file, by the block around it if that holds data.
  mutating func checkInclude(
    _ node: NginxDirectiveID, of tree: NginxTree, in context: Int, block: NginxNameID?,
    problems: inout NginxProblems
  ) {
    let before = problems.count
    if let block {
      data.check(node, of: tree, in: context, block: block, problems: &problems)
      if problems.count > before { return }
    }
    problems.addAtName(
      .refused, tree, node, "invalid number of arguments in \"include\" directive")
  }

  private mutating func checkUnknown(
    _ node: NginxDirectiveID, of tree: NginxTree, in kind: NginxContextKind,
    _ problems: inout NginxProblems
  ) {
    let name = tree.name(of: node).string
    if let mark = tree.byteOrderMark, tree[node].line == 1,
      name.utf8.starts(with: [0xEF, 0xBB, 0xBF])
    {
      let rest = String(decoding: Array(name.utf8.dropFirst(3)), as: UTF8.self)
      return problems.addAtName(
        .refused, tree, node, "unknown directive \"\(rest)\"",
        help: "remove the byte order mark, which nginx takes for a part of the name",
        repair: .replace(mark, with: "", "remove the byte order mark"))
    }
    // Neither is what a template engine would leave: the one is nginx's own, the other a slip.
    let isSlip = name.hasPrefix("if(") || !tree.falseBlanks(of: node).isEmpty
    if !isSlip, NginxPlaceholder.isIn(name.utf8) || name.utf8.contains(UInt8(ascii: "<")) {
      return problems.addAtName(
        .unknown, tree, node, "\"\(name)\" is a placeholder: what it becomes is not known")
    }
    suggestionCount += 1
    let meant = tree.words(of: node).first.flatMap {
      NginxUnknownName(
        name, word: $0, in: kind, table: table, spells: suggestionCount <= Self.mostSuggestions)
    }
    problems.addAtName(
      meant?.isSure == true ? .refused : .unknown, tree, node, "unknown directive \"\(name)\"",
      help: meant?.help, repair: meant?.repair)
  }

  private func checkPlace(
    _ node: NginxDirectiveID, _ id: NginxNameID, of tree: NginxTree, in kind: NginxContextKind,
    _ problems: inout NginxProblems
  ) {
    let isAtTopOfPart = context == 0 && root != .main
    guard !isAtTopOfPart, let first = table.firstInfo(id, where: { $0.isCertain }) else { return }
    // A name that the version does not have anywhere is unknown and not out of place.
    guard checkVersion(node, id, first, of: tree, &problems) else { return }
    let places = table.contexts(of: id).kinds.map(\.title)
    var seen: Set<String> = []
    let list = places.filter { seen.insert($0).inserted }.joined(separator: ", ")
    problems.addAtName(
      .refused, tree, node, "\"\(table.name(id))\" directive is not allowed here",
      help: list.isEmpty ? nil : "it may stand in: \(list); this is \(kind.title)")
  }

  /// Whether the version knows the directive in this place.
  private func checkVersion(
    _ node: NginxDirectiveID, _ id: NginxNameID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    _ problems: inout NginxProblems
  ) -> Bool {
    guard let version, !info.isCommercial else { return true }
    let since = table.since(info).flatMap { version < $0 ? $0 : nil }
    let removed = table.removed(info).flatMap { version >= $0 ? $0 : nil }
    guard since != nil || removed != nil else { return true }
    let isKnown = table.firstInfo(id) {
      table.since($0).map { version >= $0 } != false
        && table.removed($0).map { version < $0 } != false
    }
    let name = table.name(id)
    let help = since.map { "it is new in \($0)" } ?? removed.map { "it was removed in \($0)" } ?? ""
    problems.addAtName(
      .refused, tree, node,
      isKnown == nil
        ? "unknown directive \"\(name)\" in nginx \(version)"
        : "\"\(name)\" directive is not allowed here in nginx \(version)",
      help: isKnown == nil ? help : "here " + help)
    return false
  }

  /// Whether the directive ends as it must and has as many arguments as it may.
  private func checkShape(
    _ node: NginxDirectiveID, _ info: NginxDirectiveInfo, of tree: NginxTree,
    _ problems: inout NginxProblems
  ) -> Bool {
    let isBlock = tree[node].kind == .block
    let count = tree.argumentCount(of: node)
    // Next to all lines: no texts are made for them.
    if isBlock == (info.value == .block), count >= info.leastArguments,
      count <= info.mostArguments ?? .max
    {
      return true
    }
    // A brace that leaves a block open until the end of the file was told as that.
    if isBlock, let brace = tree[node].terminatorOffset,
      tree.errors.contains(where: { $0.range.lowerBound == brace })
    {
      return false
    }
    let name = table.name(info.nameID)
    if isBlock != (info.value == .block) {
      problems.addAtName(
        .refused, tree, node,
        isBlock
          ? "directive \"\(name)\" is not terminated by \";\""
          : "directive \"\(name)\" has no opening \"{\"")
      return false
    }
    guard NginxShape.takes(count, tree.argument(count - 1, of: node)?.string, info, name) else {
      problems.addAtName(
        .refused, tree, node, "invalid number of arguments in \"\(name)\" directive",
        help: "it takes \(info.countText), here \(count == 1 ? "is" : "are") \(count)"
          + (info.mostArguments == 1 && count > 1 ? "; a value with blanks needs quotes" : ""))
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
      case .rate: value.contains(UInt8(ascii: "$")) || NginxUnits.size(value) != nil
      case .text where info.nameID == known.workerProcesses:
        value.elementsEqual("auto".utf8) || NginxUnits.number(value) != nil
      default: true
      }
    }
    if !isRight { return refuse(node, info, text.string, of: tree, &problems) }
    // The second time of keepalive_timeout is what the client is told, in seconds.
    if info.value == .milliseconds, let told = tree.argument(1, of: node),
      told.withBytes({ NginxUnits.seconds($0) }) == nil
    {
      refuse(node, info, told.string, of: tree, &problems)
    }
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
    let right = NginxValueRepair.right(value, as: info.value)
    let word = tree.arguments(of: node).first { tree.text(of: $0).string == value }
    problems.add(
      .refused, tree, word?.range ?? tree.headRange(of: node), message, help: info.value.form,
      repair: right.flatMap { right in
        word.map { .replace($0.range, with: right, "write \(right)") }
      })
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
