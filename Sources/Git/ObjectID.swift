internal import CLibgit2

/// The name of a git object: the SHA-1 of its kind, length and content.
package struct ObjectID: Sendable, Hashable, CustomStringConvertible {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// Length in bytes.
  package static let size = 20

  /// The id of no object: as an expected value it means that a reference must not exist.
  package static let zero = ObjectID(high: 0, middle: 0, low: 0)

  private init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// The id with these 20 bytes, or `nil` for any other number of them.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.size else { return nil }
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    for (index, byte) in bytes.enumerated() {
      switch index {
      case 0..<8: words.0 = words.0 << 8 | UInt64(byte)
      case 8..<16: words.1 = words.1 << 8 | UInt64(byte)
      default: words.2 = words.2 << 8 | UInt32(byte)
      }
    }
    self.init(high: words.0, middle: words.1, low: words.2)
  }

  /// The id written as 40 lower-case hexadecimal digits, or `nil` for any other text.
  package init?(hex: some StringProtocol) {
    self.init(hexBytes: Array(hex.utf8))
  }

  /// The id written as 40 lower-case hexadecimal digits, or `nil` for any other bytes.
  package init?(hexBytes: some Collection<UInt8>) {
    guard hexBytes.count == Self.size * 2 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    var pending: UInt8?
    for digit in hexBytes {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = pending {
        bytes.append(first << 4 | value)
        pending = nil
      } else {
        pending = value
      }
    }
    self.init(bytes: bytes)
  }

  init(_ id: git_oid) {
    self = withUnsafeBytes(of: id) { ObjectID(bytes: $0.prefix(Self.size)) } ?? .zero
  }

  /// The 20 bytes, first the most significant.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(Self.size)
    for shift in stride(from: 56, through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: high >> UInt64(shift)))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: middle >> UInt64(shift)))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      result.append(UInt8(truncatingIfNeeded: low >> UInt32(shift)))
    }
    return result
  }

  /// 40 lower-case hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The first ten digits, for people.
  package var short: String { String(description.prefix(10)) }

  /// libgit2's form of the id.
  var native: git_oid {
    var id = git_oid()
    let source = bytes
    withUnsafeMutableBytes(of: &id) { $0.copyBytes(from: source.prefix($0.count)) }
    return id
  }
}
