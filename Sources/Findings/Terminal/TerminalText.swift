/// Text from outside, made safe for a terminal.
///
/// Paths, lines and messages may hold escape sequences that move the cursor or set the clipboard,
/// C1 controls that do the same in one character, bidirectional overrides that show a line in
/// another order than it is read (CVE-2021-42574), and characters that take no room. All of them
/// are shown as `\u{1b}`, on every output, because files of output are shown on terminals later.
package enum TerminalText {
  /// A scalar as it is shown, and the columns that takes.
  struct Glyph: Sendable, Hashable {
    let text: String
    let width: Int
  }

  /// The accents that may follow one letter; more are a flood that paints over other lines.
  static let combiningLimit = 4

  /// `text` on one line, without anything a terminal would obey.
  package static func safe(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
    var result = ""
    var combining = 0
    for scalar in text.unicodeScalars { result += glyph(scalar, combining: &combining).text }
    return result
  }

  /// The columns that ``safe(_:)`` of `text` takes.
  package static func width(_ text: String) -> Int {
    var combining = 0
    return text.unicodeScalars.reduce(0) { $0 + glyph($1, combining: &combining).width }
  }

  /// How `scalar` is shown after `combining` accents in a row.
  static func glyph(_ scalar: Unicode.Scalar, combining: inout Int) -> Glyph {
    if (0x20..<0x7F).contains(scalar.value) {
      combining = 0
      return Glyph(text: String(scalar), width: 1)
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark:
      combining += 1
      if combining > combiningLimit { return escaped(scalar) }
      let takesRoom = scalar.properties.generalCategory == .spacingMark
      return Glyph(text: String(scalar), width: takesRoom ? 1 : 0)
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
      .unassigned:
      // Spaces other than U+0020 too: a no-break space in a configuration is a mistake to be seen.
      combining = 0
      return escaped(scalar)
    default:
      combining = 0
      if isBlank(scalar) { return escaped(scalar) }
      return Glyph(text: String(scalar), width: isWide(scalar) ? 2 : 1)
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> Glyph {
    let text = "\\u{\(String(scalar.value, radix: 16))}"
    return Glyph(text: text, width: text.utf8.count)
  }

  /// Letters and symbols that show nothing: the fillers of Hangul and the empty Braille pattern.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0: true
    default: false
    }
  }

  /// Whether terminals give the scalar two columns (the blocks of Unicode's East Asian Width).
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }
}
