import Model
import Syntax

/// Regular expressions with a count, `^/a{2}$`, that lack their quotes.
///
/// nginx takes the brace for the beginning of a block, says something of the block, and a file that
/// was fine but for two quotes is upside down from there on. This reads it as it was meant.
enum NginxMending {
  /// The tree of a file, and the mistakes of this kind that it was read past.
  static func read(_ source: SourceText) -> (tree: NginxTree, problems: [Problem]) {
    let tree = NginxTree(source)
    guard tree.hasSuspectBrace else { return (tree, []) }
    let mended = NginxTree(mending: source)
    // Behind another mistake a brace may stand in what was meant as a string.
    guard let brace = mended.mendedBraces.first,
      tree.errors.first.map({ $0.start < Int(brace) }) != true
    else { return (tree, []) }
    return (mended, problems(of: mended, asReadBy: tree))
  }

  private static func problems(of mended: NginxTree, asReadBy tree: NginxTree) -> [Problem] {
    let braces = Set(mended.mendedBraces.map { Int($0) })
    var problems: [Problem] = []
    for id in mended.all {
      for word in mended.words(of: id) where word.quoting == .none {
        guard let brace = braces.first(where: { word.contentRange.contains($0) }) else { continue }
        let range = withoutParenthesis(word.contentRange, of: id, in: mended)
        problems.append(
          Problem(
            kind: .refused, origin: Origin(path: mended.source.path, range: range),
            message: message(of: brace, in: tree),
            help: "nginx takes the \"{\" for the beginning of a block: "
              + "put the regular expression in quotes",
            repair: repair(range, in: mended.source)))
      }
    }
    return problems
  }

  /// The parenthesis that closes an `if` is no part of its last word.
  private static func withoutParenthesis(
    _ range: Range<Int>, of id: NginxDirectiveID, in tree: NginxTree
  ) -> Range<Int> {
    let bytes = tree.source.bytes[range]
    let isLast = tree.words(of: id).last?.contentRange == range
    let opened = bytes.count { $0 == UInt8(ascii: "(") }
    let closed = bytes.count { $0 == UInt8(ascii: ")") }
    guard tree.name(of: id) == "if", isLast, bytes.last == UInt8(ascii: ")"), closed > opened else {
      return range
    }
    return range.lowerBound..<range.upperBound - 1
  }

  private static func repair(_ range: Range<Int>, in source: SourceText) -> Repair? {
    let bytes = source.bytes[range]
    let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    guard let quote = quotes.first(where: { !bytes.contains($0) }) else { return nil }
    let text = String(decoding: [quote], as: UTF8.self)
    return Repair(
      "put the regular expression in quotes",
      edits: [range.lowerBound, range.upperBound].map {
        TextEdit(range: $0..<$0, replacement: text)
      })
  }

  /// What nginx says of the block that it sees.
  private static func message(of brace: Int, in tree: NginxTree) -> String {
    let table = NginxDirectiveTable.shared
    let opener = tree.all.first { tree[$0].terminatorOffset == brace }
    guard let opener else { return "unexpected \"{\"" }
    if let parent = tree.parent(of: opener), tree[parent].hasDataBody { return "unexpected \"{\"" }
    let name = tree.name(of: opener)
    if name == "if",
      let mistake = NginxConditionChecker(tree.argumentStrings(of: opener)).mistake
    {
      return mistake.message
    }
    let info = table.firstInfo(name.withBytes { table.id($0) })
    guard let info else { return "unknown directive \"\(name.string)\"" }
    if info.value != .block { return "directive \"\(name.string)\" is not terminated by \";\"" }
    let rest = tree.children(of: opener).first { _ in true }.map { tree.name(of: $0).string }
    return "unknown directive \"\(rest ?? "")\""
  }
}
