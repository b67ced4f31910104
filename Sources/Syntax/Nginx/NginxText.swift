/// The text of one word as nginx reads it: without quotes, escapes resolved.
///
/// A view of the file's bytes, made without copying them; comparing it allocates nothing. nginx
/// resolves `\"`, `\'`, `\\`, `\t`, `\r` and `\n` in every word, quoted or not, and keeps any other
/// backslash, so that regular expressions survive.
package struct NginxText: Sendable {
  private let file: [UInt8]
  private let range: Range<Int>
  private let hasEscapes: Bool

  init(file: [UInt8], word: NginxWord) {
    self.file = file
    range = word.contentRange
    hasEscapes = word.hasEscapes && word.quoting != .lua
  }

  /// The bytes as written, without quotes.
  package var rawBytes: ArraySlice<UInt8> { file[range] }

  /// The bytes as nginx reads them; need not be UTF-8.
  package var bytes: [UInt8] { hasEscapes ? Array(self) : Array(file[range]) }

  /// The text as nginx reads it; bytes that are not UTF-8 are replaced by U+FFFD.
  package var string: String {
    hasEscapes
      ? String(decoding: bytes, as: UTF8.self) : String(decoding: file[range], as: UTF8.self)
  }

  /// Whether there is nothing between the quotes.
  package var isEmpty: Bool { range.isEmpty }

  /// Calls `body` with the bytes as nginx reads them, without a copy where nothing is escaped.
  ///
  /// The pointer is good only within `body`.
  package func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    if hasEscapes { return try bytes.withUnsafeBufferPointer(body) }
    return try file.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Whether the text begins with `prefix`, byte for byte.
  package func hasPrefix(_ prefix: StaticString) -> Bool {
    withBytes { matches(prefix, $0.prefix(prefix.utf8CodeUnitCount)) }
  }

  /// Whether the text ends with `suffix`, byte for byte.
  package func hasSuffix(_ suffix: StaticString) -> Bool {
    withBytes { matches(suffix, $0.suffix(suffix.utf8CodeUnitCount)) }
  }

  /// Whether the text holds `byte`.
  package func contains(_ byte: UInt8) -> Bool { withBytes { $0.contains(byte) } }

  /// Compares byte for byte, as nginx does with names.
  package static func == (text: NginxText, name: StaticString) -> Bool {
    guard text.hasEscapes || text.range.count == name.utf8CodeUnitCount else { return false }
    return text.withBytes { matches(name, $0[...]) }
  }

  package static func != (text: NginxText, name: StaticString) -> Bool { !(text == name) }

  /// Compares with letter case of ASCII ignored, as nginx does with flags and enumerations.
  package func equalsIgnoringCase(_ word: StaticString) -> Bool {
    withBytes { bytes in
      guard bytes.count == word.utf8CodeUnitCount else { return false }
      return word.withUTF8Buffer { word in
        zip(word, bytes).allSatisfy { lowercase($0) == lowercase($1) }
      }
    }
  }
}

extension NginxText: Equatable, Hashable {
  package static func == (left: NginxText, right: NginxText) -> Bool {
    left.withBytes { left in right.withBytes { right in left.elementsEqual(right) } }
  }

  package func hash(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension NginxText: Sequence {
  /// Yields the bytes as nginx reads them.
  package struct Iterator: IteratorProtocol {
    private let file: [UInt8]
    private let end: Int
    private let unescapes: Bool
    private var offset: Int

    fileprivate init(file: [UInt8], range: Range<Int>, unescapes: Bool) {
      self.file = file
      self.unescapes = unescapes
      offset = range.lowerBound
      end = range.upperBound
    }

    package mutating func next() -> UInt8? {
      guard offset < end else { return nil }
      let byte = file[offset]
      offset += 1
      guard unescapes, byte == UInt8(ascii: "\\"), offset < end,
        let resolved = resolve(file[offset])
      else { return byte }
      offset += 1
      return resolved
    }

    private func resolve(_ escaped: UInt8) -> UInt8? {
      switch escaped {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): escaped
      case UInt8(ascii: "t"): UInt8(ascii: "\t")
      case UInt8(ascii: "r"): UInt8(ascii: "\r")
      case UInt8(ascii: "n"): UInt8(ascii: "\n")
      default: nil
      }
    }
  }

  package func makeIterator() -> Iterator {
    Iterator(file: file, range: range, unescapes: hasEscapes)
  }
}

extension NginxText: CustomStringConvertible {
  package var description: String { string }
}

private func matches(_ name: StaticString, _ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  guard bytes.count == name.utf8CodeUnitCount else { return false }
  return name.withUTF8Buffer { $0.elementsEqual(bytes) }
}

private func lowercase(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
