/// Where the capturing groups of a regular expression begin and end, and what they are called.
struct NginxCaptureGroups: Sendable {
  /// By number, from 1: the places of the parentheses.
  private(set) var spans: [Range<Int>] = []
  private(set) var names: Set<String> = []

  /// Reads an expression as far as groups go; what PCRE would refuse gives some answer.
  init(_ expression: String) {
    let bytes = Array(expression.utf8)
    var open: [Int?] = []
    var place = 0
    var inSet = false
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\\"): place += 1
      case UInt8(ascii: "["):
        if !inSet {
          inSet = true
          if Self.byte(bytes, place + 1) == UInt8(ascii: "^") { place += 1 }
          // A bracket right behind the opening one is a member.
          if Self.byte(bytes, place + 1) == UInt8(ascii: "]") { place += 1 }
        }
      case UInt8(ascii: "]"): inSet = false
      case UInt8(ascii: "(") where !inSet:
        if let name = Self.captureName(bytes, place + 1) {
          if !name.isEmpty { names.insert(name) }
          open.append(spans.count)
          spans.append(place..<bytes.count)
        } else {
          open.append(nil)
        }
      case UInt8(ascii: ")") where !inSet:
        if let last = open.popLast(), let number = last {
          spans[number] = spans[number].lowerBound..<place + 1
        }
      default: break
      }
      place += 1
    }
  }

  /// Whether one group lies inside another one, both by number.
  func isInside(_ inner: Int, of outer: Int) -> Bool {
    guard inner != outer, spans.indices.contains(inner - 1), spans.indices.contains(outer - 1)
    else { return false }
    let (small, large) = (spans[inner - 1], spans[outer - 1])
    return large.lowerBound < small.lowerBound && small.upperBound < large.upperBound
  }

  /// The name of the group that a parenthesis opens; empty where it has none, `nil` where it
  /// captures nothing.
  private static func captureName(_ bytes: [UInt8], _ start: Int) -> String? {
    guard byte(bytes, start) == UInt8(ascii: "?") else {
      return byte(bytes, start) == UInt8(ascii: "*") ? nil : ""
    }
    var place = start + 1
    if byte(bytes, place) == UInt8(ascii: "P") { place += 1 }
    let opening = byte(bytes, place)
    let closing: UInt8
    switch opening {
    case UInt8(ascii: "<"): closing = UInt8(ascii: ">")
    case UInt8(ascii: "'"): closing = UInt8(ascii: "'")
    default: return nil
    }
    let first = byte(bytes, place + 1)
    // Looking behind begins like a name.
    guard first != UInt8(ascii: "="), first != UInt8(ascii: "!"), place < bytes.count,
      let end = bytes[(place + 1)...].firstIndex(of: closing)
    else { return nil }
    return String(decoding: bytes[(place + 1)..<end], as: UTF8.self).lowercased()
  }

  private static func byte(_ bytes: [UInt8], _ place: Int) -> UInt8? {
    place < bytes.count ? bytes[place] : nil
  }
}

/// What the texts of `rewrite`, `set` and `return` are made of.
enum NginxReplacement {
  /// The names of the variables of a text in order, in lower case and without braces.
  static func variables(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    var names: [String] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "$") else {
        place += 1
        continue
      }
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "{") { place += 1 }
      let start = place
      if place < bytes.count, isDigit(bytes[place]) {
        // nginx takes one digit: `$10` is `$1` and a zero.
        place += 1
      } else {
        while place < bytes.count, isName(bytes[place]) { place += 1 }
      }
      if place > start {
        names.append(String(decoding: bytes[start..<place], as: UTF8.self).lowercased())
      }
    }
    return names
  }

  static func hasNumberedCapture(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "$")) && variables(in: text).contains { Int($0) != nil }
  }

  /// The numbers of its captures where it has no other variable; `nil` where it has one.
  static func numberedCapturesOnly(_ text: String) -> [Int]? {
    let names = variables(in: text)
    let numbers = names.compactMap { Int($0) }
    return numbers.count == names.count ? numbers : nil
  }

  /// Whether arguments stand in a replacement; a question mark at its end only drops them.
  static func hasArguments(_ text: String) -> Bool {
    (text.hasSuffix("?") ? text.dropLast() : text[...]).utf8.contains(UInt8(ascii: "?"))
  }

  /// Whether a replacement redirects the client whatever the flag.
  static func isRedirect(_ text: String) -> Bool {
    ["http://", "https://", "$scheme"].contains(where: text.hasPrefix)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isName(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_")
      || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }
}
