import Syntax

/// Text from outside in the forms that SARIF's readers take literally.
enum SARIFText {
  /// Most characters that GitHub takes for a rule's descriptions.
  static let descriptionLimit = 1_024

  /// A message in which nothing is a link.
  ///
  /// `[text](target)` in a message is a link, and a value from a configuration file must not make
  /// one; a space between the brackets prevents it and is the only form every reader shows right.
  static func plain(_ text: String) -> String {
    let safe = TerminalText.safe(text)
    guard safe.utf8.contains(UInt8(ascii: "]")) else { return safe.isEmpty ? "–" : safe }
    var result = ""
    var last: Character = " "
    for character in safe {
      if last == "]", character == "(" { result.append(" ") }
      result.append(character)
      last = character
    }
    return result
  }

  /// A description that is neither empty nor too long.
  static func description(_ text: String, or other: String) -> String {
    let words = text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    let description = words.isEmpty ? other : words
    guard description.count > descriptionLimit else { return description }
    return description.prefix(descriptionLimit - 1) + "…"
  }

  /// The place of a file: relative, or a `file:` address where the path is absolute.
  static func artifact(_ path: String) -> JSON {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return ["uri": .string((path.hasPrefix("/") ? "file://" : "") + encoded(path))]
  }

  /// Percent-encodes all but RFC 3986's unreserved characters and the slash.
  private static func encoded(_ path: Substring) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.append(byte)
      default:
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
