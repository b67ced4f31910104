/// What a node of YAML is.
package enum YAMLKind: UInt8, Sendable, Hashable {
  case scalar, sequence, mapping
  /// `*name`: refers to the node that `&name` marks, and is never copied from it.
  case alias
}

/// How a node is written.
package enum YAMLStyle: UInt8, Sendable, Hashable {
  /// A scalar without quotes; the only style whose type depends on its text.
  case plain
  case singleQuoted, doubleQuoted
  /// `|`
  case literal
  /// `>`
  case folded
  /// A collection by indentation.
  case block
  /// A collection in brackets or braces.
  case flow
}

/// One node: an entry of a tree's array, linked by index.
///
/// An array of plain records instead of nested enums: no depth of the input can exhaust the stack
/// when
/// a tree is built, read or freed.
struct YAMLRecord: Sendable {
  var kind: YAMLKind
  var style: YAMLStyle
  /// Bytes of the node with quotes, brackets and block header, without anchor and tag.
  var start: Int
  var end: Int
  /// Bytes of a scalar's content: without quotes and block header.
  var contentStart: Int
  var contentEnd: Int
  /// Index of the decoded text; -1 where it is the content as written.
  var value = -1
  /// First child of a collection, or the node that an alias refers to; -1 for none.
  var first = -1
  var next = -1
  var count = 0
  /// Index of anchor and tag; -1 for none.
  var properties = -1
}

/// Anchor and tag of a node, kept apart because few nodes have them.
struct YAMLProperties: Sendable {
  var anchor: Range<Int>?
  var tagRange: Range<Int>?
  /// The whole tag: `!!str` is `tag:yaml.org,2002:str`.
  var tag: String?
}

/// All nodes of one file.
///
/// A class so that the many small node values share it; it never changes after parsing.
final class YAMLTree: Sendable {
  let source: SourceText
  let records: [YAMLRecord]
  let values: [[UInt8]]
  let properties: [YAMLProperties]

  init(
    source: SourceText, records: [YAMLRecord], values: [[UInt8]], properties: [YAMLProperties]
  ) {
    self.source = source
    self.records = records
    self.values = values
    self.properties = properties
  }
}
