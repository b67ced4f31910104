/// Text from outside in XML and HTML, as content or inside quotes.
enum Markup {
  /// `text` without signs of markup and without what a terminal or a reader would be fooled by.
  ///
  /// Both kinds of quotes are replaced, so that it also fits attributes; characters that XML does
  /// not allow are shown as `\u{…}`.
  static func escaped(_ text: String) -> String { entities(TerminalText.safe(text)) }

  /// `text` that is safe already, with entities for what means something in markup.
  static func entities(_ text: String) -> String {
    guard text.utf8.contains(where: isMarkup) else { return text }
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}

/// Gathers lines and hands them on in portions, so that a report of many findings is never whole.
struct LineBuffer: Sendable {
  private static let portion = 1 << 16
  private(set) var text = ""

  mutating func line(_ line: String) {
    text += line
    text += "\n"
  }

  /// Hands on what was gathered once it is enough.
  mutating func flush(to sink: ([UInt8]) throws -> Void) rethrows {
    if text.utf8.count >= Self.portion { try finish(to: sink) }
  }

  /// Hands on what was gathered.
  mutating func finish(to sink: ([UInt8]) throws -> Void) rethrows {
    try sink(Array(text.utf8))
    text.removeAll(keepingCapacity: true)
  }
}
