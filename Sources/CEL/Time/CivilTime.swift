/// A moment's date and clock in some time zone, by the Gregorian calendar.
struct CivilTime {
  let year: Int64
  /// 1 to 12.
  let month: Int64
  /// 1 to 31.
  let day: Int64
  /// From 0 at the start of the year.
  let dayOfYear: Int64
  /// Sunday is 0.
  let weekday: Int64
  let hour: Int64
  let minute: Int64
  let second: Int64

  /// The civil time of `seconds` since 1970-01-01T00:00:00, both in the same zone.
  init(seconds: Int64) {
    let (days, clock) = seconds.flooredDivision(by: 86_400)
    (hour, minute, second) = (clock / 3_600, clock / 60 % 60, clock % 60)
    weekday = (days + 4).flooredDivision(by: 7).remainder
    // Years are counted from March 1st, so that the leap day is the last; 400 of them repeat.
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayFromMarch + 2) / 153
    day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    dayOfYear = days - Self.days(year: year, month: 1, day: 1)
  }

  /// Days from 1970-01-01 to a date.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shifted.flooredDivision(by: 400)
    let dayFromMarch = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayFromMarch
      - 719_468
  }

  static func daysInMonth(year: Int64, month: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

/// A part of a date or clock that the language can ask for.
enum TimeField: String, CaseIterable {
  case getFullYear, getMonth, getDayOfYear, getDayOfMonth, getDate, getDayOfWeek
  case getHours, getMinutes, getSeconds, getMilliseconds

  init?(function: String) {
    self.init(rawValue: function)
  }

  var function: String { rawValue }

  /// The part of a moment: months and days count from 0, `getDate` and the year don't.
  func value(of time: Timestamp, in zone: TimeZone) -> Int64 {
    let civil = CivilTime(seconds: time.seconds + zone.offset(at: time.seconds))
    return switch self {
    case .getFullYear: civil.year
    case .getMonth: civil.month - 1
    case .getDayOfYear: civil.dayOfYear
    case .getDayOfMonth: civil.day - 1
    case .getDate: civil.day
    case .getDayOfWeek: civil.weekday
    case .getHours: civil.hour
    case .getMinutes: civil.minute
    case .getSeconds: civil.second
    case .getMilliseconds: Int64(time.nanoseconds / 1_000_000)
    }
  }

  /// The part of a length of time: the whole in the unit, for milliseconds the part below a second.
  func value(of span: TimeSpan) -> Int64? {
    // Rounded toward zero, as the language divides.
    let whole = span.seconds + (span.seconds < 0 && span.nanoseconds > 0 ? 1 : 0)
    return switch self {
    case .getHours: whole / 3_600
    case .getMinutes: whole / 60
    case .getSeconds: whole
    case .getMilliseconds:
      (Int64(span.nanoseconds) - (whole == span.seconds ? 0 : 1_000_000_000)) / 1_000_000
    default: nil
    }
  }
}
