/// A zone's rule for all time to come, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZone: Sendable {
  private let standardOffset: Int64
  private let summer: Summer?

  private struct Summer {
    let offset: Int64
    let start: Change
    let end: Change
  }

  /// The day and time of a change of clocks, in the local time that holds before it.
  private struct Change {
    enum Day {
      /// 1 to 365, February 29th never counted.
      case julian(Int64)
      /// 0 to 365, February 29th counted.
      case ordinal(Int64)
      /// The week 1 to 5 (5 is the last), and the day with Sunday as 0, of a month.
      case weekday(month: Int64, week: Int64, day: Int64)
    }

    let day: Day
    let seconds: Int64
  }

  /// The rule; `nil` for text that isn't one.
  init?(_ text: String) {
    var reader = RuleReader(rest: Substring(text))
    guard reader.name(), let standard = reader.time() else { return nil }
    standardOffset = -standard
    guard reader.name() else {
      summer = nil
      if !reader.rest.isEmpty { return nil }
      return
    }
    var offset = standardOffset + 3_600
    if reader.rest.first != ",", let given = reader.time() { offset = -given }
    guard reader.take(","), let start = reader.change(), reader.take(","),
      let end = reader.change(), reader.rest.isEmpty
    else { return nil }
    summer = Summer(
      offset: offset, start: Change(day: start.day, seconds: start.seconds),
      end: Change(day: end.day, seconds: end.seconds))
  }

  /// The offset at a moment, in seconds east of UTC.
  func offset(at seconds: Int64) -> Int64 {
    guard let summer else { return standardOffset }
    let year = CivilTime(seconds: seconds + standardOffset).year
    let start = moment(of: summer.start, year: year) - standardOffset
    let end = moment(of: summer.end, year: year) - summer.offset
    let isSummer =
      start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isSummer ? summer.offset : standardOffset
  }

  /// A change in a year, in seconds of local time.
  private func moment(of change: Change, year: Int64) -> Int64 {
    let newYear = CivilTime.days(year: year, month: 1, day: 1)
    let day: Int64
    switch change.day {
    case .julian(let number):
      day = newYear + number - 1 + (number > 59 && CivilTime.isLeap(year) ? 1 : 0)
    case .ordinal(let number): day = newYear + number
    case .weekday(let month, let week, let weekday):
      let first = CivilTime.days(year: year, month: month, day: 1)
      let firstWeekday = (first + 4).flooredDivision(by: 7).remainder
      var offset = (weekday - firstWeekday).flooredDivision(by: 7).remainder + (week - 1) * 7
      if offset >= CivilTime.daysInMonth(year: year, month: month) { offset -= 7 }
      day = first + offset
    }
    return day * 86_400 + change.seconds
  }

  /// Takes the parts of a rule from the front.
  private struct RuleReader {
    var rest: Substring

    mutating func take(_ character: Character) -> Bool {
      guard rest.first == character else { return false }
      rest = rest.dropFirst()
      return true
    }

    /// A zone's abbreviation: letters, or anything between `<` and `>`.
    mutating func name() -> Bool {
      let before = rest
      if take("<") {
        rest = rest.drop { $0 != ">" }
        return take(">")
      }
      rest = rest.drop { $0.isASCII && $0.isLetter }
      return rest.startIndex > before.startIndex
    }

    mutating func number() -> Int64? {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, digits.count <= 4 else { return nil }
      rest = rest.dropFirst(digits.count)
      return Int64(digits)
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time() -> Int64? {
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard var seconds = number().map({ $0 * 3_600 }) else { return nil }
      if take(":") {
        guard let minutes = number() else { return nil }
        seconds += minutes * 60
        if take(":") {
          guard let more = number() else { return nil }
          seconds += more
        }
      }
      return isNegative ? -seconds : seconds
    }

    /// A day with an optional time after `/`, two in the morning by default.
    mutating func change() -> (day: Change.Day, seconds: Int64)? {
      guard let day = day() else { return nil }
      guard take("/") else { return (day, 7_200) }
      return time().map { (day, $0) }
    }

    private mutating func day() -> Change.Day? {
      if take("J") { return number().map { .julian($0) } }
      guard take("M") else { return number().map { .ordinal($0) } }
      guard let month = number(), (1...12).contains(month), take("."), let week = number(),
        (1...5).contains(week), take("."), let day = number(), day < 7
      else { return nil }
      return .weekday(month: month, week: week, day: day)
    }
  }
}
