/// A Java properties file with the place of everything, read exactly as `Properties.load` reads it.
///
/// Lossless: the items lie side by side and cover the file, and keys that occur twice are kept
/// twice (the last wins). Escapes are taken out of `key` and `value` only.
package struct PropertiesDocument: Sendable {
  package let source: SourceText
  /// In file order; each begins where the one before it ends.
  package let items: [Item]
  /// Malformed `\uXXXX` escapes, at which Java refuses the whole file.
  package let errors: [SyntaxError]

  /// A piece of the file.
  package enum Item: Sendable, Hashable {
    /// White space between entries, line ends included.
    case blank(Range<Int>)
    /// From `#` or `!` to the end of the line, without the line end.
    ///
    /// Spring splits a file into documents at comments that read `#---` or `!---`.
    case comment(Range<Int>)
    case entry(PropertiesEntry)

    /// The bytes of the item.
    package var range: Range<Int> {
      switch self {
      case .blank(let range), .comment(let range): range
      case .entry(let entry): entry.range
      }
    }
  }

  /// How bytes above 127 are read.
  package enum Encoding: Sendable, Hashable {
    /// What `Properties.load(InputStream)` reads.
    case latin1
    /// What `Properties.load(Reader)` and Spring Boot with `spring.config.encoding` may read.
    case utf8
    /// UTF-8 where the whole file is valid UTF-8, else Latin-1.
    case automatic
  }

  /// Reads `source`; its bytes are kept whatever `encoding` says.
  package init(_ source: SourceText, encoding: Encoding = .automatic) {
    self.source = source
    var encoding = encoding
    if encoding == .automatic {
      encoding = String(validating: source.bytes, as: UTF8.self) == nil ? .latin1 : .utf8
    }
    var reader = PropertiesReader(source.bytes, isLatin1: encoding == .latin1)
    reader.read()
    items = reader.items
    errors = reader.errors
  }

  /// The entries in file order, repeated keys included.
  package var entries: [PropertiesEntry] {
    items.compactMap { if case .entry(let entry) = $0 { entry } else { nil } }
  }

  /// The comments in file order, from their mark to the end of the line.
  package var comments: [Range<Int>] {
    items.compactMap { if case .comment(let range) = $0 { range } else { nil } }
  }

  /// The entry that `Properties.load` keeps for `key`: the last one.
  package subscript(key: String) -> PropertiesEntry? { entries.last { $0.key == key } }
}

/// One key and its value.
package struct PropertiesEntry: Sendable, Hashable {
  /// The key without escapes.
  package let key: String
  /// The value without escapes and continuations; empty where nothing is written.
  package let value: String
  /// The key as written.
  package let keyRange: Range<Int>
  /// Everything between key and value: blanks and at most one `=` or `:`; may be empty.
  package let separatorRange: Range<Int>
  /// The value as written, over all of its lines, without the line end.
  package let valueRange: Range<Int>

  package init(
    key: String, value: String, keyRange: Range<Int>, separatorRange: Range<Int>,
    valueRange: Range<Int>
  ) {
    self.key = key
    self.value = value
    self.keyRange = keyRange
    self.separatorRange = separatorRange
    self.valueRange = valueRange
  }

  /// The whole entry, from its key to the end of its value.
  package var range: Range<Int> { keyRange.lowerBound..<valueRange.upperBound }
}

extension PropertiesDocument {
  /// The edit that makes `value` the value of `entry`.
  ///
  /// Only ASCII is written, so that the file means the same in either encoding.
  package func edit(_ entry: PropertiesEntry, to value: String) -> TextEdit {
    let escaped = Self.escaped(value)
    let range = entry.valueRange
    let needsSeparator = entry.separatorRange.isEmpty && !escaped.isEmpty
    return TextEdit(range: range, replacement: needsSeparator ? "=" + escaped : escaped)
  }

  /// `value` as it must be written to be read back unchanged.
  package static func escaped(_ value: String) -> String {
    var text = ""
    var isLeading = true
    for unit in value.utf16 {
      switch unit {
      case 0x20: text += isLeading ? "\\ " : " "
      case 0x09: text += "\\t"
      case 0x0A: text += "\\n"
      case 0x0C: text += "\\f"
      case 0x0D: text += "\\r"
      case 0x5C: text += "\\\\"
      case 0x3A where isLeading: text += "\\:"
      case 0x3D where isLeading: text += "\\="
      case 0x21..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16, uppercase: true)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      isLeading = false
    }
    return text
  }
}
