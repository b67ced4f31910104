import FoundationEssentials

/// Time zone files made for tests.
enum TestZones {
  static let systemHasZones = FileManager.default.fileExists(
    atPath: "/usr/share/zoneinfo/Europe/Berlin")

  /// Files in the TZif format by zone name.
  static let files: [String: [UInt8]] = [
    // Until 2005 UTC, then three hours ahead until 2015, then as in Berlin.
    "Test/North": file(
      transitions: [(1_104_537_600, 1), (1_420_070_400, 2)], offsets: [0, 10_800, 3_600],
      rule: "CET-1CEST,M3.5.0,M10.5.0/3"),
    "Test/South": file(transitions: [], offsets: [36_000], rule: "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    "Test/Julian": file(transitions: [], offsets: [3_600], rule: "<+01>-1<+02>,J60/0,300/0"),
    "Test/Fixed": file(transitions: [], offsets: [-18_000], rule: "EST5"),
  ]

  /// A file of version 2 whose first block is empty.
  private static func file(
    transitions: [(time: Int64, type: UInt8)], offsets: [Int32], rule: String
  ) -> [UInt8] {
    var bytes = header(times: 0, types: 1) + bigEndian(Int32(0)) + [0, 0, 0]
    bytes += header(times: Int32(transitions.count), types: Int32(offsets.count))
    for transition in transitions { bytes += bigEndian(transition.time) }
    bytes += transitions.map(\.type)
    for offset in offsets { bytes += bigEndian(offset) + [0, 0] }
    return bytes + [0] + "\n\(rule)\n".utf8
  }

  /// A header with one byte of zone names and no leap seconds.
  private static func header(times: Int32, types: Int32) -> [UInt8] {
    let counts: [Int32] = [0, 0, 0, times, types, 1]
    return Array("TZif2".utf8) + Array(repeating: 0, count: 15) + counts.flatMap(bigEndian)
  }

  private static func bigEndian(_ integer: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: integer.bigEndian, Array.init)
  }
}
