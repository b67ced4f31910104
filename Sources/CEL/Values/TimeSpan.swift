/// A length of time with nanoseconds; the language calls it a duration.
package struct TimeSpan: Sendable, Hashable {
  /// Whole seconds, rounded down.
  package let seconds: Int64
  /// 0 to 999,999,999, added to `seconds` whatever its sign.
  package let nanoseconds: Int32

  /// The language's limit of a duration, about 10,000 years.
  package static let secondsLimit: Int64 = 315_576_000_000

  /// A span within the language's limit; `nil` beyond it.
  package init?(seconds: Int64, nanoseconds: Int64 = 0) {
    let (carry, rest) = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(carry)
    let limit = Self.secondsLimit
    guard !overflow, sum >= -limit, sum < limit || (sum == limit && rest == 0) else { return nil }
    self.seconds = sum
    self.nanoseconds = Int32(rest)
  }

  /// A host's span; what exceeds the language's limit ("forever") becomes the longest span.
  package init(microseconds: Int64) {
    let (seconds, rest) = microseconds.flooredDivision(by: 1_000_000)
    let limit = Self.secondsLimit
    guard seconds >= -limit, seconds < limit else {
      self.seconds = microseconds < 0 ? -limit : limit
      self.nanoseconds = 0
      return
    }
    self.seconds = seconds
    self.nanoseconds = Int32(rest * 1_000)
  }
}

extension TimeSpan: Comparable {
  /// Shorter, or further below zero.
  package static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

extension Int64 {
  /// Quotient rounded down, and the remainder of the divisor's sign.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder != 0 && (remainder < 0) != (divisor < 0)
      ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
