import Catalog
import Model
import Syntax
import Testing

@Suite("Structure of a team's format")
struct MappedStructureTests {
  @Test("a misspelt key of a strict format is an error with the name that was meant")
  func strict() throws {
    let keys = "pool.max: max_size\npool.min: min_idle\nnote: {}"
    let text = "title: x\ndb:\n  a: {pool: {maxx: 3, min: 1}, note: y}\n  b: {pol: {max: 2}}\n"
    func problems(_ strictness: String) throws -> [String] {
      try pools(keys, at: "db.*", more: "strict: \(strictness)").read(text).problems.map {
        "\($0.origin.range.lowerBound) \($0.kind) \($0.message)"
      }
    }
    #expect(try problems("false") == [])
    let inside = [
      "26 refused Acme has no key `db.a.pool.maxx`; did you mean `max`?",
      "59 refused Acme has no key `db.b.pol`; did you mean `pool`?",
    ]
    #expect(try problems("resources") == inside)
    #expect(try problems("true") == ["0 refused Acme has no key `title`"] + inside)
  }

  @Test("a value of the wrong kind is an error where the format is strict")
  func strictValues() throws {
    let strict = try pools("max: max_size", more: "strict: resources").read("max: ten\n")
    #expect(strict.problems.map(\.kind) == [.refused])
    #expect(strict.resources.first?.mapped("max")?.refusal == "\"ten\" is not a whole number")
    let other = try pools("max: max_size").read("max: ten\n")
    #expect(other.problems.isEmpty)
    #expect(other.resources.first?.mapped("max")?.note == "\"ten\" is not a whole number")
  }

  @Test("older spellings mean the same; of two the later one counts")
  func aliases() throws {
    let mapping = try pools("pool.max: {field: max_size, aliases: [maxActive, pool.maximum]}")
    let pool = try #require(
      mapping.read("pool: {maximum: 5}\nmaxActive: 9\n").resources.first)
    #expect(pool.field("max_size") == "9")
    #expect(pool.mapped("pool.max")?.overridden == "5")
    let twice = try pools("max: max_size", format: "properties").read("max=1\nmax=2\n")
    #expect(twice.resources.first?.field("max_size") == "2")
    #expect(twice.resources.first?.mapped("max")?.overridden == "1")
  }

  @Test("pools belong to the service around them, databases to their pooler")
  func relations() throws {
    let mapping = try mapping(
      """
      name: acme
      files: '*'
      format: yaml
      resources:
      - {kind: service, at: 'services.{name}', keys: {replicas: replicas, aliases: hosts}}
      - {kind: pool, at: 'services.{name}.pools.*', keys: {max: max_size}}
      - {kind: pooler, at: pooler, keys: {clients: max_clients}}
      - {kind: pooler_database, at: 'bases.{name}', keys: {size: pool_size, dsn: {type: address}}}
      """)
    let reading = mapping.read(
      """
      services:
        auth: {replicas: 3, aliases: [login, sso], pools: {main: {max: 5}}}
        shop: {replicas: 1, pools: {main: {max: 6}, ro: {max: 7}}}
      pooler: {clients: 100}
      bases: {app: {size: 20, dsn: 'postgres://u@db1:5433/app_v2'}}
      """)
    #expect(reading.problems.isEmpty)
    let services = reading.resources.filter { $0.kind == .pool }.map { $0.identity.service?.name }
    #expect(services == ["auth", "shop", "shop"])
    #expect(reading.workloads.map(\.service.name) == ["auth", "shop"])
    let auth = try #require(reading.resources.first { $0.kind == .service })
    #expect(auth.field("replicas") == "3" && auth.field("hosts") == "2 values")
    let pooler = try #require(reading.resources.first { $0.kind == .pooler })
    #expect(pooler.field("databases") == "1 values")
    let database = try #require(reading.resources.first { $0.kind == .poolerDatabase })
    #expect(database.field("host") == "db1" && database.field("port") == "5433")
    #expect(database.field("database") == "app_v2" && database.field("pool_size") == "20")
  }

  @Test("a declared environment holds where the file has none")
  func environment() throws {
    let mapping = try pools("max: max_size")
    let source = SourceText(path: "a.conf", text: "max: 1\n")
    let context = ReadingContext(files: MemoryFiles([:]), environment: "staging")
    let identity = mapping.technology.read(source, context).resources.first?.identity
    #expect(identity?.environment == "staging" && identity?.environmentIsDeclared == true)
  }

  @Test("its page lists the keys as the tables of built-in products do")
  func reference() throws {
    let mapping = try pools(
      "max: {field: max_size, default: 10, zero: unlimited}\nwait: {field: acquire_timeout, unit: s}",
      at: "db.*")
    let keys = mapping.technology.reference().keys
    #expect(keys.map(\.name) == ["db.*.max", "db.*.wait"])
    #expect(keys[0].standard == "10" && keys[0].value == "integer; 0 is unlimited")
    #expect(keys[1].value == "integer, time in s" && keys[1].field == "acquire_timeout")
  }

  @Test("aliases that blow up, deep nesting and endless lists end in an error, soon")
  func hostile() throws {
    let mapping = try pools("max: max_size", at: "*.*.*")
    var bomb = "a0: &a0 {x: {x: {max: 1}}, y: {y: {max: 1}}}\n"
    for level in 1...30 {
      bomb += "a\(level): &a\(level) {x: *a\(level - 1), y: *a\(level - 1)}\n"
    }
    #expect(mapping.read(bomb).problems.contains { $0.kind == .unreadable })
    let itself = mapping.read("a: &a\n  b: *a\n")
    #expect(itself.problems.contains { $0.kind == .unreadable })
    let deep = String(repeating: "a.", count: 5_000) + "b=1\n"
    let nested = try pools("max: max_size", format: "properties").read(deep)
    #expect(nested.problems.contains { $0.kind == .unreadable })
    let wide = (0..<60_000).map { "k\($0).a.b.max=1" }.joined(separator: "\n")
    let cut = try pools("max: max_size", format: "properties", at: "*.*.*").read(wide)
    #expect(cut.problems.contains { $0.kind == .unreadable })
    #expect(cut.resources.count > 10_000)
  }

  @Test("a file with noise for any byte is read without a crash", arguments: [UInt64](1...40))
  func noise(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func next() -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % 251)
    }
    for sample in MappedFormatTests.samples {
      let mapping = try pools(
        "'\(sample.key)': {field: max_size, minimum: 2, zero: default, default: 4}",
        format: sample.format, at: sample.place, more: "strict: true")
      var bytes = Array(sample.text.utf8)
      for _ in 0..<4 { bytes[next() % bytes.count] = UInt8(next()) }
      let source = SourceText(path: "a.conf", bytes: bytes)
      let context = ReadingContext(files: MemoryFiles([:]))
      let reading = mapping.technology.read(source, context)
      for setting in reading.resources.flatMap(\.settings) {
        #expect(setting.origin.map { $0.range.upperBound <= bytes.count } != false)
      }
      for problem in reading.problems {
        #expect(problem.origin.range.upperBound <= bytes.count)
      }
    }
  }
}
