extension StandardLibrary {
  /// Base64 of RFC 4648 with the standard alphabet.
  static let encoders: [Function] = [
    Function(
      "base64.encode",
      [
        Overload([.bytes], .string) { a throws(EvaluationFailure) in
          .string(base64(try a[0].asBytes))
        }
      ]),
    Function(
      "base64.decode",
      [
        Overload([.string], .bytes) { a throws(EvaluationFailure) in
          guard let bytes = bytes(base64: try a[0].asString) else {
            throw .error("text is no base64")
          }
          return .bytes(bytes)
        }
      ]),
  ]

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let chunk = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in chunk { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(3 - chunk.count) * 8
      for index in 0..<4 {
        let isPadding = index > chunk.count
        text.append(
          isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - index * 6) & 63)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes text with its padding, or without any; white space in it counts for nothing.
  private static func bytes(base64 text: String) -> [UInt8]? {
    var symbols = text.utf8.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }[...]
    let length = symbols.count
    while symbols.last == UInt8(ascii: "="), length - symbols.count < 2 { symbols.removeLast() }
    let isPadded = symbols.count < length
    guard !isPadded || length % 4 == 0, symbols.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var bitCount = 0
    for symbol in symbols {
      guard let value = alphabet.firstIndex(of: symbol) else { return nil }
      bits = bits << 6 | UInt32(value)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    return bytes
  }
}
