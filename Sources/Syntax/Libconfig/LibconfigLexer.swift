/// The tokens of libconfig's grammar.
struct LibconfigLexer {
  enum Bracket: Sendable, Hashable {
    case brace, parenthesis, square

    var content: LibconfigNode.Content {
      switch self {
      case .brace: .group
      case .parenthesis: .list
      case .square: .array
      }
    }
  }

  enum Kind: Sendable, Hashable {
    case name(String)
    case scalar(LibconfigNode.Content)
    case include(String)
    case open(Bracket)
    case close(Bracket)
    case assign, comma, semicolon, end
    case other
  }

  struct Token {
    let kind: Kind
    let range: Range<Int>
    /// Whether a line ends behind it.
    let isLastOfLine: Bool
  }

  private(set) var errors: [SyntaxError] = []
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token {
    skipBlank()
    let start = offset
    guard offset < bytes.count else {
      return Token(kind: .end, range: start..<start, isLastOfLine: true)
    }
    let kind = kind(bytes[offset])
    let rest = bytes[offset...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    return Token(
      kind: kind, range: start..<offset,
      isLastOfLine: rest == nil || rest == UInt8(ascii: "\n") || rest == UInt8(ascii: "#"))
  }

  private func starts(with text: String) -> Bool { bytes[offset...].starts(with: text.utf8) }

  private mutating func skipBlank() {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        offset += 1
      } else if byte == UInt8(ascii: "#") || starts(with: "//") {
        offset = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if starts(with: "/*") {
        skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() {
    let start = offset
    offset += 2
    while offset < bytes.count, !starts(with: "*/") { offset += 1 }
    if offset == bytes.count {
      errors.append(
        SyntaxError(range: start..<start + 2, message: "this comment is not closed"))
    }
    offset = min(offset + 2, bytes.count)
  }

  private mutating func kind(_ byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: "{"): return single(.open(.brace))
    case UInt8(ascii: "}"): return single(.close(.brace))
    case UInt8(ascii: "("): return single(.open(.parenthesis))
    case UInt8(ascii: ")"): return single(.close(.parenthesis))
    case UInt8(ascii: "["): return single(.open(.square))
    case UInt8(ascii: "]"): return single(.close(.square))
    case UInt8(ascii: "="), UInt8(ascii: ":"): return single(.assign)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: ";"): return single(.semicolon)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "@"): return include()
    default: return word(byte)
    }
  }

  private mutating func single(_ kind: Kind) -> Kind {
    offset += 1
    return kind
  }

  private mutating func include() -> Kind {
    guard starts(with: "@include") else { return single(.other) }
    offset += "@include".utf8.count
    while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\""),
      case .scalar(.string(let target)) = string()
    else { return .other }
    return .include(target)
  }

  private mutating func string() -> Kind {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count {
        text += escape()
      } else {
        text.append(bytes[offset])
        offset += 1
      }
    }
    if offset == bytes.count {
      errors.append(SyntaxError(range: start..<start + 1, message: "this quote is not closed"))
    }
    offset = min(offset + 1, bytes.count)
    return .scalar(.string(String(decoding: text, as: UTF8.self)))
  }

  /// `\n`, `\x41` and the like; another byte behind the backslash keeps both.
  private mutating func escape() -> [UInt8] {
    let letter = bytes[offset + 1]
    offset += 2
    switch letter {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return [letter]
    case UInt8(ascii: "x"):
      let digits = String(decoding: bytes[offset...].prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) else { break }
      offset += 2
      return [byte]
    default: break
    }
    return [UInt8(ascii: "\\"), letter]
  }

  private mutating func word(_ byte: UInt8) -> Kind {
    let start = offset
    func isLetter(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "*")
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    if isLetter(byte) {
      while offset < bytes.count,
        isLetter(bytes[offset]) || isDigit(bytes[offset]) || "_-".utf8.contains(bytes[offset])
      {
        offset += 1
      }
      return .name(String(decoding: bytes[start..<offset], as: UTF8.self))
    }
    while offset < bytes.count,
      isLetter(bytes[offset]) || isDigit(bytes[offset]) || "+-._".utf8.contains(bytes[offset])
    {
      offset += 1
    }
    if offset == start { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    return Self.number(text).map { .scalar($0) } ?? .other
  }

  /// A number; `nil` where it is none.
  private static func number(_ text: String) -> LibconfigNode.Content? {
    let body = text.drop { $0 == "+" || $0 == "-" }
    guard text.utf8.count - body.utf8.count <= 1, let first = body.utf8.first else { return nil }
    var digits = body
    var isLong = false
    while digits.last == "L", body.utf8.count - digits.utf8.count < 2 {
      digits.removeLast()
      isLong = true
    }
    if body.lowercased().hasPrefix("0x"), body.utf8.count == text.utf8.count {
      return UInt64(digits.dropFirst(2), radix: 16).map { value in
        isLong || value > UInt64(UInt32.max)
          ? .long(Int64(truncatingIfNeeded: value))
          : .integer(Int64(Int32(truncatingIfNeeded: value)))
      }
    }
    let sign = text.hasPrefix("-") ? "-" : ""
    if let value = Int64(sign + digits), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return isLong || Int32(exactly: value) == nil ? .long(value) : .integer(value)
    }
    guard (0x30...0x39).contains(first) || first == UInt8(ascii: "."), !isLong else { return nil }
    return Double(text).map { .float($0) }
  }
}
