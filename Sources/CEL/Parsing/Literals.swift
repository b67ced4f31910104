extension Lexer {
  /// The value of a number token.
  ///
  /// - Throws: ``CELError`` for an integer out of range.
  func number(_ token: Token, isNegative: Bool = false) throws(CELError) -> Value {
    let digits = text(token.range)
    if token.kind == .double, let double = Double(digits) {
      return .double(isNegative ? -double : double)
    }
    var magnitude = digits[...]
    if token.kind == .uint { magnitude = magnitude.dropLast() }
    let isHexadecimal = magnitude.hasPrefix("0x") || magnitude.hasPrefix("0X")
    if isHexadecimal { magnitude = magnitude.dropFirst(2) }
    let parsed = UInt64(magnitude, radix: isHexadecimal ? 16 : 10)
    if token.kind == .uint, let parsed { return .uint(parsed) }
    if token.kind == .int, let parsed {
      if isNegative, parsed <= Int64.min.magnitude {
        return .int(parsed == Int64.min.magnitude ? .min : -Int64(parsed))
      }
      if !isNegative, let int = Int64(exactly: parsed) { return .int(int) }
    }
    throw CELError(message: "number \(digits) is out of range", range: token.range)
  }

  /// The value of a string or bytes token, with its escapes resolved.
  func literal(_ token: Token) throws(CELError) -> Value {
    var decoder = EscapeDecoder(bytes: bytes, range: token.range, isBytes: token.kind == .bytes)
    let decoded = try decoder.decode()
    return token.kind == .bytes
      ? .bytes(decoded) : .string(String(decoding: decoded, as: UTF8.self))
  }

  /// The name between backticks.
  func quotedName(_ token: Token) -> String {
    text(token.range.lowerBound + 1..<token.range.upperBound - 1)
  }
}

/// Resolves the escapes of one string or bytes literal.
private struct EscapeDecoder {
  let bytes: [UInt8]
  private let isBytes: Bool
  private var isRaw = false
  private var offset: Int
  private var end: Int
  private var result: [UInt8] = []

  /// Strips prefixes and quotes; the lexer has made sure that they are there.
  init(bytes: [UInt8], range: Range<Int>, isBytes: Bool) {
    self.bytes = bytes
    self.isBytes = isBytes
    offset = range.lowerBound
    end = range.upperBound
    while bytes[offset] != UInt8(ascii: "'"), bytes[offset] != UInt8(ascii: "\"") {
      if bytes[offset] | 0x20 == UInt8(ascii: "r") { isRaw = true }
      offset += 1
    }
    let quote = bytes[offset]
    let isTriple = end - offset >= 6 && bytes[offset + 1] == quote && bytes[offset + 2] == quote
    offset += isTriple ? 3 : 1
    end -= isTriple ? 3 : 1
  }

  mutating func decode() throws(CELError) -> [UInt8] {
    result.reserveCapacity(end - offset)
    while offset < end {
      switch bytes[offset] {
      case UInt8(ascii: "\\") where !isRaw: try escape()
      case UInt8(ascii: "\r"):
        // Line breaks of any kind count as line feeds, whatever system wrote the expression.
        result.append(UInt8(ascii: "\n"))
        offset += offset + 1 < end && bytes[offset + 1] == UInt8(ascii: "\n") ? 2 : 1
      default:
        result.append(bytes[offset])
        offset += 1
      }
    }
    return result
  }

  private mutating func escape() throws(CELError) {
    let start = offset
    let letter = offset + 1 < end ? bytes[offset + 1] : 0
    offset += 2
    switch letter {
    case UInt8(ascii: "a"): result.append(7)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "v"): result.append(11)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      result.append(letter)
    case UInt8(ascii: "x"), UInt8(ascii: "X"): try number(digits: 2, radix: 16, from: start)
    case UInt8(ascii: "u"): try number(digits: 4, radix: 16, from: start)
    case UInt8(ascii: "U"): try number(digits: 8, radix: 16, from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      offset -= 1
      try number(digits: 3, radix: 8, from: start)
    default: throw invalid(start..<min(offset, end))
    }
  }

  private mutating func number(digits: Int, radix: UInt32, from start: Int) throws(CELError) {
    guard offset + digits <= end else { throw invalid(start..<end) }
    var number: UInt32 = 0
    for byte in bytes[offset..<offset + digits] {
      guard let digit = byte.hexadecimalValue, digit < radix else {
        throw invalid(start..<offset + digits)
      }
      number = number * radix + UInt32(digit)
    }
    offset += digits
    if isBytes {
      // A byte is written with two hexadecimal or three octal digits, never as a code point.
      guard digits < 4 else { throw invalid(start..<offset) }
      result.append(UInt8(truncatingIfNeeded: number))
    } else {
      guard let scalar = Unicode.Scalar(number) else { throw invalid(start..<offset) }
      result += UTF8.encode(scalar).map { Array($0) } ?? []
    }
  }

  private func invalid(_ range: Range<Int>) -> CELError {
    let text = String(decoding: bytes[range], as: UTF8.self)
    return CELError(message: "invalid escape '\(text)'", range: range)
  }
}
