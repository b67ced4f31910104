/// What is certain of a pattern and a text; the engine is made for analysis, where a guess is fine.
enum NginxPatternVerdict {
  /// The groups of the first match, or that there is none; `nil` where only PCRE itself could tell.
  static func search(_ pattern: PCREPattern, in text: [UInt8]) -> PCRESearch? {
    guard !pattern.text.hasTemplateMark, let found = pattern.search(text) else { return nil }
    // A property stands for any byte there.
    if pattern.text.hasPair(UInt8(ascii: "\\"), [UInt8(ascii: "p"), UInt8(ascii: "P")]) {
      return nil
    }
    return found
  }
}

extension String {
  /// Whether one of several bytes stands behind another somewhere.
  fileprivate func hasPair(_ first: UInt8, _ second: [UInt8]) -> Bool {
    var last: UInt8 = 0
    for byte in utf8 {
      if last == first, second.contains(byte) { return true }
      last = byte
    }
    return false
  }

  /// Whether a template engine or `envsubst` will write a part of it.
  ///
  /// Narrower than for plain values: regular expressions are full of dollars and braces.
  var hasTemplateMark: Bool {
    hasPair(UInt8(ascii: "$"), [UInt8(ascii: "{")])
      || hasPair(UInt8(ascii: "{"), [UInt8(ascii: "{")])
      || hasPair(UInt8(ascii: "<"), [UInt8(ascii: "%")])
      || hasPair(UInt8(ascii: "@"), [UInt8(ascii: "@")])
  }
}
