/// A set of bytes: what one place of a regular expression accepts, or what a text may hold.
package struct ByteSet: Sendable, Hashable {
  /// Bit *n* of word *w* stands for byte 64·*w* + *n*.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  private init(_ words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  package init() { words = (0, 0, 0, 0) }

  package init(_ byte: UInt8) {
    self.init()
    insert(byte)
  }

  package init(_ range: ClosedRange<UInt8>) {
    self.init()
    for byte in range { insert(byte) }
  }

  package init(_ text: StaticString) {
    self.init()
    text.withUTF8Buffer { for byte in $0 { insert(byte) } }
  }

  package static let empty = ByteSet()
  package static let all = ByteSet().inverted
  package static let digits = ByteSet(0x30...0x39)
  package static let upper = ByteSet(0x41...0x5A)
  package static let lower = ByteSet(0x61...0x7A)
  package static let letters = upper.union(lower)
  /// What `\w` accepts.
  package static let word = letters.union(digits).union(ByteSet(UInt8(ascii: "_")))
  /// What `\s` accepts: vertical tab included, as since PCRE 8.34.
  package static let space = ByteSet(0x09...0x0D).union(ByteSet(0x20))
  package static let newline = ByteSet(0x0A)
  package static let lineBreaks = ByteSet("\r\n")

  package func contains(_ byte: UInt8) -> Bool {
    let bit = UInt64(1) << UInt64(byte & 63)
    return switch byte >> 6 {
    case 0: words.0 & bit != 0
    case 1: words.1 & bit != 0
    case 2: words.2 & bit != 0
    default: words.3 & bit != 0
    }
  }

  package mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  package var isEmpty: Bool { words.0 | words.1 | words.2 | words.3 == 0 }

  package var count: Int {
    words.0.nonzeroBitCount + words.1.nonzeroBitCount + words.2.nonzeroBitCount
      + words.3.nonzeroBitCount
  }

  /// The only byte of a set of one; `nil` for any other.
  package var single: UInt8? { count == 1 ? first : nil }

  /// The smallest byte; `nil` for the empty set.
  package var first: UInt8? {
    if words.0 != 0 { return UInt8(words.0.trailingZeroBitCount) }
    if words.1 != 0 { return UInt8(64 + words.1.trailingZeroBitCount) }
    if words.2 != 0 { return UInt8(128 + words.2.trailingZeroBitCount) }
    return words.3 == 0 ? nil : UInt8(192 + words.3.trailingZeroBitCount)
  }

  package var inverted: ByteSet { ByteSet((~words.0, ~words.1, ~words.2, ~words.3)) }

  package func union(_ other: ByteSet) -> ByteSet {
    let (a, b) = (words, other.words)
    return ByteSet((a.0 | b.0, a.1 | b.1, a.2 | b.2, a.3 | b.3))
  }

  package func intersection(_ other: ByteSet) -> ByteSet {
    let (a, b) = (words, other.words)
    return ByteSet((a.0 & b.0, a.1 & b.1, a.2 & b.2, a.3 & b.3))
  }

  package func subtracting(_ other: ByteSet) -> ByteSet { intersection(other.inverted) }

  package func isDisjoint(with other: ByteSet) -> Bool { intersection(other).isEmpty }

  package func isSubset(of other: ByteSet) -> Bool { subtracting(other).isEmpty }

  /// The set with the other case of each of its ASCII letters.
  package var caseFolded: ByteSet {
    var folded = self
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") {
      if contains(byte) { folded.insert(byte ^ 0x20) }
      if contains(byte ^ 0x20) { folded.insert(byte) }
    }
    return folded
  }

  package static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}
