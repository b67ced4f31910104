/// What bytes mean to YAML 1.1.
extension YAMLScanner {
  /// The length of the line break at `place`: LF, CR LF, CR, NEL, LS or PS; 0 for none.
  func breakLength(at place: Int) -> Int {
    switch text[place] {
    case 0x0A: 1
    case 0x0D: text[place + 1] == 0x0A ? 2 : 1
    case 0xC2: text[place + 1] == 0x85 ? 2 : 0
    case 0xE2:
      text[place + 1] == 0x80 && (text[place + 2] == 0xA8 || text[place + 2] == 0xA9) ? 3 : 0
    default: 0
    }
  }

  /// The length of the line break that ends before `place`; 0 for none.
  func breakLength(endingAt place: Int) -> Int {
    if place >= 1, text[place - 1] == 0x0A || text[place - 1] == 0x0D { return 1 }
    if place >= 2, breakLength(at: place - 2) == 2 { return 2 }
    return place >= 3 && breakLength(at: place - 3) == 3 ? 3 : 0
  }

  /// Whether a blank, a tab, a line break or the end of the file stands at `place`.
  func isSpace(at place: Int) -> Bool {
    place >= end || isBlank(text[place]) || breakLength(at: place) > 0
  }

  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Steps over the line break of `length` bytes at the current place.
  mutating func passBreak(_ length: Int) {
    offset += length
    line += 1
    lineStart = offset
  }

  /// Whether `---` or `...` stands at the beginning of the line at the current place.
  var isAtDocumentIndicator: Bool {
    guard column == 0, offset + 3 <= end else { return false }
    let byte = text[offset]
    return (byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")) && text[offset + 1] == byte
      && text[offset + 2] == byte && isSpace(at: offset + 3)
  }

  /// Steps over lines up to one with `---` or `...`; `false` when there is none.
  mutating func skipToDocumentIndicator() -> Bool {
    while offset < end {
      let length = breakLength(at: offset)
      guard length > 0 else {
        offset += 1
        continue
      }
      passBreak(length)
      if isAtDocumentIndicator {
        restart(at: offset)
        return true
      }
    }
    return false
  }

  /// Steps over breaks and adds them to `bytes` as readers see them: LF but for LS and PS.
  mutating func consumeBreak(into bytes: inout [UInt8]) -> Bool {
    let length = breakLength(at: offset)
    guard length > 0, offset < end else { return false }
    if length == 3 { bytes += text[offset..<offset + 3] } else { bytes.append(0x0A) }
    passBreak(length)
    return true
  }

  /// The character at `place` for a message.
  func character(at place: Int) -> String {
    guard place < end else { return "the end of the file" }
    if text[place] == 0x09 { return "a tab" }
    if breakLength(at: place) > 0 { return "the end of the line" }
    var stop = place + 1
    while stop < end, text[stop] & 0xC0 == 0x80 { stop += 1 }
    return "'" + String(decoding: text[place..<stop], as: UTF8.self) + "'"
  }
}
