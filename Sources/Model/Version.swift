/// A product's version, such as 1.25.2: numbers compared from the left, missing ones count as 0.
package struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let parts: [Int]

  /// Reads `1.25.2`; anything after the numbers (`-rc1`, `+deb12`) is ignored.
  ///
  /// - Returns: `nil` when the text does not begin with a number.
  package init?(_ text: String) {
    var parts: [Int] = []
    for piece in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      let digits = piece.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { break }
      parts.append(number)
      if digits.count < piece.count { break }
    }
    guard !parts.isEmpty else { return nil }
    self.parts = parts
  }

  package init(_ parts: Int...) { self.parts = parts }

  package static func < (left: Self, right: Self) -> Bool {
    for index in 0..<max(left.parts.count, right.parts.count) {
      let (a, b) = (left.part(index), right.part(index))
      if a != b { return a < b }
    }
    return false
  }

  package static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }

  package func hash(into hasher: inout Hasher) {
    var parts = parts[...]
    while parts.last == 0 { parts.removeLast() }
    hasher.combine(Array(parts))
  }

  package var description: String { parts.map(String.init).joined(separator: ".") }

  private func part(_ index: Int) -> Int { index < parts.count ? parts[index] : 0 }
}
