/// Scalars without quotes.
extension YAMLScanner {
  /// Scans a plain scalar, which may go on over lines that are indented deeper than its collection.
  mutating func fetchPlain() throws(YAMLFault) {
    try saveSimpleKey()
    allowsSimpleKey = false
    let start = offset
    let minimum = indent + 1
    var stop = offset
    var decoded: [UInt8] = []
    var isFolded = false
    var space: [UInt8] = []
    while true {
      let chunk = offset
      if text[offset] == UInt8(ascii: "#") { break }
      while !endsPlain(at: offset) { offset += 1 }
      if offset == chunk { break }
      allowsSimpleKey = false
      if isFolded { decoded += space + text[chunk..<offset] }
      stop = offset
      let wasFolded = isFolded
      guard passPlainSpace(into: &space, minimum: minimum, isFolded: &isFolded) else { break }
      if isFolded, !wasFolded { decoded = Array(text[start..<stop]) }
      if flowLevel == 0, column < minimum { break }
    }
    var token = YAMLToken(kind: .scalar, start: start, end: stop)
    token.contentStart = start
    token.contentEnd = stop
    if isFolded, !decoded.isEmpty, !decoded.elementsEqual(text[start..<stop]) {
      token.value = values.count
      values.append(decoded)
    }
    append(token)
  }

  /// Whether a plain scalar, or a line of it, ends at `place`.
  private func endsPlain(at place: Int) -> Bool {
    guard place < end else { return true }
    switch text[place] {
    case 0x20, 0x09: return true
    case UInt8(ascii: ":"):
      if isSpace(at: place + 1) { return true }
      return flowLevel > 0 && isFlowIndicator(text[place + 1])
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      return flowLevel > 0
    default: return breakLength(at: place) > 0
    }
  }

  private func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// Steps over blanks and line breaks inside a plain scalar and leaves what they fold to in
  /// `space`.
  ///
  /// - Returns: whether the scalar may go on after them.
  private mutating func passPlainSpace(
    into space: inout [UInt8], minimum: Int, isFolded: inout Bool
  ) -> Bool {
    let start = offset
    while isBlank(text[offset]) { offset += 1 }
    space = Array(text[start..<offset])
    guard offset < end, breakLength(at: offset) > 0 else { return offset > start }
    isFolded = true
    space = []
    allowsSimpleKey = true
    var breaks: [UInt8] = []
    _ = consumeBreak(into: &space)
    while offset < end {
      if isAtDocumentIndicator { return false }
      if text[offset] == 0x20 || text[offset] == 0x09 && column >= minimum {
        offset += 1
      } else if !consumeBreak(into: &breaks) {
        break
      }
    }
    if space == [0x0A] { space = breaks.isEmpty ? [0x20] : [] }
    space += breaks
    return true
  }
}
