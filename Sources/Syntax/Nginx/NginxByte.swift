/// What single bytes mean to the reader.
enum NginxByte {
  /// Blanks, `;`, `{`, `$` and `\` below byte 64, then from byte 64 on.
  private static let low: UInt64 =
    1 << 9 | 1 << 10 | 1 << 13 | 1 << 32 | 1 << 36 | 1 << 59
  private static let high: UInt64 = 1 << (92 - 64) | 1 << (123 - 64)

  /// Whether a byte of an unquoted word needs a look: a blank, `;`, `{`, `$` or `\`.
  @inline(__always)
  static func mayEndWord(_ byte: UInt8) -> Bool {
    let mask = byte < 64 ? low : high
    return byte < 128 && mask >> UInt64(byte & 63) & 1 != 0
  }

  /// Whether nginx takes `byte` for a blank: SP, TAB, CR or LF and nothing else.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
      || byte == UInt8(ascii: "\r")
  }
}

/// The limits of nginx's 4,096-byte read buffer, which are limits of what a file may say.
///
/// A word or comment that fills the buffer is refused once more of the file follows. nginx counts
/// from the first byte of a comment or word (behind the opening quote) to the byte it takes next,
/// so that a closing quote and one following blank count, but `;` and `{` end the word in time.
enum NginxBuffer {
  /// Bytes in the buffer.
  static let size = 4096
}
