import Testing

/// The questions of an incident, asked of a log with three changes.
@Suite("Questions to the log", .timeLimit(.minutes(15)))
struct LogQuestionTests {
  /// 24 connections in May, 5 on 10 June 09:12, 24 again at 10:34.
  private func incident() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: [:])
    for (size, time, who, reason, ticket) in [
      ("24", "2024-05-02T09:00:00Z", "developer", "Sized for 250 logins/s", "AUTH-12"),
      ("5", "2024-06-10T09:12:00Z", "tidy", "A smaller pool is enough", "AUTH-97"),
      ("24", "2024-06-10T10:34:00Z", "on-call", "Outage: every connection was taken", "INC-7"),
    ] {
      try folder.git("config", "user.email", "\(who)@example.org")
      try folder.commit(["application.yml": Fixtures.pool(size: size)], reason, at: time)
      let run = try folder.headgate("record", "--reason", reason, "--ticket", ticket)
      guard run.status == 0 else { throw ProgramError(text: run.text) }
    }
    return folder
  }

  @Test("who: author, time, old and new value, reason, newest first")
  func who() throws {
    let folder = try incident()
    let run = try folder.headgate("who", "pool.max_size")
    #expect(run.status == 0)
    for text in [
      "2024-06-10 09:12:00Z  user:tidy@example.org", "24 -> 5", "A smaller pool is enough",
      "AUTH-97", "application.yml:7", "2024-06-10 10:34:00Z  user:on-call@example.org", "5 -> 24",
      "not there -> 24",
    ] {
      #expect(run.output.contains(text), "\(text) in \(run.output)")
    }
    let events = try JSONValue(
      try folder.headgate("who", "pool.max_size", "--format", "json").output
    ).array
    #expect(events.map(\.seq?.int) == [3, 2, 1])
    #expect(events.map(\.old?.string) == ["5", "24", nil])
    #expect(events.map(\.new?.string) == ["24", "5", "24"])
    #expect(events[1].actor?.string == "user:tidy@example.org")
    #expect(events[1].time?.string?.hasPrefix("2024-06-10T09:12:00") == true)
    #expect(events[1].path?.string == "application.yml")
    #expect(events[1].field?.string == "pool.max_size")
    #expect(events[1].ticket?.string == "AUTH-97")
  }

  @Test(
    "who takes the product's key, patterns, a file and a limit",
    arguments: [
      (["maximumPoolSize"], 3), (["MaximumPoolSize"], 3), (["*max*size*"], 3),
      (["pool.max_size", "--limit", "1"], 1), (["pool.max_size", "--file", "application.yml"], 3),
      (["pool.max_size", "--file", "other.yml"], 0), (["pool.min_idle_nothing"], 0),
    ] as [([String], Int)])
  func whoWith(arguments: [String], count: Int) throws {
    let folder = try incident()
    let run = try Program.headgate(
      ["who"] + arguments + ["--format", "json"], in: folder.path)
    #expect(run.status == 0)
    #expect(try JSONValue(run.output).array.count == count, "\(run.text)")
  }

  @Test(
    "at: the value that ran then",
    arguments: [
      ("2024-06-01", "24"), ("2024-06-10T09:11:59Z", "24"), ("2024-06-10 09:12", "5"),
      ("2024-06-10T10:30:00Z", "5"), ("2024-06-10T12:30:00+02:00", "5"),
      ("2024-06-10 10:34:00", "24"),
      ("now", "24"), ("yesterday", "24"), ("yesterday 10:30", "24"), ("today 00:00", "24"),
      ("23:59", "24"), ("2h ago", "24"), ("90m ago", "24"),
    ])
  func at(time: String, value: String) throws {
    let folder = try incident()
    let run = try folder.headgate("at", time, "pool.max_size", "--tz", "UTC")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("\(value)  "), "\(run.text)")
  }

  @Test("a time without a date is the last one, a day is one of the calendar, and both are echoed")
  func times() throws {
    let folder = try incident()
    for zone in ["UTC", "Pacific/Kiritimati", "America/Adak"] {
      func instant(_ text: String) throws -> String {
        let run = try folder.headgate("at", text, "--tz", zone)
        #expect(run.status == 0 && run.errors.contains("at 2"), "\(run.errors)")
        return run.errors.split(separator: "\n").first { $0.hasPrefix("at 2") }.map { String($0) }
          ?? ""
      }
      let (now, hour) = (try instant("now"), try instant("1h ago"))
      let (today, yesterday) = (try instant("today 00:00"), try instant("yesterday 00:00"))
      #expect(yesterday < today && today <= now && hour < now)
      #expect(try instant("00:00") == today || instant("today 00:00") != today)
      #expect(try instant("23:59") <= instant("now"))
    }
  }

  @Test("before: what changed in the window, newest first")
  func before() throws {
    let folder = try incident()
    let run = try folder.headgate("before", "2024-06-10 10:30", "--format", "json")
    #expect(run.status == 0)
    let events = try JSONValue(run.output).array
    #expect(Set(events.map(\.seq?.int)) == [2])
    #expect(events.contains { $0.new?.string == "5" })
    let all = try folder.headgate("before", "2024-06-11", "--window", "60d", "--format", "json")
    #expect(Set(try JSONValue(all.output).array.map(\.seq?.int)) == [1, 2, 3])
    let none = try folder.headgate("before", "2024-06-09")
    #expect(none.status == 0)
    #expect(none.output == "")
    #expect(none.errors.contains("no recorded change in these 24h"))
  }

  @Test(
    "times that are none are refused with how to write them",
    arguments: [
      ["at", "tomorrow"], ["at", "ago"], ["at", " ago"], ["at", "h ago"], ["at", "--", "-2h ago"],
      ["at", ""],
      ["at", "yesterday 25:00"], ["at", "yesterday 10:30 11:30"], ["at", "2024-02-30"],
      ["at", "2024-06-10T25:00:00Z"],
      ["before", "10:60"],
      ["before", "2024-06-10", "--window", "long"], ["before", "2024-06-10", "--window", "-1h"],
      ["at", "2024-06-10", "--tz", "Mars/Base"],
    ])
  func badTimes(arguments: [String]) throws {
    let folder = try TemporaryFolder(repository: [:])
    let run = try Program.headgate(arguments, in: folder.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("help:") || run.errors.contains("--help"), "\(run.errors)")
  }

  @Test("log and show: every record, by number and by id")
  func logAndShow() throws {
    let folder = try incident()
    let log = try JSONValue(try folder.headgate("log", "--format", "json").output).array
    #expect(log.map(\.seq?.int) == [3, 2, 1, 0])
    let limited = try JSONValue(
      try folder.headgate("log", "--format", "json", "--setting", "pool.*", "-l", "2").output)
    #expect(limited.array.map(\.seq?.int) == [3, 2])
    let id = try #require(log[1].id?.string)
    let digits = String(id.drop { $0 != ":" }.dropFirst().prefix(12))
    for name in ["2", id, digits] {
      let run = try folder.headgate("show", name)
      #expect(run.status == 0, "\(name): \(run.text)")
      #expect(run.output.contains("24 -> 5"))
      #expect(run.output.contains(id))
    }
    let none = try folder.headgate("show", "99")
    #expect(none.status == 2)
    #expect(none.errors.contains("no record is called 99"))
  }

  @Test(
    "a reader that stops reading is no error",
    arguments: [
      "log", "log --format json", "who 'pool.*'", "policy list", "explain pool/size-below-minimum",
      "check", "inventory",
    ])
  func closedPipe(command: String) throws {
    let folder = try incident()
    let run = try Program.shell(
      "{ \"$headgate\" \(command); echo \"status $?\" >&2; } | head -n 1", in: folder.path)
    #expect(run.errors.contains("status 0"), "\(run.errors)")
  }

  @Test("what stands in the log cannot command the terminal")
  func escapes() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let run = try folder.headgate("record", "--reason", "red \u{1b}[31m bell \u{7} turned \u{202e}")
    #expect(run.status == 0, "\(run.text)")
    for arguments in [["log"], ["show", "1"], ["who", "pool.max_size"]] {
      let answer = try Program.headgate(arguments, in: folder.path)
      #expect(answer.status == 0)
      for character in ["\u{1b}", "\u{7}", "\u{202e}"] {
        #expect(!answer.output.contains(character), "\(arguments)")
      }
    }
  }
}
