/// A JSON file with the place of every value and every name (RFC 8259).
///
/// Lossless: the file's bytes are kept, names that occur twice are kept twice, and what lies
/// between values is white space (or comments, where the dialect has them), so edits can be made
/// by range.
package struct JSONDocument: Sendable {
  package let source: SourceText
  /// The file's value; `nil` when the file breaks the grammar.
  package let root: JSONNode?
  /// At most one: after a mistake nobody knows what was meant.
  package let errors: [SyntaxError]

  /// What a product accepts beyond the standard.
  package struct Dialect: Sendable, Hashable {
    /// `//` and `/* */` comments.
    package let comments: Bool
    /// A comma before `]` or `}`.
    package let trailingCommas: Bool

    package init(comments: Bool, trailingCommas: Bool) {
      self.comments = comments
      self.trailingCommas = trailingCommas
    }

    /// RFC 8259 and nothing else.
    package static let standard = Dialect(comments: false, trailingCommas: false)
    /// What editors and .NET read as `appsettings.json`.
    package static let relaxed = Dialect(comments: true, trailingCommas: true)
  }

  /// Reads `source`; a byte order mark at its beginning is skipped.
  package init(_ source: SourceText, dialect: Dialect = .standard) {
    self.source = source
    var reader = JSONReader(source.bytes, dialect: dialect)
    do {
      root = try reader.document()
      errors = []
    } catch {
      root = nil
      errors = [error.error]
    }
  }
}

/// A value and its place.
package struct JSONNode: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case int(Int64)
    case double(Double)
    /// The text without its escapes; half a surrogate pair becomes U+FFFD.
    case string(String)
    case array([JSONNode])
    case object([JSONMember])
  }

  package let content: Content
  /// The bytes of the value, quotes and brackets included.
  package let range: Range<Int>

  package init(content: Content, range: Range<Int>) {
    self.content = content
    self.range = range
  }

  /// The members of an object, in file order, repeated names included; empty for other values.
  package var members: [JSONMember] {
    if case .object(let members) = content { members } else { [] }
  }

  /// The elements of an array; empty for other values.
  package var elements: [JSONNode] {
    if case .array(let elements) = content { elements } else { [] }
  }

  /// The value of the last member called `name`, as most readers of JSON take it.
  package subscript(name: String) -> JSONNode? { members.last { $0.name == name }?.value }

  /// The value without places.
  package var json: JSON {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .array(let elements): .array(elements.map(\.json))
    case .object(let members): .object(members.map { JSON.Member($0.name, $0.value.json) })
    }
  }
}

/// A name, its value and their places.
package struct JSONMember: Sendable, Hashable {
  /// The name without its escapes.
  package let name: String
  /// The bytes of the name, quotes included.
  package let nameRange: Range<Int>
  package let value: JSONNode

  package init(name: String, nameRange: Range<Int>, value: JSONNode) {
    self.name = name
    self.nameRange = nameRange
    self.value = value
  }
}
