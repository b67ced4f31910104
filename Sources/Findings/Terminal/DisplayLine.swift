import Syntax

/// One line of a file as a terminal's cells, each knowing its bytes: carets meet their text.
struct DisplayLine: Sendable {
  struct Cell: Sendable, Hashable {
    let text: String
    /// Columns.
    let width: Int
    /// The bytes of the file that it shows.
    let bytes: Range<Int>
  }

  let cells: [Cell]
  /// Whether the line goes on before and after the cells.
  let isCut: (before: Bool, after: Bool)

  /// Columns between tab stops; the same for every file, as people's editors differ anyway.
  static let tabWidth = 4

  /// Bytes shown at most on either side of the place of interest: a minified file is one line of
  /// megabytes, of which a terminal shows some hundred columns.
  static let reach = 2_048

  /// - Parameters:
  ///   - line: the line with what to hide in it.
  ///   - focus: the byte that must be among the cells.
  init(_ line: MaskedLine, around focus: Int) {
    let bytes = line.source.bytes
    var start = line.range.lowerBound
    var end = line.range.upperBound
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let lineBounds = start..<end
    if focus - start > Self.reach { start = focus - Self.reach }
    if end - focus > Self.reach { end = max(start, focus + Self.reach) }
    // Not in the middle of a character: continuation bytes are 10xxxxxx.
    while start > lineBounds.lowerBound, start < end, bytes[start] & 0xC0 == 0x80 { start += 1 }
    while end < lineBounds.upperBound, end > start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    isCut = (start > lineBounds.lowerBound, end < lineBounds.upperBound)
    cells = Self.cells(bytes, start..<end, hidden: line.hidden)
  }

  /// A line as it is shown, in three parts.
  struct Window: Sendable, Hashable {
    /// What stands before, at and after the place of interest.
    let before: String, marked: String, after: String
    /// The columns of ``marked``; at least one, so that an empty place can be marked.
    let marks: Range<Int>

    var text: String { before + marked + after }
  }

  /// The cells that are shown in `width` columns around the cells of `focus`.
  ///
  /// - Returns: a line that begins or ends with `…` where something is left out.
  func window(width: Int, focus: Range<Int>) -> Window {
    let first = cells.firstIndex { $0.bytes.upperBound > focus.lowerBound } ?? cells.count
    var last = first
    while last < cells.count, cells[last].bytes.lowerBound < focus.upperBound { last += 1 }
    let shown = shownCells(width: width, first: first, last: last)
    let isCutBefore = isCut.before || shown.lowerBound > 0
    let isCutAfter = isCut.after || shown.upperBound < cells.count
    let visible = max(first, min(last, shown.upperBound))
    let column = columns(shown.lowerBound..<first) + (isCutBefore ? 1 : 0)
    return Window(
      before: (isCutBefore ? "…" : "") + text(shown.lowerBound..<first),
      marked: text(first..<visible),
      after: text(visible..<max(visible, shown.upperBound)) + (isCutAfter ? "…" : ""),
      marks: column..<(column + max(1, columns(first..<visible))))
  }

  /// The part of `line` that is shown in `width` columns around the bytes of `focus`.
  static func window(of line: MaskedLine, width: Int, focus: Range<Int>) -> Window {
    plainWindow(of: line, width: width, focus: focus)
      ?? DisplayLine(line, around: focus.lowerBound).window(width: width, focus: focus)
  }

  /// The same without cells, for a line that fits and is nothing but printable ASCII, which next
  /// to all lines are; `nil` for any other.
  private static func plainWindow(
    of line: MaskedLine, width: Int, focus: Range<Int>
  ) -> Window? {
    let range = line.range
    guard line.hidden.isEmpty, range.count <= min(width, reach) else { return nil }
    let bytes = line.source.bytes[range]
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
    let first = max(range.lowerBound, min(focus.lowerBound, range.upperBound))
    let last = max(first, min(focus.upperBound, range.upperBound))
    let column = first - range.lowerBound
    return Window(
      before: String(decoding: bytes[..<first], as: UTF8.self),
      marked: String(decoding: bytes[first..<last], as: UTF8.self),
      after: String(decoding: bytes[last...], as: UTF8.self),
      marks: column..<(column + max(1, last - first)))
  }

  private func text(_ range: Range<Int>) -> String {
    cells[range].reduce(into: "") { $0 += $1.text }
  }

  /// Which cells fit: all, or the beginning, or a third of the room before `first`.
  private func shownCells(width: Int, first: Int, last: Int) -> Range<Int> {
    if !isCut.before, !isCut.after, columns(0..<cells.count) <= width { return 0..<cells.count }
    let room = width - 2
    var start = 0
    if isCut.before || columns(0..<last) > room {
      start = first
      var used = 0
      while start > 0, used + cells[start - 1].width <= room / 3 {
        start -= 1
        used += cells[start].width
      }
    }
    var end = start
    var used = 0
    while end < cells.count, used + cells[end].width <= room {
      used += cells[end].width
      end += 1
    }
    return start..<end
  }

  private func columns(_ range: Range<Int>) -> Int {
    cells[range].reduce(0) { $0 + $1.width }
  }

  private static func cells(
    _ bytes: [UInt8], _ range: Range<Int>, hidden: [Range<Int>]
  ) -> [Cell] {
    var cells: [Cell] = []
    var column = 0
    var combining = 0
    var offset = range.lowerBound
    var hidden = hidden.drop { $0.upperBound <= offset }
    while offset < range.upperBound {
      let start = offset
      let glyph: TerminalText.Glyph
      if let secret = hidden.first, secret.lowerBound <= offset {
        offset = min(secret.upperBound, range.upperBound)
        hidden = hidden.dropFirst()
        glyph = TerminalText.Glyph(text: SecretMask.stars, width: SecretMask.stars.utf8.count)
      } else if bytes[offset] == UInt8(ascii: "\t") {
        offset += 1
        let width = tabWidth - column % tabWidth
        glyph = TerminalText.Glyph(text: String(repeating: " ", count: width), width: width)
      } else {
        let (scalar, length) = decode(bytes[offset..<range.upperBound])
        offset += length
        glyph = TerminalText.glyph(scalar, combining: &combining)
      }
      cells.append(Cell(text: glyph.text, width: glyph.width, bytes: start..<offset))
      column += glyph.width
    }
    return cells
  }

  /// The first scalar of `bytes`, which are not empty, and its length; U+FFFD for what is none.
  private static func decode(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    switch parser.parseScalar(from: &iterator) {
    case .valid(let encoded): return (Unicode.UTF8.decode(encoded), encoded.count)
    case .error(let length): return ("\u{FFFD}", length)
    case .emptyInput: return ("\u{FFFD}", 1)
    }
  }
}
