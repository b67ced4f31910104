/// References in the text of XML.
enum XMLText {
  private static let named: [(name: String, byte: UInt8)] = [
    ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
    ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
  ]

  /// The longest reference that is looked for: `&#x10FFFF;`.
  private static let referenceLimit = 10

  /// The text with the five named and all numeric references resolved; others stay as written.
  static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "&"), let (value, end) = reference(bytes, at: index) {
        result += value
        index = end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func reference(
    _ bytes: ArraySlice<UInt8>, at start: Int
  ) -> (value: [UInt8], end: Int)? {
    let limit = min(bytes.endIndex, start + referenceLimit)
    guard let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    if let known = named.first(where: { $0.name == name }) { return ([known.byte], end + 1) }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let number =
      digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    guard let number, let scalar = Unicode.Scalar(number) else { return nil }
    return (Array(String(Character(scalar)).utf8), end + 1)
  }

  /// A value as it stands between double quotes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for letter in text.unicodeScalars {
      switch letter {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      default: result.unicodeScalars.append(letter)
      }
    }
    return result
  }
}
