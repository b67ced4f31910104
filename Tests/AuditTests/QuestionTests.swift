import Git
import Testing

@testable import Audit

@Suite("Questions", .timeLimit(.minutes(15)))
struct QuestionTests {
  /// Three changes of two settings: at minutes 10, 20 and 30.
  private let space: Workspace

  init() throws {
    space = try Workspace()
    let log = try Fixture.log(space)
    for body in [
      try Fixture.change(1, from: 10, to: 20, minutes: 10),
      try Fixture.change(
        2, from: 1, to: 2, path: "nginx.conf", key: "http.upstream[app].keepalive",
        field: "upstream.keepalive", minutes: 20, reason: "slow"),
      try Fixture.change(3, from: 20, to: 5, minutes: 30),
    ] {
      _ = try log.append(
        body, startingWith: Fixture.genesis(), options: Fixture.options(1, 2, 5, 10, 20))
    }
  }

  private func changes(_ name: String?, _ path: String? = nil) throws -> [String] {
    let log = try Fixture.log(space)
    return try log.changes(matching: SettingFilter(name: name, path: path)).values.map {
      "\($0.sequence) \($0.setting.old ?? "-") \($0.setting.new ?? "-")"
    }
  }

  @Test func changesAreFoundByKeyFieldAndWildcard() throws {
    #expect(try changes("maximumPoolSize") == ["3 20 5", "1 10 20"])
    #expect(try changes("pool.max_size") == ["3 20 5", "1 10 20"])
    #expect(try changes("pool.*") == ["3 20 5", "1 10 20"])
    #expect(try changes("http.upstream[app].keepalive") == ["2 1 2"])
    #expect(try changes("*keepalive") == ["2 1 2"])
    #expect(try changes(nil, "*.conf") == ["2 1 2"])
    #expect(try changes("pool", nil) == [])
  }

  @Test func answersHoldWhoWhenAndWhy() throws {
    let log = try Fixture.log(space)
    let event = try #require(
      try log.changes(matching: SettingFilter(name: "upstream.*"), limit: 1).values.first)
    #expect(event.actor == "user:developer@example.org")
    #expect(event.time == Fixture.time(20))
    #expect(event.reason == "slow")
    #expect(event.ticket == "OPS-2")
    #expect(event.path == "nginx.conf")
    #expect(event.setting.newLine == 1)
    #expect(event.setting.resource == "HikariPool-1")
  }

  @Test(
    "the state at a time",
    arguments: [
      (0, ["maximumPoolSize 10 before", "http.upstream[app].keepalive 1 before"]),
      (10, ["maximumPoolSize 20", "http.upstream[app].keepalive 1 before"]),
      (29, ["maximumPoolSize 20", "http.upstream[app].keepalive 2"]),
      (30, ["maximumPoolSize 5", "http.upstream[app].keepalive 2"]),
    ] as [(Int64, [String])])
  func state(minute: Int64, expected: [String]) throws {
    let log = try Fixture.log(space)
    let states = try log.state(at: Fixture.time(minute)).values
    let found = states.map { "\($0.key) \($0.value ?? "-")" + ($0.isFromBefore ? " before" : "") }
    #expect(found == expected)
  }

  @Test func stateOfOneSetting() throws {
    let log = try Fixture.log(space)
    let states = try log.state(at: Fixture.time(25), matching: SettingFilter(name: "pool.max_size"))
    #expect(states.values.map(\.value) == ["20"])
    #expect(states.values.first?.event.sequence == 1)
    #expect(states.isComplete)
  }

  @Test func changesBeforeATimeWithinAWindow() throws {
    let log = try Fixture.log(space)
    let found = try log.changes(
      matching: SettingFilter(), in: TimeSpan(before: Fixture.time(30), seconds: 20 * 60)
    ).values
    #expect(found.map(\.sequence) == [3, 2])
    let none = try log.changes(
      matching: SettingFilter(), in: TimeSpan(before: Fixture.time(9), seconds: 24 * 3600)
    ).values
    #expect(none == [])
  }

  @Test func recordsAreFoundByIDAndNumber() throws {
    let log = try Fixture.log(space)
    let all = try log.entries().values
    #expect(all.map(\.sequence) == [3, 2, 1, 0])
    #expect(try log.entries(limit: 2).values.map(\.sequence) == [3, 2])
    let entry = try #require(all.dropFirst().first)
    for name in [entry.id.description, String(entry.id.hex.prefix(10)), "2"] {
      #expect(try log.entries(named: name).values.map(\.sequence) == [2], "\(name)")
    }
    #expect(try log.entries(named: "fffffffffff").values.isEmpty)
    #expect(
      try log.entries { $0.record.body.ticket?.text == "OPS-3" }.values.map(\.sequence) == [3])
  }

  @Test func emptyLogAnswersNothing() throws {
    let empty = try Workspace()
    let log = try Fixture.log(empty)
    #expect(try log.entries().values.isEmpty)
    #expect(try log.state(at: Fixture.start).values.isEmpty)
    #expect(try log.identity() == nil)
    try empty.git("fsck")
  }
}
