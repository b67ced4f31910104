import Syntax

/// What an editor counts columns in.
enum PositionEncoding: String, Sendable { case utf8 = "utf-8", utf16 = "utf-16" }

/// Bytes of a text as an editor's lines and characters, both from 0, and back.
///
/// CR LF, LF and CR each end a line, as the protocol has it.
struct TextCoordinates: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]
  private let encoding: PositionEncoding

  init(_ bytes: [UInt8], _ encoding: PositionEncoding) {
    var starts = [0]
    for (index, byte) in bytes.enumerated() {
      let isEnd =
        byte == 0x0A || (byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A))
      if isEnd { starts.append(index + 1) }
    }
    self.bytes = bytes
    self.starts = starts
    self.encoding = encoding
  }

  /// The position of a byte, which is clamped to the text.
  func position(at offset: Int) -> JSON {
    let offset = min(max(offset, 0), bytes.count)
    let line = line(of: offset)
    var character = 0
    for byte in bytes[starts[line]..<offset] { character += units(byte) }
    return ["line": .number(line), "character": .number(character)]
  }

  func range(_ range: Range<Int>) -> JSON {
    ["start": position(at: range.lowerBound), "end": position(at: range.upperBound)]
  }

  /// The byte at a position; a character behind the end of its line is the end.
  ///
  /// - Returns: `nil` for what is no position.
  func offset(_ position: JSON?) -> Int? {
    guard let line = position?["line"]?.intValue, let wanted = position?["character"]?.intValue,
      line >= 0, wanted >= 0
    else { return nil }
    guard line < starts.count else { return bytes.count }
    let range = content(ofLine: Int(line))
    var character: Int64 = 0
    var offset = range.lowerBound
    while offset < range.upperBound, character < wanted {
      character += Int64(units(bytes[offset]))
      offset += 1
      // The rest of a character counts nothing.
      while offset < range.upperBound, encoding == .utf16, bytes[offset] & 0xC0 == 0x80 {
        offset += 1
      }
    }
    return offset
  }

  func range(_ range: JSON?) -> Range<Int>? {
    guard let start = offset(range?["start"]), let end = offset(range?["end"]), start <= end else {
      return nil
    }
    return start..<end
  }

  /// The number of the line of a byte, from 0.
  func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func content(ofLine line: Int) -> Range<Int> {
    let start = starts[line]
    var end = line + 1 < starts.count ? starts[line + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// How much the first byte of a character counts; its others count nothing in UTF-16.
  private func units(_ byte: UInt8) -> Int {
    switch encoding {
    case .utf8: 1
    case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
    }
  }
}
