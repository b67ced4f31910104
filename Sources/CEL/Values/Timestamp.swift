/// A moment with nanoseconds, in the years 1 to 9999.
package struct Timestamp: Sendable, Hashable {
  /// Seconds since 1970-01-01T00:00:00Z, rounded down.
  package let seconds: Int64
  /// 0 to 999,999,999, added to `seconds` whatever its sign.
  package let nanoseconds: Int32

  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  package static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// A moment; `nil` outside the years 1 to 9999.
  package init?(seconds: Int64, nanoseconds: Int64 = 0) {
    let (carry, rest) = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(carry)
    guard !overflow, Self.secondsRange.contains(sum) else { return nil }
    self.seconds = sum
    self.nanoseconds = Int32(rest)
  }
}

extension Timestamp: Comparable {
  /// Earlier.
  package static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}
