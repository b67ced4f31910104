/// What a regular expression begins with, told from its text alone.
///
/// Thousands of locations have expressions that differ in nothing but the path before the first
/// group: what that says about two of them need not be read out of their syntax trees.
struct NginxPatternLead {
  /// The bytes that every match begins with, in lower case; empty where none are certain.
  let bytes: [UInt8]
  /// The expression without all of them but the last, which tells as much about how a match goes
  /// on; `nil` where it would be no shorter.
  let core: String?

  /// The lead of a plain text.
  init(literal: String) {
    bytes = literal.utf8.map(Self.lower)
    core = nil
  }

  /// The lead of an expression.
  ///
  /// - Complexity: O(*n*) in its length.
  init(_ expression: String) {
    var expression = expression
    (bytes, core) = expression.withUTF8 { Self.read($0) }
  }

  /// Whether some text may begin with both.
  func mayAgree(with other: Self) -> Bool {
    zip(bytes, other.bytes).allSatisfy { $0 == $1 }
  }

  private static func read(_ text: UnsafeBufferPointer<UInt8>) -> ([UInt8], String?) {
    guard text.first == UInt8(ascii: "^"), !mayLookBack(text[1...]) else { return ([], nil) }
    let end = text[1...].firstIndex { !isLiteral($0) } ?? text.endIndex
    var lead = text[1..<end]
    let core = lead.count > 1 ? "^" + String(decoding: text[(end - 1)...], as: UTF8.self) : nil
    // What is repeated need not be there.
    if end < text.endIndex, "*?{".utf8.contains(text[end]), !lead.isEmpty { lead.removeLast() }
    return (lead.map(lower), core)
  }

  /// Whether the beginning is that of one alternative only, or something looks at what was before.
  private static func mayLookBack(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var depth = 0
    var place = text.startIndex
    while place < text.endIndex {
      switch text[place] {
      case UInt8(ascii: "\\"):
        place += 1
        // What is quoted up to `\E` means nothing.
        if place < text.endIndex, text[place] == UInt8(ascii: "Q") { return true }
      case UInt8(ascii: "["):
        // A `]` at its beginning is a member, also behind `^`.
        place += 1
        if place < text.endIndex, text[place] == UInt8(ascii: "^") { place += 1 }
        if place < text.endIndex, text[place] == UInt8(ascii: "]") { place += 1 }
        while place < text.endIndex, text[place] != UInt8(ascii: "]") {
          // A class inside of it, `[:alpha:]`, has a bracket of its own.
          if text[place] == UInt8(ascii: "[") { return true }
          place += text[place] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "("):
        depth += 1
        if text[place...].starts(with: "(?<=".utf8) || text[place...].starts(with: "(?<!".utf8)
          || text[place...].starts(with: "(*".utf8)
        {
          return true
        }
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "|") where depth < 1: return true
      default: break
      }
      place += 1
    }
    return false
  }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
