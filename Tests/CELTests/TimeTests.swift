import CEL
import Testing

@Suite("Times and time zones")
struct TimeTests {
  @Test(
    "durations",
    arguments: [
      ("duration('1.5h')", .value("duration('5400s')")),
      ("duration('1h30m')", .value("duration('5400s')")),
      ("duration('1h2m3s4ms5us6ns')", .value("duration('3723.004005006s')")),
      ("duration('-1.5ms')", .value("duration('-0.0015s')")),
      ("duration('+2s')", .value("duration('2s')")),
      ("duration('.5s')", .value("duration('0.5s')")),
      ("duration('1.s')", .value("duration('1s')")),
      ("duration('1µs')", .value("duration('0.000001s')")),
      ("duration('0')", .value("duration('0s')")),
      ("duration('1d')", .error), ("duration('')", .error), ("duration('1')", .error),
      ("duration('s')", .error), ("duration('.s')", .error), ("duration('1 s')", .error),
      ("duration('99999999999999999999s')", .error),
      ("duration('315576000000s')", .value("duration('315576000000s')")),
      ("duration('315576000001s')", .error),
      ("duration('-315576000000.1s')", .error),
      ("duration('1s') + duration('315576000000s')", .error),
      ("duration('90m').getHours()", .value("1")),
      ("duration('-90m').getHours()", .value("-1")),
      ("duration('3730s').getMinutes()", .value("62")),
      ("duration('-1.5s').getSeconds()", .value("-1")),
      ("duration('123.321456789s').getMilliseconds()", .value("321")),
      ("duration('-1.25s').getMilliseconds()", .value("-250")),
      ("duration('1s') < duration('1001ms')", .value("true")),
      ("string(duration('1h'))", .value("'3600s'")),
    ] as [(String, Answer)])
  func durations(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }

  @Test(
    "timestamps",
    arguments: [
      ("string(timestamp('2009-02-14T00:31:30.120+01:00'))", .value("'2009-02-13T23:31:30.12Z'")),
      ("string(timestamp('2024-02-29t12:00:00z'))", .value("'2024-02-29T12:00:00Z'")),
      ("timestamp('2024-02-30T00:00:00Z')", .error), ("timestamp('2023-02-29T00:00:00Z')", .error),
      ("timestamp('1900-02-29T00:00:00Z')", .error), ("timestamp('2024-13-01T00:00:00Z')", .error),
      ("timestamp('2024-01-01T24:00:00Z')", .error), ("timestamp('2024-01-01T00:00:00')", .error),
      ("timestamp('2024-01-01 00:00:00Z')", .error), ("timestamp('2024-01-01T00:00:00.Z')", .error),
      ("timestamp('0000-12-31T23:59:59Z')", .error),
      ("string(timestamp('0001-01-01T00:00:00Z'))", .value("'0001-01-01T00:00:00Z'")),
      ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", .error),
      ("timestamp('0001-01-01T00:00:00Z') - duration('1ns')", .error),
      ("timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')", .error),
      (
        "timestamp('2024-01-01T00:00:00Z') - timestamp('2023-12-31T23:59:59.5Z')",
        .value("duration('0.5s')")
      ),
      ("timestamp(-1)", .value("timestamp('1969-12-31T23:59:59Z')")),
      ("timestamp(9223372036854775807)", .error),
      ("int(timestamp('2009-02-13T23:31:30.9Z'))", .value("1234567890")),
      ("timestamp('2024-03-10T06:07:08.009Z').getFullYear()", .value("2024")),
      ("timestamp('2024-03-10T06:07:08.009Z').getMonth()", .value("2")),
      ("timestamp('2024-03-10T06:07:08.009Z').getDayOfYear()", .value("69")),
      ("timestamp('2024-03-10T06:07:08.009Z').getDayOfMonth()", .value("9")),
      ("timestamp('2024-03-10T06:07:08.009Z').getDate()", .value("10")),
      ("timestamp('2024-03-10T06:07:08.009Z').getDayOfWeek()", .value("0")),
      ("timestamp('2024-03-10T06:07:08.009Z').getHours()", .value("6")),
      ("timestamp('2024-03-10T06:07:08.009Z').getMinutes()", .value("7")),
      ("timestamp('2024-03-10T06:07:08.009Z').getSeconds()", .value("8")),
      ("timestamp('2024-03-10T06:07:08.009Z').getMilliseconds()", .value("9")),
      ("timestamp('1969-12-31T23:59:59Z').getDayOfWeek()", .value("3")),
      ("timestamp('2024-01-01T00:00:00Z').getHours('-02:30')", .value("21")),
      ("timestamp('2024-01-01T00:00:00Z').getMinutes('05:45')", .value("45")),
      ("timestamp('2024-01-01T00:00:00Z').getHours('+25:00')", .error),
      ("timestamp('2024-01-01T00:00:00Z').getHours('+1:0')", .value("1")),
      ("timestamp('2024-01-01T00:00:00Z').getHours('+-1:00')", .error),
      ("timestamp('2024-01-01T00:00:00Z').getHours('+100:00')", .error),
      ("timestamp('2024-01-01T00:00:00Z').getHours('Nowhere/City')", .error),
      ("timestamp('2024-01-01T00:00:00Z').getHours('UTC')", .value("0")),
    ] as [(String, Answer)])
  func timestamps(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }

