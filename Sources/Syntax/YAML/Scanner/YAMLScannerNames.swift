/// Anchors, aliases and tags.
extension YAMLScanner {
  mutating func fetchAnchor(_ kind: YAMLToken.Kind) throws(YAMLFault) {
    try saveSimpleKey()
    allowsSimpleKey = false
    let start = offset
    offset += 1
    while offset < end, isName(text[offset]) { offset += 1 }
    let isEnded =
      isSpace(at: offset)
      || [UInt8](",?:[]{}%@`".utf8).contains(text[offset])
    guard offset > start + 1, isEnded else {
      throw YAMLFault(
        range: start..<min(offset + 1, end),
        message: "did not find expected alphabetic or numeric character while scanning an "
          + (kind == .alias ? "alias" : "anchor"),
        help: kind == .alias ? "a value that begins with * needs quotes" : nil)
    }
    var token = YAMLToken(kind: kind, start: start, end: offset)
    token.contentStart = start + 1
    token.contentEnd = offset
    append(token)
  }

  /// Letters, digits, `-`, `_` and, as in SnakeYAML, every character outside ASCII.
  private func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// Scans `!`, `!suffix`, `!handle!suffix` or `!<uri>`; what the handle stands for is the
  /// parser's.
  mutating func fetchTag() throws(YAMLFault) {
    try saveSimpleKey()
    allowsSimpleKey = false
    let start = offset
    offset += 1
    let isVerbatim = text[offset] == UInt8(ascii: "<")
    if isVerbatim { offset += 1 }
    var token = YAMLToken(kind: .tag, start: start, end: start)
    token.contentStart = offset
    while offset < end, isTagByte(text[offset], verbatim: isVerbatim) { offset += 1 }
    token.contentEnd = offset
    if isVerbatim {
      guard offset < end, text[offset] == UInt8(ascii: ">") else {
        throw tagFault(start, "did not find the expected '>' while scanning a tag")
      }
      offset += 1
      token.contentStart = start
      token.contentEnd = offset
    }
    guard isSpace(at: offset) || flowLevel > 0 && text[offset] == UInt8(ascii: ",") else {
      throw tagFault(start, "did not find expected whitespace or line break after a tag")
    }
    token.end = offset
    append(token)
  }

  private func tagFault(_ start: Int, _ message: String) -> YAMLFault {
    YAMLFault(range: start..<min(offset + 1, end), message: message)
  }

  private func isTagByte(_ byte: UInt8, verbatim: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: ":"),
      UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "+"),
      UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "~"),
      UInt8(ascii: "*"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "%"):
      true
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"): verbatim || flowLevel == 0
    default: false
    }
  }
}
