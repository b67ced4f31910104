/// Carries a syntax error, which is a value, out of the reader.
struct JSONMistake: Error {
  let error: SyntaxError
}

/// Reads one JSON text; stops at the first mistake.
struct JSONReader {
  /// The deepest nesting that is read: far beyond configuration, far below the stack's end.
  static let depthLimit = 256

  private let bytes: [UInt8]
  private let dialect: JSONDocument.Dialect
  private var offset = 0
  private var depth = 0

  init(_ bytes: [UInt8], dialect: JSONDocument.Dialect) {
    self.bytes = bytes
    self.dialect = dialect
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  mutating func document() throws(JSONMistake) -> JSONNode {
    try skipSpace()
    let root = try value()
    try skipSpace()
    guard offset == bytes.count else { throw error("unexpected text after the value") }
    return root
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func error(_ message: String, at range: Range<Int>? = nil) -> JSONMistake {
    let end = min(offset + 1, bytes.count)
    return JSONMistake(
      error: SyntaxError(range: range ?? min(offset, end)..<end, message: message))
  }

  private mutating func value() throws(JSONMistake) -> JSONNode {
    let start = offset
    let content: JSONNode.Content
    guard let first = peek else { throw error("unexpected end of the file") }
    switch first {
    case UInt8(ascii: "{"): content = .object(try members())
    case UInt8(ascii: "["): content = .array(try elements())
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "t"): content = try word("true", .bool(true))
    case UInt8(ascii: "f"): content = try word("false", .bool(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = try number()
    default: throw error("a value is expected here")
    }
    return JSONNode(content: content, range: start..<offset)
  }

  private mutating func enter() throws(JSONMistake) {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw error("nested deeper than \(Self.depthLimit) levels")
    }
    offset += 1
    try skipSpace()
  }

  /// Skips the comma or the closing bracket after an element; whether another element follows.
  private mutating func another(
    before bracket: UInt8, opened start: Int, _ what: String
  ) throws(JSONMistake) -> Bool {
    try skipSpace()
    switch peek {
    case UInt8(ascii: ","):
      offset += 1
      try skipSpace()
      if peek == bracket {
        guard dialect.trailingCommas else { throw error("a comma without a value after it") }
        offset += 1
        return false
      }
      return true
    case bracket:
      offset += 1
      return false
    case nil: throw error("this \(what) is not closed", at: start..<start + 1)
    default: throw error("a comma or the end of the \(what) is expected here")
    }
  }

  private mutating func elements() throws(JSONMistake) -> [JSONNode] {
    let start = offset
    try enter()
    defer { depth -= 1 }
    var elements: [JSONNode] = []
    if peek == UInt8(ascii: "]") {
      offset += 1
      return elements
    }
    repeat {
      elements.append(try value())
    } while try another(before: UInt8(ascii: "]"), opened: start, "array")
    return elements
  }

  private mutating func members() throws(JSONMistake) -> [JSONMember] {
    let start = offset
    try enter()
    defer { depth -= 1 }
    var members: [JSONMember] = []
    if peek == UInt8(ascii: "}") {
      offset += 1
      return members
    }
    repeat {
      let nameStart = offset
      guard peek == UInt8(ascii: "\"") else {
        throw peek == nil
          ? error("this object is not closed", at: start..<start + 1)
          : error("a name in double quotes is expected here")
      }
      let name = try string()
      let nameRange = nameStart..<offset
      try skipSpace()
      guard peek == UInt8(ascii: ":") else { throw error("a colon is expected after the name") }
      offset += 1
      try skipSpace()
      members.append(JSONMember(name: name, nameRange: nameRange, value: try value()))
    } while try another(before: UInt8(ascii: "}"), opened: start, "object")
    return members
  }

  private mutating func word(
    _ word: StaticString, _ content: JSONNode.Content
  ) throws(JSONMistake) -> JSONNode.Content {
    let end = offset + word.utf8CodeUnitCount
    let matches = word.withUTF8Buffer {
      end <= bytes.count && bytes[offset..<end].elementsEqual($0)
    }
    guard matches else { throw error("a value is expected here") }
    offset = end
    return content
  }

  private mutating func skipSpace() throws(JSONMistake) {
    while let byte = peek {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      case UInt8(ascii: "/") where dialect.comments: try skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() throws(JSONMistake) {
    let start = offset
    switch offset + 1 < bytes.count ? bytes[offset + 1] : 0 {
    case UInt8(ascii: "/"):
      while let byte = peek, byte != 0x0A { offset += 1 }
    case UInt8(ascii: "*"):
      offset += 2
      while offset + 1 < bytes.count,
        bytes[offset] != UInt8(ascii: "*") || bytes[offset + 1] != UInt8(ascii: "/")
      { offset += 1 }
      guard offset + 1 < bytes.count else {
        throw error("this comment is not closed", at: start..<start + 2)
      }
      offset += 2
    default: throw error("a value is expected here")
    }
  }
}

extension JSONReader {
  private mutating func digits() -> Int {
    let start = offset
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
    return offset - start
  }

  private mutating func number() throws(JSONMistake) -> JSONNode.Content {
    let start = offset
    var isInteger = true
    if peek == UInt8(ascii: "-") { offset += 1 }
    let leadsWithZero = peek == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0 else { throw error("a digit is expected here") }
    guard whole == 1 || !leadsWithZero else {
      throw error("a number must not begin with 0", at: start..<offset)
    }
    if peek == UInt8(ascii: ".") {
      isInteger = false
      offset += 1
      guard digits() > 0 else { throw error("a digit is expected here") }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isInteger = false
      offset += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
      guard digits() > 0 else { throw error("a digit is expected here") }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isInteger, let value = Int64(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else {
      throw error("this number is too large", at: start..<offset)
    }
    return .double(value)
  }

  private mutating func string() throws(JSONMistake) -> String {
    let start = offset
    offset += 1
    var run = offset
    var decoded: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        decoded += bytes[run..<offset]
        offset += 1
        guard let text = String(validating: decoded, as: UTF8.self) else {
          throw error("this string is not UTF-8", at: start..<offset)
        }
        return text
      case UInt8(ascii: "\\"):
        decoded += bytes[run..<offset]
        try escape(into: &decoded)
        run = offset
      case 0..<0x20: throw error("a control character must be escaped in a string")
      default: offset += 1
      }
    }
    throw error("this string is not closed", at: start..<bytes.count)
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(JSONMistake) {
    let start = offset
    offset += 2
    switch start + 1 < bytes.count ? bytes[start + 1] : 0 {
    case UInt8(ascii: "\""): decoded.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): decoded.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): decoded.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"):
      offset = start
      decoded += Array(String(try codePoint()).utf8)
    default:
      offset = start
      throw error("unknown escape", at: start..<min(start + 2, bytes.count))
    }
  }

  /// The character of one `\uXXXX` or of a surrogate pair of them.
  private mutating func codePoint() throws(JSONMistake) -> Unicode.Scalar {
    let first = try codeUnit()
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let mark = offset
    if offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    {
      let second = try codeUnit()
      if (0xDC00..<0xE000).contains(second) {
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
      }
      offset = mark
    }
    return "\u{FFFD}"
  }

  private mutating func codeUnit() throws(JSONMistake) -> UInt32 {
    let start = offset
    var unit: UInt32 = 0
    for index in start + 2..<start + 6 {
      guard index < bytes.count, let digit = hexDigit(bytes[index]) else {
        throw error("\\u needs four hexadecimal digits", at: start..<min(index + 1, bytes.count))
      }
      unit = unit << 4 | digit
    }
    offset = start + 6
    return unit
  }
}

/// The value of a hexadecimal digit in either case.
func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}
