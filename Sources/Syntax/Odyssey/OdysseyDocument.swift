/// An odyssey.conf as words, texts, numbers and blocks, with the place of each.
///
/// The format has no ends of lines and no separators: what a word takes with it follows from what
/// comes next. Which words exist and what they take is not this reader's business, but for the few
/// that are values (`yes`, `default`).
package struct OdysseyDocument: Sendable {
  package let source: SourceText
  /// In file order; each knows which statement's block it stands in.
  package let statements: [OdysseyStatement]
  package let errors: [SyntaxError]
  /// By the statement whose block they stand in, one up; 0 for those outside any.
  private let children: [[Int]]

  package init(_ source: SourceText) {
    self.source = source
    var reader = OdysseyReader(source.bytes)
    reader.read()
    statements = reader.statements
    errors = reader.errors
    var children = Array(repeating: [Int](), count: statements.count + 1)
    for (index, statement) in statements.enumerated() {
      children[statement.parent.map { $0 + 1 } ?? 0].append(index)
    }
    self.children = children
  }

  /// The positions of the statements in the block of one, or outside any block.
  package func positions(in block: Int?) -> [Int] { children[block.map { $0 + 1 } ?? 0] }
}

/// A word with what follows it: `pool_size 10`, `user default { … }`.
package struct OdysseyStatement: Sendable, Hashable {
  /// The first word; in a block of pairs the first text.
  package let name: String
  package let nameRange: Range<Int>
  package internal(set) var values: [OdysseyValue]
  /// The statement whose block this one stands in; `nil` outside any.
  package let parent: Int?
  /// Whether it opens a block.
  package internal(set) var hasBlock: Bool

  /// From the name to the last value, without the block.
  package var range: Range<Int> {
    nameRange.lowerBound..<(values.last?.range.upperBound ?? nameRange.upperBound)
  }
}

/// What a word takes with it.
package struct OdysseyValue: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case word
    /// In double quotes.
    case text
    /// Digits, with a sign and a suffix such as `kB` where they have one.
    case number
    /// Anything else: a template, or a mistake.
    case other
  }

  package let kind: Kind
  /// Without quotes; only `\"` is an escape.
  package let text: String
  /// The bytes as written, quotes included.
  package let range: Range<Int>
}