  /// Winter and summer in Berlin and Sydney, before and after what the file lists.
  @Test(
    "named zones follow their file and then its rule",
    arguments: [
      ("Test/North", "2000-01-01T12:00:00Z", 12), ("Test/North", "2010-07-01T12:00:00Z", 15),
      ("Test/North", "2024-01-01T12:00:00Z", 13), ("Test/North", "2024-07-01T12:00:00Z", 14),
      ("Test/North", "2024-03-31T00:59:59Z", 1), ("Test/North", "2024-03-31T01:00:00Z", 3),
      ("Test/North", "2024-10-27T00:59:59Z", 2), ("Test/North", "2024-10-27T01:00:00Z", 2),
      ("Test/South", "2024-01-01T12:00:00Z", 23), ("Test/South", "2024-07-01T12:00:00Z", 22),
      ("Test/Julian", "2024-02-29T12:00:00Z", 13), ("Test/Julian", "2024-06-01T12:00:00Z", 14),
      ("Test/Fixed", "2024-06-01T12:00:00Z", 7),
    ])
  func zones(name: String, time: String, hour: Int64) {
    let environment = Environment(timeZones: TimeZoneSource { TestZones.files[$0] })
    #expect(
      answer("timestamp('\(time)').getHours('\(name)')", in: environment) == .value("\(hour)"))
  }

  @Test("damaged files and names that are paths are unknown zones")
  func damagedZones() {
    let file = TestZones.files["Test/North"] ?? []
    let environment = Environment(
      timeZones: TimeZoneSource { name in
        name == "Short"
          ? Array(file.dropLast(60))
          : name == "Noise"
            ? Array(repeating: 84, count: 99)
            : name.contains(".") || name.hasPrefix("/") ? file : nil
      })
    for name in ["Short", "Noise", "../etc/passwd", "/etc/localtime", "a//b", "", " "] {
      let found = answer("timestamp(0).getHours('\(name)')", in: environment)
      #expect(found == (name.isEmpty ? .value("0") : .error))
    }
  }

  @Test(
    "the system's zones can be used",
    .enabled(if: TestZones.systemHasZones, "the system has no time zone database"),
    arguments: [
      ("America/New_York", "2024-07-01T12:00:00Z", 8),
      ("Europe/Berlin", "2050-01-01T12:00:00Z", 13),
      ("Australia/Sydney", "2009-02-13T23:31:30Z", 10),
      ("Asia/Kathmandu", "2009-02-13T00:00:00Z", 5),
    ])
  func systemZones(name: String, time: String, hour: Int64) {
    let environment = Environment(timeZones: .system)
    #expect(
      answer("timestamp('\(time)').getHours('\(name)')", in: environment) == .value("\(hour)"))
  }
}
