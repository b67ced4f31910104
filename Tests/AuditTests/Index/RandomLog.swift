import Git
import Testing

@testable import Audit

/// A log of random changes, and the questions whose two answers must agree.
struct RandomLog {
  let space: Workspace
  private var random: SeededGenerator
  private var number = 0

  private static let paths = ["nginx.conf", "a/pool.yml", "b/pool.yml", "b/p\u{e9}.ini"]
  private static let keys = [
    ("maximumPoolSize", "pool.max_size"), ("maximum-pool-size", "pool.max_size"),
    ("minimumIdle", "pool.min_idle"), ("http.upstream[app].keepalive", "upstream.keepalive"),
    ("server[a.b].listen", nil),
  ]
  private static let resources = [nil, "pool auth", "pool orders", ""]
  private static let reasons = [
    "More logins at peak", "OUTAGE: every connection was taken", "Ta\u{308}glich", "tidy, tidy",
    nil,
  ]
  private static let people = ["user:alice@example.org", "user:bob@example.org", "ci:deploy"]

  init(seed: UInt64) throws {
    space = try Workspace()
    random = SeededGenerator(seed: seed)
  }

  /// - Parameter genesis: makes the first record another than that of other logs.
  mutating func grow(by count: Int, genesis: Int = 0) throws {
    let log = try Fixture.log(space)
    for _ in 0..<count {
      number += 1
      _ = try log.append(
        try change(), startingWith: Fixture.genesis(genesis), options: Fixture.options(1, 2))
    }
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func change() throws -> RecordBody {
    var body = try Fixture.change(number, from: 1, to: 2)
    let count = Int.random(in: 1...2, using: &random)
    let paths = Array(Self.paths.shuffled(using: &random).prefix(count))
    body.files = try paths.map {
      FileChange(
        path: $0, old: try FileVersion(content: Fixture.content(1)),
        new: try FileVersion(content: Fixture.content(2)))
    }
    // Clocks go backwards now and then, and many changes share a time.
    body.effectiveAt = Fixture.time(Int64.random(in: 0...40, using: &random))
    body.actor = Actor(id: pick(Self.people))
    body.reason = pick(Self.reasons).map { .text($0) }
    body.ticket = pick([nil, "OPS-\(number)", "INC-7"]).map { .text($0) }
    body.settings = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let (key, field) = pick(Self.keys)
      body.settings.append(
        SettingChange(
          file: Int.random(in: 0..<paths.count, using: &random), key: key, field: field,
          resource: pick(Self.resources), old: pick([nil, "1", "20"]), new: pick([nil, "2", "30"]),
          oldLine: pick([nil, 3]), newLine: pick([nil, 4])))
    }
    return body
  }

  /// Asks the index and the log the same questions.
  func compareAnswers() throws {
    try Self.compare(
      LogAsking(Fixture.log(space), usesIndex: true),
      LogAsking(Fixture.log(space), usesIndex: false))
  }

  /// Asks both the same questions.
  ///
  /// - Parameter step: 1 asks all, 3 every third: walking two logs for each takes its time.
  static func compare(_ one: LogAsking, _ other: LogAsking, step: Int = 1) throws {
    for number in stride(from: 0, to: recordFilters.count, by: step) {
      let filter = recordFilters[number]
      for limit in step == 1 ? [1, 7, .max] : [7] {
        let walked = try other.records(matching: filter, limit: limit).values
        let found = try one.records(matching: filter, limit: limit).values
        #expect(found.map(\.row) == walked.map(\.row), "\(filter) \(limit)")
        #expect(found.map(\.id) == walked.map(\.id), "\(filter) \(limit)")
      }
    }
    for number in stride(from: 0, to: settingFilters.count, by: step) {
      let filter = settingFilters[number]
      for span in spans {
        for limit in step == 1 ? [1, 5, .max] : [5] {
          let walked = try other.changes(matching: filter, in: span, limit: limit)
          let found = try one.changes(matching: filter, in: span, limit: limit)
          #expect(found.values == walked.values, "\(filter) \(span) \(limit)")
        }
      }
      for minute in [-1, 0, 13, 40, 99] as [Int64] {
        let walked = try other.state(at: Fixture.time(minute), matching: filter)
        let found = try one.state(at: Fixture.time(minute), matching: filter)
        #expect(found.values == walked.values, "\(filter) \(minute)")
      }
    }
    for entry in try other.records(limit: 3).values {
      for name in [entry.id.description, "\(entry.sequence)", String(entry.id.hex.prefix(1))] {
        let walked = try other.entries(named: name).values
        #expect(try one.entries(named: name).values.map(\.row) == walked.map(\.row))
      }
    }
    #expect(try one.waivers().map(\.id) == other.waivers().map(\.id))
    let changes = try other.records(matching: RecordFilter(kinds: ["change"])).values
    let (first, second) = (
      try one.ledger(of: changes.map(\.row)).ledgers,
      try other.ledger(of: changes.map(\.row)).ledgers
    )
    let rules = ApprovalRules(required: 1)
    for change in changes {
      #expect(
        first.review(of: change, rules: rules, now: Fixture.time(99))?.status
          == second.review(of: change, rules: rules, now: Fixture.time(99))?.status)
    }
  }

  private static let settingFilters = [
    SettingFilter(), SettingFilter(name: "pool.max_size"), SettingFilter(name: "pool.*"),
    SettingFilter(name: "max_size"), SettingFilter(name: "Maximum_Pool_Size"),
    SettingFilter(name: "keepalive", path: "*.conf"), SettingFilter(path: "pool.yml"),
    SettingFilter(name: "listen"), SettingFilter(name: "nothing of the kind"),
    SettingFilter(path: "b/p\u{e9}.ini"),
  ]

  private static let spans = [
    TimeSpan.always, TimeSpan(before: Fixture.time(20), seconds: 600),
    TimeSpan(before: Fixture.time(1), seconds: 600), TimeSpan(before: Fixture.time(-9), seconds: 1),
  ]

  private static let recordFilters = [
    RecordFilter(), RecordFilter(since: Fixture.time(10)), RecordFilter(until: Fixture.time(10)),
    RecordFilter(since: Fixture.time(5), until: Fixture.time(9), actor: "alice"),
    RecordFilter(actor: "*@example.org"), RecordFilter(actor: "nobody"),
    RecordFilter(setting: "pool.*"), RecordFilter(setting: "pool.max_size", path: "a/*"),
    RecordFilter(path: "pool.yml"), RecordFilter(path: "none"),
    RecordFilter(words: SearchWords("outage")), RecordFilter(words: SearchWords("tidy \"OR")),
    RecordFilter(words: SearchWords("ta\u{308}g")), RecordFilter(words: SearchWords("INC 7 pool")),
    RecordFilter(words: SearchWords("ops-1")), RecordFilter(words: SearchWords("")),
    RecordFilter(kinds: ["change"]), RecordFilter(kinds: ["genesis", "approval"]),
    RecordFilter(
      since: Fixture.time(2), actor: "bob", setting: "min_idle", words: SearchWords("more")),
  ]
}

/// Numbers that are the same in every run with the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
