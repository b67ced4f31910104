/// A TOML file with the place of every key and value (TOML 1.0).
///
/// The bytes are kept, so edits are made by the range of a value; comments and blanks are what lies
/// between. A mistake costs its line: reading goes on behind it.
package struct TOMLDocument: Sendable {
  package let source: SourceText
  /// Lines that break the grammar, and keys or tables that are there twice.
  package let errors: [SyntaxError]
  private let items: [TOMLItem]

  /// Reads `source`; a byte order mark at its beginning is skipped.
  package init(_ source: SourceText) {
    self.source = source
    var reader = TOMLReader(source.bytes)
    reader.read()
    items = reader.items
    errors = reader.errors
  }

  /// The table of the whole file.
  package var root: TOMLNode { TOMLNode(items: items, index: 0) }
}

/// A value and its place.
package struct TOMLNode: Sendable {
  package enum Content: Sendable, Hashable {
    /// Without quotes and escapes.
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// As written.
    case dateTime(String)
    case array
    case table
    /// What an error was reported for.
    case unread
  }

  private let items: [TOMLItem]
  private let index: Int

  fileprivate init(items: [TOMLItem], index: Int) {
    self.items = items
    self.index = index
  }

  package var content: Content { items[index].content }

  /// The bytes of the value, quotes and brackets included; of a table its header, or the key that
  /// made it.
  package var range: Range<Int> { items[index].range }

  /// The members of a table, in the order in which they begin; empty for other values.
  package var members: [TOMLMember] {
    items[index].members.map { member in
      TOMLMember(
        name: member.name, keyRange: member.keyRange,
        value: TOMLNode(items: items, index: member.index))
    }
  }

  /// The elements of an array; empty for other values.
  package var elements: [TOMLNode] {
    items[index].elements.map { TOMLNode(items: items, index: $0) }
  }

  /// The member of a name.
  package subscript(name: String) -> TOMLNode? {
    items[index].members.first { $0.name == name }
      .map { TOMLNode(items: items, index: $0.index) }
  }

  /// Whether it is a table, written in any way.
  package var isTable: Bool { content == .table }
}

/// A key, its value and their places.
package struct TOMLMember: Sendable {
  /// The key's own part, without quotes.
  package let name: String
  package let keyRange: Range<Int>
  package let value: TOMLNode
}

/// A value as the reader keeps it: values lie in one array, so that no nesting nests in memory.
struct TOMLItem: Sendable {
  struct Member: Sendable {
    let name: String
    let keyRange: Range<Int>
    let index: Int
  }

  /// How a table or an array came about, which decides what may still be added to it.
  enum Kind: Sendable {
    case value
    /// A part of a header's name.
    case implicit
    case header
    /// A part of a dotted key.
    case dotted
    case tableArray
  }

  var content: TOMLNode.Content
  var range: Range<Int>
  var kind: Kind = .value
  var members: [Member] = []
  var elements: [Int] = []
}
