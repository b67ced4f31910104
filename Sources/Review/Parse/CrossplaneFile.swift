import Catalog
import Syntax

/// The statements of one file as crossplane lists them.
///
/// A statement that it refuses is left out and told as an error. What is inside a block that may
/// not stand where it is then counts as standing around it, up to its brace, which ends the block
/// around it: that is what crossplane does, and who compares payloads expects it.
struct CrossplaneFile {
  /// A mistake with its line; `nil` where none is known.
  struct Mistake {
    let message: String
    let line: Int?
  }

  /// A block being read.
  private struct Level {
    let context: CrossplaneContext
    /// The statement that opened it, without its contents.
    let opener: [JSON.Member]
    /// Those between its words.
    var comments: [JSON] = []
    var items: [JSON] = []
  }

  private let tree: NginxTree
  private let path: String
  /// What breaks the grammar, first to last, without what a complaint about a statement says.
  private var errors: ArraySlice<NginxSyntaxError>
  private var levels: [Level]
  /// The comments that are still to come.
  private var comments: ArraySlice<Range<Int>>
  private(set) var mistakes: [Mistake] = []
  /// What the file holds, once it is read.
  private(set) var items: [JSON] = []

  init(_ tree: NginxTree, path: String, in context: CrossplaneContext) {
    self.tree = tree
    self.path = path
    errors = tree.errors[...]
    levels = [Level(context: context, opener: [])]
    comments = Array(tree.commentRanges)[...]
  }

  /// Reads the file.
  ///
  /// - Parameter include: the numbers of the files that an `include` in a context names, and what
  ///   kept one from being read.
  mutating func read(
    include: (String, CrossplaneContext) -> (indices: [Int], mistake: String?)
  ) {
    var ends: [Int] = []
    var skippedTo = 0
    for id in tree.all {
      while let end = ends.last, end <= id.index {
        ends.removeLast()
        guard close() else { return }
      }
      guard id.index >= skippedTo, let level = levels.last else { continue }
      let arguments = arguments(of: id)
      if let complaint = complaint(of: id, arguments, in: level.context) {
        add("\(complaint) in \(path):\(tree[id].line)", tree[id].line)
        let isUnexpected = Self.isUnterminated(complaint)
        if isUnexpected { skippedTo = skip(id) }
        if tree[id].kind == .block, !isUnexpected { ends.append(end(of: id)) }
        continue
      }
      open(id, arguments, &ends, include)
    }
    while levels.count > 1, close() {}
    items = levels.first?.items ?? []
    if let error = errors.first { add("\(error.message) in \(path):\(error.line)", error.line) }
  }

  /// What is wrong with a statement; behind what breaks the grammar nothing is judged.
  ///
  /// A semicolon missing before `}` is the one such break that crossplane tells as a mistake of the
  /// statement, and it reads on behind it.
  private mutating func complaint(
    of id: NginxDirectiveID, _ arguments: [String], in context: CrossplaneContext
  ) -> String? {
    let isOpenEnded = tree[id].kind == .simple && tree[id].terminatorOffset == nil
    guard let kind = context.kind, isOpenEnded || isAccepted(id),
      let complaint = NginxShape.complaint(of: id, in: tree, arguments: arguments, kind: kind)
    else { return nil }
    guard isOpenEnded else { return complaint }
    guard errors.first?.message == "unexpected \"}\"", Self.isUnterminated(complaint) else {
      return nil
    }
    errors = errors.dropFirst()
    return complaint
  }

  /// Passes over the block that a line opens which has none, with the semicolons missing in it.
  private mutating func skip(_ id: NginxDirectiveID) -> Int {
    let next = tree.descendants(of: id).endIndex
    guard tree[id].kind == .block else { return next }
    let isLast = next == tree.all.endIndex
    let end = isLast ? tree.source.bytes.count : tree.headRange(of: tree.all[next]).lowerBound
    errors = errors.drop { $0.message == "unexpected \"}\"" && $0.start < end }
    return next
  }

  private static func isUnterminated(_ complaint: String) -> Bool {
    complaint.hasSuffix(" is not terminated by \";\"")
  }

  /// Whether a statement was read before what breaks the grammar.
  private func isAccepted(_ id: NginxDirectiveID) -> Bool {
    guard let error = errors.first else { return true }
    return errors.count == tree.errors.count
      ? id.index < tree.acceptedCount : tree.headRange(of: id).lowerBound < error.start
  }

  private func end(of id: NginxDirectiveID) -> Int {
    tree.descendants(of: id).last.map { $0.index + 1 } ?? id.index + 1
  }

  private mutating func open(
    _ id: NginxDirectiveID, _ arguments: [String], _ ends: inout [Int],
    _ include: (String, CrossplaneContext) -> (indices: [Int], mistake: String?)
  ) {
    guard let context = levels.last?.context else { return }
    let name = tree.name(of: id).string
    var members: [JSON.Member] = [
      JSON.Member("directive", .string(name)), JSON.Member("line", .number(tree[id].line)),
      JSON.Member("args", .array(arguments.map { .string($0) })),
    ]
    if name == "include", let pattern = arguments.first {
      let found = include(pattern, context)
      if let mistake = found.mistake { add(mistake, tree[id].line) }
      members.append(JSON.Member("includes", .array(found.indices.map { .number($0) })))
    }
    let comments = commentsBetweenWords(of: id)
    guard tree[id].kind == .block else {
      levels[levels.count - 1].items += [.object(members)] + comments
      return
    }
    levels.append(Level(context: context.inside(name), opener: members, comments: comments))
    ends.append(end(of: id))
  }

  /// Ends the innermost block; false where it was the file.
  private mutating func close() -> Bool {
    guard let level = levels.popLast() else { return false }
    guard !levels.isEmpty else {
      items = level.items
      return false
    }
    let block = JSON.Member("block", .array(level.items))
    levels[levels.count - 1].items += [.object(level.opener + [block])] + level.comments
    return true
  }

  /// Comments between the words of a statement, which crossplane lists behind it unasked.
  private mutating func commentsBetweenWords(of id: NginxDirectiveID) -> [JSON] {
    let head = tree.headRange(of: id)
    comments = comments.drop { $0.lowerBound < head.lowerBound }
    let inside = comments.prefix { $0.lowerBound < head.upperBound }
    comments = comments.dropFirst(inside.count)
    return inside.map { range in
      [
        "directive": "#", "line": .number(tree[id].line), "args": [],
        "comment": .string(tree.source.text(range.lowerBound + 1..<range.upperBound)),
      ]
    }
  }

  private mutating func add(_ message: String, _ line: Int?) {
    mistakes.append(Mistake(message: message, line: line))
  }

  /// The arguments, those of `if` without the parentheses around them.
  private func arguments(of id: NginxDirectiveID) -> [String] {
    var arguments = tree.argumentStrings(of: id)
    guard tree.name(of: id) == "if", let first = arguments.first, first.hasPrefix("("),
      let last = arguments.last, last.hasSuffix(")")
    else { return arguments }
    arguments[0].removeFirst()
    arguments[arguments.count - 1].removeLast()
    if arguments.first?.isEmpty == true { arguments.removeFirst() }
    if arguments.last?.isEmpty == true { arguments.removeLast() }
    return arguments
  }
}
