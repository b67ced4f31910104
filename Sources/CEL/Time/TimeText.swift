extension Timestamp {
  /// A moment written as RFC 3339 has it: `2009-02-13T23:31:30.5Z`, `2009-02-14T00:31:30+01:00`.
  ///
  /// - Returns: `nil` for other text, days that don't exist, and years outside 1 to 9999.
  package init?(_ text: String) {
    var reader = TimeReader(bytes: Array(text.utf8))
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2), reader.take("T") || reader.take("t"),
      let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2),
      reader.take(":"), let second = reader.digits(2), let fraction = reader.fraction(),
      let offset = reader.utcOffset(), reader.isAtEnd
    else { return nil }
    guard year >= 1, (1...12).contains(month), day >= 1,
      day <= CivilTime.daysInMonth(year: year, month: month), hour < 24, minute < 60, second < 60
    else { return nil }
    let days = CivilTime.days(year: year, month: month, day: day)
    let clock = hour * 3_600 + minute * 60 + second
    self.init(seconds: days * 86_400 + clock - offset, nanoseconds: fraction)
  }

  /// The moment in UTC, with as many digits of a second's fraction as needed.
  package var text: String {
    let civil = CivilTime(seconds: seconds)
    let date = "\(civil.year.padded(4))-\(civil.month.padded(2))-\(civil.day.padded(2))"
    let clock = "\(civil.hour.padded(2)):\(civil.minute.padded(2)):\(civil.second.padded(2))"
    return "\(date)T\(clock)\(fractionText(Int64(nanoseconds)))Z"
  }
}

extension TimeSpan {
  /// A length of time: `90s`, `1h30m`, `-1.5ms`; units h, m, s, ms, us and ns, or plain `0`.
  ///
  /// - Returns: `nil` for other text, and beyond the language's limit.
  package init?(_ text: String) {
    var reader = TimeReader(bytes: Array(text.utf8))
    let isNegative = reader.take("-")
    if !isNegative { _ = reader.take("+") }
    if reader.rest.elementsEqual("0".utf8) {
      self.init(seconds: 0)
      return
    }
    guard !reader.isAtEnd else { return nil }
    var seconds: Int64 = 0
    var nanoseconds: Int64 = 0
    while !reader.isAtEnd {
      guard let part = reader.quantity() else { return nil }
      let (sum, overflow) = seconds.addingReportingOverflow(part.seconds)
      guard !overflow else { return nil }
      seconds = sum
      nanoseconds += part.nanoseconds
      seconds += nanoseconds / 1_000_000_000
      nanoseconds %= 1_000_000_000
      guard seconds <= Self.secondsLimit else { return nil }
    }
    let sign: Int64 = isNegative ? -1 : 1
    self.init(seconds: sign * seconds, nanoseconds: sign * nanoseconds)
  }

  /// The length in seconds, with as many digits of the fraction as needed: `-1.5s`.
  package var text: String {
    let isNegative = seconds < 0
    let borrows = isNegative && nanoseconds > 0
    let whole = (seconds + (borrows ? 1 : 0)).magnitude
    let fraction = borrows ? 1_000_000_000 - Int64(nanoseconds) : Int64(nanoseconds)
    return "\(isNegative ? "-" : "")\(whole)\(fractionText(fraction))s"
  }
}

/// A fraction of a second with its point and without trailing zeros; empty for none.
private func fractionText(_ nanoseconds: Int64) -> String {
  guard nanoseconds != 0 else { return "" }
  var digits = Substring(nanoseconds.padded(9))
  while digits.last == "0" { digits = digits.dropLast() }
  return ".\(digits)"
}

extension Int64 {
  fileprivate func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}

/// Takes the parts of a moment or a length of time from the front.
private struct TimeReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { offset == bytes.count }
  var rest: ArraySlice<UInt8> { bytes[offset...] }
  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  /// Exactly `count` digits.
  mutating func digits(_ count: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<count {
      guard let byte = peek, byte.isDigit else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      offset += 1
    }
    return value
  }

  /// An optional fraction in nanoseconds; further digits are cut off.
  mutating func fraction() -> Int64? {
    guard take(".") else { return 0 }
    guard peek?.isDigit == true else { return nil }
    return fractionDigits(of: 1_000_000_000)
  }

  /// `Z` or an offset from UTC, in seconds.
  mutating func utcOffset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let isNegative = take("-")
    guard isNegative || take("+"), let hours = digits(2), take(":"), let minutes = digits(2),
      hours < 24, minutes < 60
    else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return isNegative ? -seconds : seconds
  }

  /// A number with a unit.
  mutating func quantity() -> (seconds: Int64, nanoseconds: Int64)? {
    let start = offset
    var whole: Int64 = 0
    while let byte = peek, byte.isDigit {
      let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
      guard !overflow, product < Int64.max - 9 else { return nil }
      whole = product + Int64(byte - UInt8(ascii: "0"))
      offset += 1
    }
    var digitCount = offset - start
    let fractionStart = offset
    if take(".") {
      while peek?.isDigit == true { offset += 1 }
      digitCount += offset - fractionStart - 1
    }
    let fractionEnd = offset
    guard digitCount > 0, let unit = unit() else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: unit % 1_000_000_000)
    let end = offset
    var fraction: Int64 = 0
    if fractionEnd > fractionStart {
      offset = fractionStart + 1
      fraction = fractionDigits(of: unit)
      offset = end
    }
    if unit >= 1_000_000_000 {
      let (seconds, overflow) = whole.multipliedReportingOverflow(by: unit / 1_000_000_000)
      guard !overflow else { return nil }
      return (seconds + fraction / 1_000_000_000, fraction % 1_000_000_000)
    }
    guard !overflow else { return nil }
    let total = product / 1_000_000_000
    return (total, product % 1_000_000_000 + fraction)
  }

  /// A unit in nanoseconds.
  private mutating func unit() -> Int64? {
    if take("h") { return 3_600_000_000_000 }
    if take("s") { return 1_000_000_000 }
    if take("m") { return take("s") ? 1_000_000 : 60_000_000_000 }
    if take("u") { return take("s") ? 1_000 : nil }
    // The micro sign and the Greek letter mu, both of two bytes.
    if rest.starts(with: [0xC2, 0xB5]) || rest.starts(with: [0xCE, 0xBC]) {
      offset += 2
      return take("s") ? 1_000 : nil
    }
    return take("n") && take("s") ? 1 : nil
  }

  /// The digits after a point as a part of `unit`, cut off below one.
  private mutating func fractionDigits(of unit: Int64) -> Int64 {
    var value: Int64 = 0
    var weight = unit
    while let byte = peek, byte.isDigit {
      // Digits are cut off below a nanosecond one by one, so hours and minutes lose at most a few.
      value += Int64(byte - UInt8(ascii: "0")) * weight / 10
      weight /= 10
      offset += 1
    }
    return value
  }
}
