/// An INI file with the place of everything, read by the rules of one dialect.
///
/// Lossless: the items lie side by side and cover the file; repeated sections and keys are kept.
package struct INIDocument: Sendable {
  package let source: SourceText
  package let dialect: INIDialect
  /// In file order; each begins where the one before it ends.
  package let items: [Item]
  /// Lines that are no construct of the dialect; reading goes on after them.
  package let errors: [SyntaxError]

  /// A piece of the file.
  package enum Item: Sendable, Hashable {
    /// White space between constructs, line ends included.
    case blank(Range<Int>)
    /// A comment from its mark, without the line end.
    case comment(Range<Int>)
    case section(INISection)
    case entry(INIEntry)
    case include(INIInclude)
    /// What an error was reported for, or what follows a NUL byte, which ends the file.
    case unread(Range<Int>)

    /// The bytes of the item.
    package var range: Range<Int> {
      switch self {
      case .blank(let range), .comment(let range), .unread(let range): range
      case .section(let section): section.range
      case .entry(let entry): entry.range
      case .include(let include): include.range
      }
    }
  }

  /// Reads `source` by the rules of `dialect`.
  package init(_ source: SourceText, dialect: INIDialect) {
    self.source = source
    self.dialect = dialect
    var reader = INIReader(source.bytes, dialect: dialect)
    reader.read()
    items = reader.items
    errors = reader.errors
  }

  /// The section headers in file order, repeated ones included.
  package var sections: [INISection] {
    items.compactMap { if case .section(let section) = $0 { section } else { nil } }
  }

  /// The keys in file order, those before the first section and repeated ones included.
  package var entries: [INIEntry] {
    items.compactMap { if case .entry(let entry) = $0 { entry } else { nil } }
  }
}

/// A section header such as `[pgbouncer]`.
package struct INISection: Sendable, Hashable {
  /// The text between the brackets, blanks included.
  package let name: String
  /// The bytes between the brackets.
  package let nameRange: Range<Int>

  package init(name: String, nameRange: Range<Int>) {
    self.name = name
    self.nameRange = nameRange
  }

  /// The header with its brackets.
  package var range: Range<Int> { nameRange.lowerBound - 1..<nameRange.upperBound + 1 }
}

/// One key and its value.
package struct INIEntry: Sendable, Hashable {
  /// The section it stands in; `nil` before the first header.
  package let section: String?
  /// The key without quotes.
  package let key: String
  /// The key as written, quotes included.
  package let keyRange: Range<Int>
  /// The value as written, without blanks around it; empty after the key of a bare key.
  package let valueRange: Range<Int>
  /// Whether a separator stands between key and value.
  package let hasSeparator: Bool

  package init(
    section: String?, key: String, keyRange: Range<Int>, valueRange: Range<Int>,
    hasSeparator: Bool
  ) {
    self.section = section
    self.key = key
    self.keyRange = keyRange
    self.valueRange = valueRange
    self.hasSeparator = hasSeparator
  }

  /// From the key to the end of the value.
  package var range: Range<Int> { keyRange.lowerBound..<valueRange.upperBound }
}

/// A directive that includes another file.
package struct INIInclude: Sendable, Hashable {
  /// The directive's word.
  package let wordRange: Range<Int>
  /// The file's name as written, without blanks around it.
  package let targetRange: Range<Int>

  package init(wordRange: Range<Int>, targetRange: Range<Int>) {
    self.wordRange = wordRange
    self.targetRange = targetRange
  }

  /// From the word to the end of the name.
  package var range: Range<Int> { wordRange.lowerBound..<targetRange.upperBound }
}

extension INIDocument {
  /// The edit that makes `value` the value of `entry`; a line feed in it would end the value.
  package func edit(_ entry: INIEntry, to value: String) -> TextEdit {
    TextEdit(
      range: entry.valueRange, replacement: entry.hasSeparator ? value : " = " + value)
  }
}
