import Audit
import Review

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times as people type them.
enum Moment {
  static let help =
    "2024-06-10T10:30:00Z, or in --tz: 2024-06-10 10:30, 2024-06-10, yesterday 10:30, 10:30 "
    + "(the last one), 2h ago, now"

  /// The moment that `text` means.
  ///
  /// - Parameters:
  ///   - text: with a zone (`Z`, `+02:00`) as it says; without one in `zone`. Words such as
  ///     `yesterday 10:30` and `2h ago` are for people in an incident and count from now.
  ///   - zone: an IANA name or `UTC`; the machine's zone where `nil`.
  static func parse(_ text: String, zone: String?) throws(Failure) -> Timestamp {
    let now = Timestamp(milliseconds: Host.now)
    if text == "now" { return now }
    if text.hasSuffix(" ago") {
      return now.advanced(bySeconds: -(try seconds(String(text.dropLast(4)))))
    }
    if let zone {
      guard zone == "UTC" || access("/usr/share/zoneinfo/\(zone)", R_OK) == 0,
        !zone.contains("..")
      else { throw Failure("no time zone is called \(zone)", help: "write --tz Europe/Berlin") }
      setenv("TZ", zone, 1)
    }
    tzset()
    let words = text.split(separator: " ")
    let days: [Substring: Int32] = ["today": 0, "yesterday": 1]
    if let day = days[words.first ?? ""], words.count <= 2 {
      return try moment(date(now, daysAgo: day) + words.dropFirst().map { " " + $0 }.joined())
    }
    if CalendarFields("2000-01-01 " + text) != nil {
      let today = try moment("\(date(now, daysAgo: 0)) \(text)")
      return try today <= now ? today : moment("\(date(now, daysAgo: 1)) \(text)")
    }
    return try moment(text)
  }

  /// The moment of a date, in the zone that is set where it names none.
  private static func moment(_ text: String) throws(Failure) -> Timestamp {
    guard let fields = CalendarFields(text) else {
      throw Failure(
        text.isEmpty ? "no time is given" : "\(text) is not a time", help: "write \(help)")
    }
    var time = fields.time
    if let offset = fields.offsetSeconds {
      return Timestamp(milliseconds: (Int64(timegm(&time)) - offset) * 1_000)
    }
    time.tm_isdst = -1
    return Timestamp(milliseconds: Int64(mktime(&time)) * 1_000)
  }

  /// `2024-06-10`, the date in the zone that is set; days are counted by the calendar, since one
  /// may have 23 or 25 hours.
  private static func date(_ now: Timestamp, daysAgo: Int32) -> String {
    var seconds = time_t(now.seconds)
    var fields = tm()
    localtime_r(&seconds, &fields)
    fields.tm_mday -= daysAgo
    (fields.tm_hour, fields.tm_isdst) = (12, -1)
    mktime(&fields)
    func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(fields.tm_year + 1_900)-\(padded(fields.tm_mon + 1))-\(padded(fields.tm_mday))"
  }

  /// A span such as `24h`, `90m` or `7d`, in seconds.
  static func seconds(_ text: String) throws(Failure) -> Int64 {
    let units: [(Character, Int64)] = [
      ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("w", 604_800),
    ]
    if let last = text.last, let unit = units.first(where: { $0.0 == last }),
      let number = Int64(text.dropLast()), number > 0, number < 1_000_000
    {
      return number * unit.1
    }
    throw Failure("\(text) is not a span of time", help: "write 24h, 90m or 7d")
  }
}

/// The numbers of a date, and the offset where one is written.
private struct CalendarFields {
  private(set) var time = tm()
  private(set) var offsetSeconds: Int64?

  /// Reads `YYYY-MM-DD`, with or without a time behind `T` or a blank, with or without a zone.
  init?(_ text: String) {
    var rest = Substring(text)
    guard let year = Self.number(&rest, 4), Self.skip(&rest, "-"),
      let month = Self.number(&rest, 2), Self.skip(&rest, "-"), let day = Self.number(&rest, 2),
      (1...12).contains(month), (1...Self.days(month, year)).contains(day)
    else { return nil }
    time.tm_year = Int32(year - 1_900)
    time.tm_mon = Int32(month - 1)
    time.tm_mday = Int32(day)
    guard !rest.isEmpty else { return }
    guard Self.skip(&rest, "T") || Self.skip(&rest, " "), let hour = Self.number(&rest, 2),
      Self.skip(&rest, ":"), let minute = Self.number(&rest, 2), hour < 24, minute < 60
    else { return nil }
    time.tm_hour = Int32(hour)
    time.tm_min = Int32(minute)
    if Self.skip(&rest, ":") {
      guard let second = Self.number(&rest, 2), second < 60 else { return nil }
      time.tm_sec = Int32(second)
      if Self.skip(&rest, ".") { rest = rest.drop { $0.isASCII && $0.isNumber } }
    }
    guard readZone(&rest), rest.isEmpty else { return nil }
  }

  private mutating func readZone(_ rest: inout Substring) -> Bool {
    if rest.isEmpty { return true }
    if Self.skip(&rest, "Z") {
      offsetSeconds = 0
      return true
    }
    let isWest = rest.first == "-"
    guard Self.skip(&rest, "+") || Self.skip(&rest, "-"), let hours = Self.number(&rest, 2),
      Self.skip(&rest, ":") || !rest.isEmpty, let minutes = Self.number(&rest, 2),
      hours < 24, minutes < 60
    else { return false }
    offsetSeconds = Int64(hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
    return true
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    if month == 2 {
      return year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        ? 29 : 28
    }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  private static func number(_ text: inout Substring, _ digits: Int) -> Int? {
    let part = text.prefix(digits)
    guard part.count == digits, part.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    text = text.dropFirst(digits)
    return Int(part)
  }

  private static func skip(_ text: inout Substring, _ character: Character) -> Bool {
    guard text.first == character else { return false }
    text = text.dropFirst()
    return true
  }
}
