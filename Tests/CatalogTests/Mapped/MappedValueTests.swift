import Catalog
import Model
import Syntax
import Testing

@Suite("Values of a team's format")
struct MappedValueTests {
  @Test(
    "of times are what their unit says",
    arguments: [
      ("{field: acquire_timeout, unit: ms}", "30000", "30000000 us", "30000 ms"),
      ("{field: acquire_timeout, unit: s}", "30", "30000000 us", "30 s"),
      ("{field: acquire_timeout, unit: min}", "2", "120000000 us", "2 min"),
      ("{field: acquire_timeout, unit: s}", "1.5", "1500000 us", "1500 ms"),
      ("{field: acquire_timeout, unit: s}", "500ms", "500000 us", "500 ms"),
      ("{field: acquire_timeout, unit: ms}", "30s", "30000000 us", "30000 ms"),
      ("acquire_timeout", "30s", "30000000 us", "30000 ms"),
      ("acquire_timeout", "1h30m", "5400000000 us", "5400000 ms"),
      ("acquire_timeout", "2 minutes", "120000000 us", "120000 ms"),
      ("acquire_timeout", "PT1M30S", "90000000 us", "90000 ms"),
      ("acquire_timeout", "250us", "250 us", "250 us"),
      ("acquire_timeout", "0", "0 us", "0 ms"),
      ("acquire_timeout", "30", "unknown", "unknown"),
      ("acquire_timeout", "soon", "unknown", "unknown"),
      ("{field: acquire_timeout, unit: ms}", "10:30", "unknown", "unknown"),
      ("{field: acquire_timeout, unit: d}", "99999999999999", "unknown", "unknown"),
    ])
  func times(key: String, text: String, field: String, shown: String) throws {
    let pool = try #require(
      try pools("wait: \(key)").read("wait: \(text)\n").resources.first)
    #expect(pool.field("acquire_timeout") == field)
    #expect(shownValue(pool, "wait") == shown)
  }

  private func shownValue(_ resource: any Resource, _ key: String) -> String {
    guard let setting = resource.mapped(key), let value = setting.effective else {
      return "unknown"
    }
    guard case .int(let number) = value else { return "\(value)" }
    return "\(number) \(setting.unit.rawValue)"
  }

  @Test(
    "of sizes are bytes",
    arguments: [
      ("{field: shared_memory, unit: MB}", "128", "134217728"),
      ("{field: shared_memory, unit: 8kB}", "16384", "134217728"),
      ("shared_memory", "128MB", "134217728"), ("shared_memory", "128 MiB", "134217728"),
      ("shared_memory", "1.5k", "1536"), ("shared_memory", "12 bytes", "12"),
      ("shared_memory", "12", "unknown"), ("shared_memory", "9999999P", "unknown"),
    ])
  func sizes(key: String, text: String, bytes: String) throws {
    let mapping = try mapping(
      "name: acme\nfiles: '*'\nformat: ini\nresources:\n- kind: database_server\n"
        + "  keys:\n    memory: \(key)\n")
    let server = try #require(mapping.read("memory = \(text)\n").resources.first)
    #expect(server.field("shared_memory") == bytes)
  }

  @Test("of sizes count in thousands where the mapping says so")
  func thousands() throws {
    let mapping = try mapping(
      "name: acme\nfiles: '*'\nformat: ini\nkilo: 1000\nresources:\n- kind: service\n"
        + "  keys: {memory: memory_limit, cpu: cpu_limit}\n")
    let service = try #require(mapping.read("memory = 2kB\ncpu = 1.5\n").resources.first)
    #expect(service.field("memory_limit") == "2000")
    #expect(service.field("cpu_limit") == "1.5")
    #expect(mapping.read("memory = 2KiB\n").resources.first?.field("memory_limit") == "2048")
  }

  @Test(
    "that are zero, negative or beyond limits mean what the mapping says",
    arguments: [
      ("zero: unlimited", "0", "unlimited", Provenance.explicit),
      ("zero: default, default: 12", "0", "12", .clamped),
      ("zero: refused", "0", "unknown", .explicit), ("zero: disabled", "0", "0", .explicit),
      ("negative: unlimited", "-1", "unlimited", .explicit),
      ("negative: default, default: 9", "-5", "9", .clamped),
      ("minimum: 4", "3", "4", .clamped), ("minimum: 4", "4", "4", .explicit),
      ("maximum: 50", "90", "50", .clamped),
      ("minimum: 4, outside: default, default: 10", "3", "10", .clamped),
      ("minimum: 4, outside: refused", "3", "unknown", .explicit),
      ("minimum: 4, zero: unlimited", "0", "unlimited", .explicit),
      ("words: {many: 80, all: 0}, zero: unlimited", "all", "unlimited", .explicit),
      ("words: {many: 80}", "many", "80", .explicit),
      ("words: {many: 80}", "few", "unknown", .unknown),
      ("default: 7", "~", "7", .default), ("zero: unlimited", "~", "unknown", .unknown),
      ("default: ~", "~", "absent", .default), ("zero: unlimited", "1e1", "10", .explicit),
      ("zero: unlimited", "[1]", "unknown", .unknown),
      ("zero: unlimited", "010", "unknown", .unknown),
    ])
  func numbers(rules: String, text: String, field: String, provenance: Provenance) throws {
    let mapping = try pools("max: {field: max_size, \(rules)}\nother: {}")
    let pool = try #require(mapping.read("max: \(text)\nother: x\n").resources.first)
    #expect(pool.field("max_size") == field)
    #expect(pool.mapped("max")?.provenance == provenance)
  }

  @Test("that are changed say why; refused ones are an error where they stand")
  func reasons() throws {
    let mapping = try pools(
      "max: {field: max_size, maximum: 50}\nwait: {field: acquire_timeout, unit: s, minimum: 2s}\n"
        + "idle: {field: min_idle, negative: refused}")
    let reading = mapping.read("max: 90\nwait: 1500ms\nidle: -1\n")
    let pool = try #require(reading.resources.first)
    #expect(pool.mapped("max")?.note == "Acme runs 50 instead of 90: above 50")
    #expect(pool.mapped("wait")?.note == "Acme runs 2000 instead of 1500: below 2000 ms")
    #expect(pool.field("acquire_timeout") == "2000000 us")
    #expect(pool.mapped("idle")?.refusal == "-1 is not allowed")
    #expect(reading.problems.map(\.kind) == [.refused])
    #expect(reading.problems.first?.message == "`idle` of \"pool\": -1 is not allowed")
  }

  @Test("follow other keys, also through limits, and are unknown where those are")
  func following() throws {
    let mapping = try pools(
      "max: {field: max_size, default: 10, maximum: 100, negative: unlimited}\n"
        + "min: {field: min_idle, default: {key: max}, maximum: {key: max}}")
    func idle(_ text: String) -> String {
      mapping.read(text).resources.first?.field("min_idle") ?? "nothing"
    }
    #expect(idle("max: 20\n") == "20")
    #expect(idle("max: 500\n") == "100")
    #expect(idle("max: 20\nmin: 30\n") == "20")
    #expect(idle("max: 20\nmin: 5\n") == "5")
    #expect(idle("min: 30\n") == "10")
    #expect(idle("max: ${MAX}\nmin: 3\n") == "unknown")
    #expect(idle("max: -1\nmin: 3\n") == "3")
  }

  @Test(
    "that a variable fills in are unknown unless their default is written",
    arguments: [
      ("none", "${MAX:-8}", "unknown", Provenance.unknown),
      ("${NAME:-default}", "${MAX:-8}", "8", .placeholder),
      ("${NAME:-default}", "${MAX:8}", "unknown", .unknown),
      ("${NAME:default}", "${db.max:8}", "8", .placeholder),
      ("${NAME:-default}", "${MAX:-${OTHER}}", "unknown", .unknown),
      ("${NAME:-default}", "${MAX}", "unknown", .unknown),
      ("${NAME:-default}", "'{{ .Values.max }}'", "unknown", .unknown),
      ("${NAME:-default}", "${A:-8}${B:-9}", "unknown", .unknown),
    ])
  func templates(form: String, text: String, field: String, provenance: Provenance) throws {
    let mapping = try pools("max: max_size", more: "placeholders: '\(form)'")
    let pool = try #require(mapping.read("max: \(text)\n").resources.first)
    #expect(pool.field("max_size") == field)
    #expect(pool.mapped("max")?.provenance == provenance)
  }

  @Test("have a default for each version of the product")
  func versions() throws {
    let mapping = try pools(
      "max: {field: max_size, default: [{value: 10}, {since: 3.2, value: 20}]}\nx: {}\n"
        + "old: {field: min_idle, default: 1, until: 3}", more: "product_version: 3.5")
    func size(_ version: String?) -> String {
      mapping.read("x: 1\n", version: version).resources.first?.field("max_size") ?? "nothing"
    }
    #expect(size(nil) == "20")
    #expect(size("3.1") == "10")
    #expect(size("3.2") == "20")
    #expect(mapping.read("x: 1\n").resources.first?.mapped("old") == nil)
    #expect(mapping.read("x: 1\n", version: "2").resources.first?.field("min_idle") == "1")
    #expect(mapping.technology.defaultVersion == Version(3, 5))
  }

  @Test("of other types: truth, words, lists and the parts of an address")
  func types() throws {
    let mapping = try pools(
      "borrow: test_on_borrow\nmode: {type: text, words: [session, tx]}\n"
        + "url: {type: address}\nport: {field: target_port, type: count}\nopts.*: {}")
    let reading = mapping.read(
      "borrow: \"off\"\nmode: txx\nurl: jdbc:postgresql://app:s3cret@db:6432/shop\nport: 7000\n"
        + "opts: {a: 1, b: two}\n")
    let pool = try #require(reading.resources.first)
    #expect(pool.field("test_on_borrow") == "false")
    #expect(pool.mapped("mode")?.note == "\"txx\" is none of its words; did you mean \"tx\"?")
    #expect(pool.field("target_host") == "db")
    #expect(pool.field("target_database") == "shop")
    #expect(pool.field("target_product") == "postgresql")
    #expect(pool.field("target_port") == "7000")
    #expect(pool.mapped("url")?.isSecret == true)
    #expect(pool.settings.map(\.key).suffix(2) == ["opts.a", "opts.b"])
    #expect(pool.mapped("opts.b")?.effective == .string("two"))
  }

  @Test("that are secret are masked, also in the lines that findings show")
  func secrets() throws {
    let mapping = try pools(
      "max: max_size\nvault: {secret: true}\npassword: {}\ntoken_url: {secret: false}")
    let text = "max: 5\nvault: hunter2\npassword: abc\ntoken_url: shown\n"
    let reading = mapping.read(text)
    let pool = try #require(reading.resources.first)
    #expect(pool.settings.map(\.isSecret) == [false, true, true, false])
    let source = try #require(reading.sources.first)
    #expect(source.hidden.map { source.text($0) } == ["hunter2", "abc"])
    let twice = try #require(mapping.read("vault: one\nvault: {a: two}\n").sources.first)
    #expect(twice.hidden.map { twice.text($0) } == ["one", "{a: two}"])
    let longer = source.applying([TextEdit(range: 5..<6, replacement: "100")])
    #expect(longer.map { file in file.hidden.map { file.text($0) } } == ["hunter2", "abc"])
  }
}
