/// Bytes as hexadecimal digits.
enum Hexadecimal {
  private static let lowerCase = Array("0123456789abcdef".utf8)

  static func digits(of bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.flatMap { [lowerCase[Int($0 >> 4)], lowerCase[Int($0 & 15)]] }
  }

  /// The value of a digit of either case.
  static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The bytes written as lower-case digits, or `nil` where there is anything else.
  static func bytes(of digits: some Collection<UInt8>) -> [UInt8]? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(digits.count / 2)
    var pending: UInt8?
    for digit in digits {
      guard let value = value(of: digit), !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains(digit)
      else { return nil }
      if let first = pending {
        result.append(first << 4 | value)
        pending = nil
      } else {
        pending = value
      }
    }
    return result
  }
}

/// Bytes in base64, RFC 4648; the reader accepts only what the writer makes.
enum Base64 {
  /// The standard alphabet with padding, or the one for URLs without.
  enum Alphabet {
    case standard, url

    fileprivate var characters: [UInt8] {
      let last = self == .standard ? "+/" : "-_"
      return Array(
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
    }
  }

  static func text(of bytes: some Collection<UInt8>, _ alphabet: Alphabet) -> String {
    let characters = alphabet.characters
    var output: [UInt8] = []
    var bits: UInt32 = 0
    var held = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      held += 8
      while held >= 6 {
        held -= 6
        output.append(characters[Int(bits >> UInt32(held) & 63)])
      }
    }
    if held > 0 { output.append(characters[Int(bits << UInt32(6 - held) & 63)]) }
    if alphabet == .standard {
      while !output.count.isMultiple(of: 4) { output.append(UInt8(ascii: "=")) }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes written as `text`, or `nil` when that is not the way to write them.
  static func bytes(of text: String, _ alphabet: Alphabet) -> [UInt8]? {
    var output: [UInt8] = []
    var bits: UInt32 = 0
    var held = 0
    for character in text.utf8 where character != UInt8(ascii: "=") {
      guard let value = value(of: character) else { return nil }
      bits = bits << 6 | UInt32(value)
      held += 6
      if held >= 8 {
        held -= 8
        output.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    // Padding at a wrong place and bits that are not zero would be a second spelling.
    return self.text(of: output, alphabet) == text ? output : nil
  }

  /// The value of a character of either alphabet; which one it was shows when it is written again.
  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
