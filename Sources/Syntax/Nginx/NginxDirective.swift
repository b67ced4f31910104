/// Names one statement of an ``NginxTree``: its place in reading order, counted from 0.
///
/// Good only for the tree it came from. Comparable, because reading order is what "earlier" means
/// to nginx (the first of two equal regular expressions wins, the last of two maps does).
package struct NginxDirectiveID: Sendable, Hashable, Comparable {
  package let index: Int

  package init(_ index: Int) {
    self.index = index
  }

  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

/// One statement: its words, what ends it, and its place in the tree.
///
/// A fixed record of offsets, not an object: a 10 MB configuration has 350,000 of them. Offsets
/// are 32 bits wide, which ``NginxTree/largestFile`` makes safe.
package struct NginxDirective: Sendable, Hashable {
  /// How a statement ends.
  package enum Kind: UInt8, Sendable, Hashable {
    /// With `;`, or with nothing where the file is wrong.
    case simple
    /// With a block of statements.
    case block
    /// With a `*_by_lua_block` body, which is the last argument; it has no children.
    case lua
  }

  package let kind: Kind
  /// Whether the body holds data and not directives, as those of `map` and `types` do.
  package let hasDataBody: Bool
  let firstWord: Int32
  let wordCount: Int32
  let parentIndex: Int32
  var subtreeEnd: Int32
  let line32: Int32
  let terminator: Int32
  var close: Int32

  /// The line of the name, counted from 1; only LF ends a line.
  package var line: Int { Int(line32) }

  /// The offset of the `;` or `{`; `nil` where a mistake in the file ended the statement.
  package var terminatorOffset: Int? { terminator < 0 ? nil : Int(terminator) }

  /// The offset of the `}` of a block; `nil` for a simple statement and a block never closed.
  package var closeOffset: Int? { close < 0 ? nil : Int(close) }
}

/// One word of a statement, a name or an argument: where it stands and how it is written.
package struct NginxWord: Sendable, Hashable {
  /// How a word is written.
  package enum Quoting: UInt8, Sendable, Hashable {
    case none, single, double
    /// The body of a Lua block: verbatim, nothing is unescaped.
    case lua
  }

  let start: Int32
  let end: Int32
  package let quoting: Quoting
  /// Whether a backslash occurs, so that the written bytes may not be what nginx reads.
  package let hasEscapes: Bool
  /// Whether the closing quote is there; always true for a word without quotes.
  package let isClosed: Bool

  /// The bytes between the quotes, or the whole word where it has none; counted from 0.
  package var contentRange: Range<Int> { Int(start)..<Int(end) }

  /// The bytes with their quotes: what an edit replaces.
  package var range: Range<Int> {
    switch quoting {
    case .none, .lua: Int(start)..<Int(end)
    case .single, .double: Int(start) - 1..<Int(end) + (isClosed ? 1 : 0)
    }
  }
}
