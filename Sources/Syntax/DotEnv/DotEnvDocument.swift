/// A file of environment variables, `.env` or an `env_file` of compose, with the place of each.
///
/// The dialects differ: docker takes a line as it is, the libraries strip quotes and comments.
/// Both readings are here; which one counts is the catalog's to say.
package struct DotEnvDocument: Sendable {
  package let source: SourceText
  /// In file order; of several with one name the last counts.
  package let entries: [DotEnvEntry]
  /// Lines that are no assignment, and quotes that nothing closes.
  package let errors: [SyntaxError]

  package init(_ source: SourceText) {
    self.source = source
    var reader = DotEnvReader(source.bytes)
    reader.read()
    entries = reader.entries
    errors = reader.errors
  }

  /// The variable of a name.
  package subscript(name: String) -> DotEnvEntry? { entries.last { $0.name == name } }

  /// The edit that makes `value` the value of `entry`; quotes are kept.
  package func edit(_ entry: DotEnvEntry, to value: String) -> TextEdit {
    TextEdit(range: entry.valueRange, replacement: value)
  }
}

/// One variable.
package struct DotEnvEntry: Sendable, Hashable {
  package enum Quotes: Sendable, Hashable { case none, single, double }

  package let name: String
  package let nameRange: Range<Int>
  /// The value without quotes and, where there are none, without a comment behind it.
  package let value: String
  /// The bytes of that value, inside the quotes.
  package let valueRange: Range<Int>
  package let quotes: Quotes
  /// Whether `${NAME}` in it stands for another variable: not inside single quotes.
  package var expands: Bool { quotes != .single }
}
