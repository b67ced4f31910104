/// A postgresql.conf with the place of everything, read as the server's `guc-file.l` reads it.
///
/// Lossless: the items lie side by side and cover the file; repeated keys are kept (the last wins).
/// Which keys exist and what their values may be is not this reader's business.
package struct PostgreSQLDocument: Sendable {
  package let source: SourceText
  /// In file order; each begins where the one before it ends.
  package let items: [Item]
  /// Lines that the server refuses, each reported at the token that it names itself.
  package let errors: [SyntaxError]

  /// A piece of the file.
  package enum Item: Sendable, Hashable {
    /// White space and line ends.
    case blank(Range<Int>)
    /// From `#` to the end of the line, without the line end.
    case comment(Range<Int>)
    case entry(PostgreSQLEntry)
    /// A line, without its line end, that breaks the grammar.
    case unread(Range<Int>)

    /// The bytes of the item.
    package var range: Range<Int> {
      switch self {
      case .blank(let range), .comment(let range), .unread(let range): range
      case .entry(let entry): entry.range
      }
    }
  }

  package init(_ source: SourceText) {
    self.source = source
    var reader = PostgreSQLReader(source.bytes)
    reader.read()
    items = reader.items
    errors = reader.errors
  }

  /// The entries in file order, include directives and repeated keys included.
  package var entries: [PostgreSQLEntry] {
    items.compactMap { if case .entry(let entry) = $0 { entry } else { nil } }
  }
}

/// One key and its value, or an include directive, which has the same form.
package struct PostgreSQLEntry: Sendable, Hashable {
  /// The key as written; the server ignores the case of ASCII letters.
  package let key: String
  /// The value without quotes and escapes.
  package let value: String
  package let keyRange: Range<Int>
  /// The value as written, quotes included.
  package let valueRange: Range<Int>
  /// Whether the value stands in single quotes.
  package let isQuoted: Bool

  package init(
    key: String, value: String, keyRange: Range<Int>, valueRange: Range<Int>, isQuoted: Bool
  ) {
    self.key = key
    self.value = value
    self.keyRange = keyRange
    self.valueRange = valueRange
    self.isQuoted = isQuoted
  }

  /// From the key to the end of the value.
  package var range: Range<Int> { keyRange.lowerBound..<valueRange.upperBound }

  /// What an include directive includes; `nil` for settings.
  package var include: Include? {
    switch key.lowercased() {
    case "include": .file
    case "include_if_exists": .fileIfExists
    case "include_dir": .directory
    default: nil
    }
  }

  package enum Include: Sendable, Hashable {
    /// A file that must exist.
    case file
    /// A file that may be absent.
    case fileIfExists
    /// Every `*.conf` of a directory, in the order of their names.
    case directory
  }
}

extension PostgreSQLDocument {
  /// The edit that makes `value` the value of `entry`, in quotes where it needs or has them.
  package func edit(_ entry: PostgreSQLEntry, to value: String) -> TextEdit {
    let plain = !entry.isQuoted && PostgreSQLReader.isUnquoted(value)
    return TextEdit(
      range: entry.valueRange, replacement: plain ? value : Self.quoted(value))
  }

  /// `value` in single quotes; line feeds, which no quoted value can hold, as escapes.
  package static func quoted(_ value: String) -> String {
    var text = "'"
    for scalar in value.unicodeScalars {
      switch scalar {
      case "'": text += "''"
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}
