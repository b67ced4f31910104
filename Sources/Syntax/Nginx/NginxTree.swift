/// One nginx configuration file: every statement, word, comment and mistake with its place.
///
/// Lists instead of objects: statements stand in reading order, a block before its contents, so
/// that a subtree is a range of numbers and a walk over all is a walk over an array. The tree
/// follows nginx's reader to the byte (unlike crossplane's, which differs in quoting, escaping and
/// the 4,096-byte limits) and reads on after a mistake, where nginx stops. A class, because rules
/// ask millions of times for a word of some tree: handing one on then costs one count and not six.
package final class NginxTree: Sendable {
  /// The file as it was read.
  package let source: SourceText
  /// All statements in reading order.
  package let directives: [NginxDirective]
  /// The words of all statements in reading order: of each its name, then its arguments.
  package let words: [NginxWord]
  /// The comments in reading order, each from its `#` to before its line feed.
  package let comments: [Range<Int32>]
  /// Bytes that belong to no statement because the file is wrong there: a stray `;`, `{` or `}`.
  package let skipped: [Range<Int32>]
  /// What is wrong; the first is what nginx itself says, the rest was found by reading on.
  ///
  /// No more than ``mostErrors``: a binary file would have one for every few bytes.
  package let errors: [NginxSyntaxError]
  /// How many statements nginx reads before it stops: all of them when there is no error.
  package let acceptedCount: Int

  /// Whether a `{` touches a word and a digit, as in `^/a{2}$` without quotes.
  package let hasSuspectBrace: Bool
  /// The first brace of each word that was read as it was meant; see ``init(mending:)``.
  package let mendedBraces: [Int32]

  /// The largest file that is read, in bytes: offsets are 32 bits wide.
  package static let largestFile = Int(Int32.max) - 1
  /// The number of errors after which no more are recorded.
  package static let mostErrors = 100

  /// Reads `source`; what is wrong with it is in ``errors``.
  ///
  /// - Complexity: O(*n*) time and memory in the number of bytes, for any bytes and any nesting.
  package convenience init(_ source: SourceText) { self.init(source, mendsBraces: false) }

  /// Reads `source` as it was meant where a regular expression with `{2}` lacks its quotes.
  ///
  /// nginx takes such a brace for the beginning of a block and refuses the file there; this shows
  /// the rest of it.
  package convenience init(mending source: SourceText) { self.init(source, mendsBraces: true) }

  private init(_ source: SourceText, mendsBraces: Bool) {
    var reader = NginxReader(count: source.bytes.count, mendsBraces: mendsBraces)
    source.bytes.withUnsafeBufferPointer { reader.read($0) }
    self.source = source
    directives = reader.directives
    words = reader.words
    comments = reader.comments
    skipped = reader.skipped
    errors = reader.errors
    acceptedCount = reader.acceptedCount ?? reader.directives.count
    hasSuspectBrace = reader.hasSuspectBrace
    mendedBraces = reader.mendedBraces
  }

  package subscript(id: NginxDirectiveID) -> NginxDirective { directives[id.index] }

  /// The words of a statement: its name, then its arguments.
  package func words(of id: NginxDirectiveID) -> ArraySlice<NginxWord> {
    let directive = directives[id.index]
    return words[Int(directive.firstWord)..<Int(directive.firstWord + directive.wordCount)]
  }

  /// The arguments of a statement; of a Lua block the last one is its body.
  package func arguments(of id: NginxDirectiveID) -> ArraySlice<NginxWord> {
    words(of: id).dropFirst()
  }

  /// The text of a word as nginx reads it.
  package func text(of word: NginxWord) -> NginxText {
    NginxText(file: source.bytes, word: word)
  }

  /// The name of a statement as nginx reads it: `tree.name(of: id) == "proxy_pass"`.
  package func name(of id: NginxDirectiveID) -> NginxText {
    text(of: words[Int(directives[id.index].firstWord)])
  }

  /// The comments in reading order, each from its `#` to before its line feed; counted from 0.
  package var commentRanges: some RandomAccessCollection<Range<Int>> {
    comments.lazy.map { Int($0.lowerBound)..<Int($0.upperBound) }
  }

  /// The number of arguments of a statement.
  package func argumentCount(of id: NginxDirectiveID) -> Int {
    Int(directives[id.index].wordCount) - 1
  }

  /// The text of argument `index`, counted from 0; `nil` when the statement has fewer.
  package func argument(_ index: Int, of id: NginxDirectiveID) -> NginxText? {
    let directive = directives[id.index]
    guard index >= 0, index + 1 < Int(directive.wordCount) else { return nil }
    return text(of: words[Int(directive.firstWord) + 1 + index])
  }

  /// The arguments of a statement as nginx reads them, as text.
  package func argumentStrings(of id: NginxDirectiveID) -> [String] {
    arguments(of: id).map { text(of: $0).string }
  }

  /// The bytes from the name to the `;` or `{`, both included: what a finding underlines.
  package func headRange(of id: NginxDirectiveID) -> Range<Int> {
    let directive = directives[id.index]
    let words = words(of: id)
    let start = words.first?.range.lowerBound ?? 0
    let end = directive.terminatorOffset.map { $0 + 1 } ?? words.last?.range.upperBound ?? start
    return start..<end
  }

  /// The bytes of a statement with its block.
  package func range(of id: NginxDirectiveID) -> Range<Int> {
    let head = headRange(of: id)
    let directive = directives[id.index]
    if let close = directive.closeOffset { return head.lowerBound..<close + 1 }
    guard directive.kind != .simple, Int(directive.subtreeEnd) > id.index + 1 else { return head }
    let last = headRange(of: NginxDirectiveID(Int(directive.subtreeEnd) - 1))
    return head.lowerBound..<last.upperBound
  }
}
