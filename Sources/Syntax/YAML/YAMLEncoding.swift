/// What YAML allows in a file's bytes.
enum YAMLEncoding {
  /// Why the file cannot be read at all: it is UTF-16 or UTF-32.
  static func refusal(of bytes: [UInt8]) -> SyntaxError? {
    guard bytes.count >= 2 else { return nil }
    let isWide =
      bytes[0] == 0xFE && bytes[1] == 0xFF || bytes[0] == 0xFF && bytes[1] == 0xFE
      || bytes[0] == 0 || bytes[1] == 0
    guard isWide else { return nil }
    return SyntaxError(
      range: 0..<2, message: "the file is UTF-16 or UTF-32, which is not read here",
      help: "save the file as UTF-8")
  }

  /// Invalid UTF-8 and control characters; the first of each line, up to a few lines.
  static func errors(in bytes: [UInt8]) -> [SyntaxError] {
    var errors: [SyntaxError] = []
    bytes.withUnsafeBufferPointer { bytes in
      var place = 0
      while place < bytes.count, errors.count < 3 {
        let byte = bytes[place]
        if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
          place += 1
          continue
        }
        let length = characterLength(bytes, place)
        if length > 0 {
          place += length
          continue
        }
        errors.append(
          SyntaxError(
            range: place..<place + 1,
            message: byte < 0x80
              ? "control characters are not allowed" : "invalid UTF-8 octet sequence",
            help: byte < 0x80 ? nil : "save the file as UTF-8"))
        while place < bytes.count, bytes[place] != 0x0A { place += 1 }
      }
    }
    return errors
  }

  /// The length of the character at `place` that is not printable ASCII; 0 where YAML does not
  /// allow it.
  private static func characterLength(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    let lead = bytes[place]
    let length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard length > 1, lead < 0xF5, place + length <= bytes.count else { return 0 }
    var code = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for next in bytes[(place + 1)..<(place + length)] {
      guard next & 0xC0 == 0x80 else { return 0 }
      code = code << 6 | UInt32(next & 0x3F)
    }
    let isOverlong = length == 3 && code < 0x800 || length == 4 && code < 0x10000
    guard !isOverlong, Unicode.Scalar(code) != nil else { return 0 }
    let isControl = code < 0xA0 && code != 0x85
    return isControl || code == 0xFFFE || code == 0xFFFF ? 0 : length
  }
}
