import Syntax

/// The `@name@` of a YAML file, which Maven's resource filtering replaces before Spring Boot reads
/// it.
///
/// YAML cannot begin a plain value with `@`, so the reader gets a copy of the same length in which
/// those signs are harmless; places are the same in both. Source: `resource.delimiter` of
/// spring-boot-starter-parent.
struct SpringTokens {
  /// What the YAML reader gets.
  let masked: SourceText
  private let source: SourceText
  private let tokens: [Range<Int>]

  init(_ source: SourceText) {
    self.source = source
    tokens = Self.tokens(in: source.bytes).filter { token in
      token.lowerBound == 0 || " \t\r\n[{,".utf8.contains(source.bytes[token.lowerBound - 1])
    }
    guard !tokens.isEmpty else {
      masked = source
      return
    }
    var bytes = source.bytes
    for token in tokens {
      bytes[token.lowerBound] = UInt8(ascii: "_")
      bytes[token.upperBound - 1] = UInt8(ascii: "_")
    }
    masked = SourceText(path: source.path, bytes: bytes)
  }

  /// The text of a place that holds a token; `nil` where the copy says what the file says.
  func text(_ range: Range<Int>) -> String? {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    guard low < tokens.count, tokens[low].lowerBound < range.upperBound else { return nil }
    return source.text(range)
  }

  /// The places of `@name@`, in order.
  static func tokens(in bytes: [UInt8]) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start: Int?
    for (place, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "@") {
        if let begin = start, place > begin + 1 {
          tokens.append(begin..<(place + 1))
          start = nil
        } else {
          start = place
        }
      } else if !isName(byte) {
        start = nil
      }
    }
    return tokens
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
