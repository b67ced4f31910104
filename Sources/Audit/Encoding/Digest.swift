internal import Crypto

/// A SHA-256 hash: of a record it is the record's id.
package struct Digest: Sendable, Hashable, CustomStringConvertible {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Length in bytes.
  package static let size = 32

  /// The previous record of the first one.
  package static let zero = Digest(words: (0, 0, 0, 0))

  private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  package static func == (one: Self, two: Self) -> Bool { one.words == two.words }

  package func hash(into hasher: inout Hasher) {
    // A hash is evenly distributed, so that a quarter of it is as good as all.
    hasher.combine(words.0)
  }

  /// The digest with these 32 bytes, or `nil` for any other number of them.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.size else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for (index, byte) in bytes.enumerated() {
      switch index / 8 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
    }
    self.init(words: words)
  }

  /// The hash of the parts put together.
  package init(of parts: [UInt8]...) {
    var function = SHA256()
    for part in parts { part.withUnsafeBytes { function.update(bufferPointer: $0) } }
    self = function.finalize().withUnsafeBytes { Digest(bytes: $0) } ?? .zero
  }

  /// The hash of `prefix` and the bytes of two digests, without intermediate arrays.
  init(_ prefix: UInt8, _ left: Digest, _ right: Digest?) {
    var function = SHA256()
    withUnsafeBytes(of: prefix) { function.update(bufferPointer: $0) }
    for digest in [left, right].compactMap({ $0 }) {
      let words = (
        digest.words.0.bigEndian, digest.words.1.bigEndian, digest.words.2.bigEndian,
        digest.words.3.bigEndian
      )
      withUnsafeBytes(of: words) { function.update(bufferPointer: $0) }
    }
    self = function.finalize().withUnsafeBytes { Digest(bytes: $0) } ?? .zero
  }

  /// Parses `sha256:` and 64 lower-case hexadecimal digits.
  package init?(_ text: some StringProtocol) {
    guard text.hasPrefix("sha256:"), let bytes = Hexadecimal.bytes(of: text.utf8.dropFirst(7)),
      let digest = Digest(bytes: bytes)
    else { return nil }
    self = digest
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    let words = (
      words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
    )
    return withUnsafeBytes(of: words) { Array($0) }
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String { String(decoding: Hexadecimal.digits(of: bytes), as: UTF8.self) }

  /// `sha256:` and 64 hexadecimal digits, as in trailers and records.
  package var description: String { "sha256:" + hex }

  /// Padded base64, as the root is written.
  package var base64: String { Base64.text(of: bytes, .standard) }

  /// Parses padded base64.
  package init?(base64 text: String) {
    guard let bytes = Base64.bytes(of: text, .standard), let digest = Digest(bytes: bytes) else {
      return nil
    }
    self = digest
  }
}
