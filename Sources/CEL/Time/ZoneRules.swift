/// The changes of a zone's offset, read from a file in the TZif format (RFC 9636).
struct ZoneRules: Sendable {
  /// The moments from which another offset holds, rising.
  private let transitions: [Int64]
  /// The offset from each transition on.
  private let offsets: [Int64]
  /// The offset before the first transition.
  private let initialOffset: Int64
  /// The rule after the last transition.
  private let footer: PosixZone?

  /// The rules of a file; `nil` when it isn't TZif or is damaged.
  init?(tzif bytes: [UInt8]) {
    var reader = ByteReader(bytes: bytes)
    guard let first = TZifHeader(&reader) else { return nil }
    var header = first
    let isLong = first.version >= UInt8(ascii: "2")
    if isLong {
      // The first block has 32-bit times for old readers; the one that counts follows.
      guard reader.skip(first.size(timeSize: 4)), let second = TZifHeader(&reader) else {
        return nil
      }
      header = second
    }
    let timeSize = isLong ? 8 : 4
    guard let times = reader.integers(header.timeCount, size: timeSize),
      let indices = reader.take(header.timeCount), let types = reader.take(6 * header.typeCount),
      reader.skip(header.remainder(timeSize: timeSize)), header.typeCount > 0,
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    var typeOffsets: [Int64] = []
    for type in 0..<header.typeCount {
      typeOffsets.append(ByteReader.integer(types[(types.startIndex + 6 * type)...].prefix(4)))
    }
    guard indices.allSatisfy({ Int($0) < header.typeCount }) else { return nil }
    transitions = times
    offsets = indices.map { typeOffsets[Int($0)] }
    initialOffset = typeOffsets[0]
    footer = isLong ? PosixZone(String(decoding: reader.footer(), as: UTF8.self)) : nil
  }

  /// The offset at a moment, in seconds east of UTC.
  ///
  /// - Complexity: O(log *n*) in the number of transitions.
  func offset(at seconds: Int64) -> Int64 {
    guard let last = transitions.last else { return footer?.offset(at: seconds) ?? initialOffset }
    if seconds >= last, let footer { return footer.offset(at: seconds) }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffset : offsets[low - 1]
  }
}

private struct TZifHeader {
  let version: UInt8
  let timeCount: Int
  let typeCount: Int
  private let characterCount: Int
  private let leapCount: Int
  private let standardCount: Int
  private let utCount: Int

  init?(_ reader: inout ByteReader) {
    guard let magic = reader.take(4), magic.elementsEqual("TZif".utf8),
      let version = reader.take(1)?.first, reader.skip(15),
      let counts = reader.integers(6, size: 4),
      counts.allSatisfy({ (0...Self.countLimit).contains($0) })
    else { return nil }
    self.version = version
    (utCount, standardCount) = (Int(counts[0]), Int(counts[1]))
    (leapCount, timeCount) = (Int(counts[2]), Int(counts[3]))
    (typeCount, characterCount) = (Int(counts[4]), Int(counts[5]))
  }

  /// Real files have some 200 transitions; more than this is no zone.
  private static let countLimit: Int64 = 100_000

  func size(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + remainder(timeSize: timeSize)
  }

  /// The part after the types: names, leap seconds and indicators.
  func remainder(timeSize: Int) -> Int {
    characterCount + leapCount * (timeSize + 4) + standardCount + utCount
  }
}

/// Takes bytes from the front, never more than there are.
private struct ByteReader {
  let bytes: [UInt8]
  private var offset = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, bytes.count - offset >= count else { return nil }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  mutating func skip(_ count: Int) -> Bool {
    take(count) != nil
  }

  /// Signed integers of 4 or 8 bytes, the highest byte first.
  mutating func integers(_ count: Int, size: Int) -> [Int64]? {
    guard let slice = take(count * size) else { return nil }
    return (0..<count).map { index in
      Self.integer(slice[(slice.startIndex + index * size)...].prefix(size))
    }
  }

  static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
    var value: Int64 = (bytes.first ?? 0) & 0x80 == 0 ? 0 : -1
    for byte in bytes { value = value << 8 | Int64(byte) }
    return value
  }

  /// The rest without the line breaks around it.
  mutating func footer() -> ArraySlice<UInt8> {
    bytes[offset...].drop { $0 == 10 }.prefix { $0 != 10 }
  }
}
