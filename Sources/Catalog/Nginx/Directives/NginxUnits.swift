/// Reads the values of nginx directives as nginx does, down to what it refuses.
///
/// Overflow is refused at 63 bits, as on every 64-bit system.
package enum NginxUnits {
  /// A number: digits only.
  package static func number(_ text: some Collection<UInt8>) -> Int64? {
    guard !text.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"),
        let next = value.appending(byte)
      else { return nil }
      value = next
    }
    return value
  }

  /// Bytes: a number with `k` or `m` behind it, in either case.
  package static func size(_ text: some BidirectionalCollection<UInt8>) -> Int64? {
    scaled(text, allowsGibibytes: false)
  }

  /// Bytes: a size that may also end in `g`.
  package static func offset(_ text: some BidirectionalCollection<UInt8>) -> Int64? {
    scaled(text, allowsGibibytes: true)
  }

  /// Whether a flag is on; letter case does not count.
  package static func flag(_ text: some Collection<UInt8>) -> Bool? {
    let lowered = text.map { $0 | 0x20 }
    if lowered == Array("on".utf8) { return true }
    return lowered == Array("off".utf8) ? false : nil
  }

  /// Milliseconds: groups of number and unit from weeks to milliseconds.
  package static func milliseconds(_ text: some Collection<UInt8>) -> Int64? {
    NginxTimeReader(resolution: 1_000).read(text)
  }

  /// Seconds: groups of number and unit from years to seconds.
  package static func seconds(_ text: some Collection<UInt8>) -> Int64? {
    NginxTimeReader(resolution: 1).read(text)
  }

  /// A time as people write it for nginx: `90s`, `15m`, `500ms`.
  ///
  /// - Returns: `nil` for what is below zero, has parts of milliseconds or is without end.
  package static func timeText(microseconds: Int64) -> String? {
    guard microseconds >= 0, microseconds < .max, microseconds % 1_000 == 0 else { return nil }
    let milliseconds = microseconds / 1_000
    // One of a unit reads better in the next smaller one: 60s, 60m, 24h.
    for (suffix, unit) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)] as [(String, Int64)]
    where milliseconds % unit == 0 && milliseconds >= 2 * unit {
      return "\(milliseconds / unit)\(suffix)"
    }
    return milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000)s" : "\(milliseconds)ms"
  }

  private static func scaled(
    _ text: some BidirectionalCollection<UInt8>, allowsGibibytes: Bool
  ) -> Int64? {
    let scale: Int64
    switch text.last {
    case UInt8(ascii: "k"), UInt8(ascii: "K"): scale = 1 << 10
    case UInt8(ascii: "m"), UInt8(ascii: "M"): scale = 1 << 20
    case UInt8(ascii: "g") where allowsGibibytes, UInt8(ascii: "G") where allowsGibibytes:
      scale = 1 << 30
    default: return number(text)
    }
    guard let value = number(text.dropLast()) else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: scale)
    return overflow ? nil : product
  }
}

/// One time value, read from the left.
///
/// Units grow smaller, each at most once; a bare group is seconds and ends the value.
private struct NginxTimeReader {
  /// Units in a second: 1,000 for milliseconds, 1 for seconds.
  private let resolution: Int64
  private var value: Int64 = 0
  private var total: Int64 = 0
  private var step: Step

  private enum Step: Int {
    case start, year, month, week, day, hour, minute, second, millisecond, bare
  }

  init(resolution: Int64) {
    self.resolution = resolution
    // Milliseconds know neither years nor months.
    step = resolution == 1 ? .start : .month
  }

  func read(_ text: some Collection<UInt8>) -> Int64? {
    var reader = self
    var rest = text[...]
    var hasDigit = false
    while let byte = rest.popFirst() {
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        guard let next = reader.value.appending(byte) else { return nil }
        reader.value = next
        hasDigit = true
        continue
      }
      var unit = byte
      if byte == UInt8(ascii: "m"), rest.first == UInt8(ascii: "s") {
        _ = rest.popFirst()
        unit = 0
      }
      guard reader.close(unit) else { return nil }
      while rest.first == UInt8(ascii: " ") { _ = rest.popFirst() }
    }
    guard hasDigit, reader.add(scale: resolution) else { return nil }
    return reader.total
  }

  /// Ends a group with its unit; `unit` is 0 for `ms`.
  private mutating func close(_ unit: UInt8) -> Bool {
    let (next, seconds): (Step, Int64)
    switch unit {
    case UInt8(ascii: "y"): (next, seconds) = (.year, 31_536_000)
    case UInt8(ascii: "M"): (next, seconds) = (.month, 2_592_000)
    case UInt8(ascii: "w"): (next, seconds) = (.week, 604_800)
    case UInt8(ascii: "d"): (next, seconds) = (.day, 86_400)
    case UInt8(ascii: "h"): (next, seconds) = (.hour, 3_600)
    case UInt8(ascii: "m"): (next, seconds) = (.minute, 60)
    case UInt8(ascii: "s"): (next, seconds) = (.second, 1)
    case 0:
      guard resolution != 1, step.rawValue < Step.millisecond.rawValue else { return false }
      step = .millisecond
      return add(scale: 1)
    case UInt8(ascii: " "):
      guard step.rawValue < Step.second.rawValue else { return false }
      step = .bare
      return add(scale: resolution)
    default: return false
    }
    guard step.rawValue < next.rawValue else { return false }
    step = next
    return add(scale: seconds * resolution)
  }

  private mutating func add(scale: Int64) -> Bool {
    let (product, tooLarge) = value.multipliedReportingOverflow(by: scale)
    let (sum, overflow) = total.addingReportingOverflow(product)
    guard !tooLarge, !overflow else { return false }
    total = sum
    value = 0
    return true
  }
}

extension Int64 {
  /// The number with one more decimal digit; `nil` where it does not fit.
  fileprivate func appending(_ digit: UInt8) -> Int64? {
    let (product, tooLarge) = multipliedReportingOverflow(by: 10)
    let (sum, overflow) = product.addingReportingOverflow(Int64(digit) - 48)
    return tooLarge || overflow ? nil : sum
  }
}
