/// Numbers at the beginning of a text, as C's `strtol` and `strtod` take them.
///
/// PgBouncer and PostgreSQL read their numbers so; that is why `010` runs as 8 in both.
enum CNumber {
  struct Integer {
    /// Held at the bounds of 64 bits, as `strtol` does.
    let value: Int64
    /// 8, 10 or 16.
    let base: Int
    /// The bytes read, leading white space included.
    let length: Int
    let overflows: Bool
  }

  struct Real {
    let value: Double
    let length: Int
  }

  /// Reads like `strtol`; base 0 takes `0x` as hexadecimal and a leading 0 as octal.
  static func integer(_ text: some StringProtocol, base: Int) -> Integer? {
    let bytes = Array(text.utf8)
    var index = bytes.prefix { $0 == 0x20 || (0x09...0x0D).contains($0) }.count
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var base = base
    if base == 0 {
      base = 10
      if index < bytes.count, bytes[index] == UInt8(ascii: "0") {
        let isHexadecimal =
          index + 2 < bytes.count && bytes[index + 1] | 0x20 == UInt8(ascii: "x")
          && digit(bytes[index + 2], base: 16) != nil
        base = isHexadecimal ? 16 : 8
        if isHexadecimal { index += 2 }
      }
    }
    let start = index
    var magnitude: Int64 = 0
    var overflows = false
    while index < bytes.count, let digit = digit(bytes[index], base: base) {
      let (product, first) = magnitude.multipliedReportingOverflow(by: Int64(base))
      let (next, second) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if first || second { overflows = true } else { magnitude = next }
      index += 1
    }
    guard index > start else { return nil }
    // A lone 0 is as decimal as octal.
    let shownBase = base == 8 && index == start + 1 ? 10 : base
    return Integer(
      value: overflows ? (isNegative ? .min : .max) : magnitude, base: shownBase, length: index,
      overflows: overflows)
  }

  /// Reads like `strtod`, decimal and hexadecimal notation; an overflow is infinite.
  static func real(_ text: some StringProtocol) -> Real? {
    let bytes = Array(text.utf8)
    let start = bytes.prefix { $0 == 0x20 || (0x09...0x0D).contains($0) }.count
    var index = start
    func isSign(_ index: Int) -> Bool {
      index < bytes.count
        && (bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+"))
    }
    func skipDigits(_ base: Int) -> Int {
      let first = index
      while index < bytes.count, digit(bytes[index], base: base) != nil { index += 1 }
      return index - first
    }
    if isSign(index) { index += 1 }
    let isHexadecimal =
      index + 2 < bytes.count && bytes[index] == UInt8(ascii: "0")
      && bytes[index + 1] | 0x20 == UInt8(ascii: "x") && digit(bytes[index + 2], base: 16) != nil
    let base = isHexadecimal ? 16 : 10
    if isHexadecimal { index += 2 }
    var digits = skipDigits(base)
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      digits += skipDigits(base)
    }
    guard digits > 0 else { return nil }
    let mark = UInt8(ascii: isHexadecimal ? "p" : "e")
    if index < bytes.count, bytes[index] | 0x20 == mark {
      let before = index
      index += isSign(index + 1) ? 2 : 1
      if skipDigits(10) == 0 { index = before }
    }
    let number = String(decoding: bytes[start..<index], as: UTF8.self)
    return Double(number).map { Real(value: $0, length: index) }
  }

  private static func digit(_ byte: UInt8, base: Int) -> Int64? {
    let value: UInt8
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = byte - UInt8(ascii: "A") + 10
    default: return nil
    }
    return Int(value) < base ? Int64(value) : nil
  }
}
