import Capacity
import Model
import Policy
import Syntax
import Testing

@Suite("The declared load path")
struct LoadPathReaderTests {
  private func read(_ text: String) throws -> LoadDeclaration {
    try #require(
      try ConfigurationReader.read(SourceText(path: ".headgate.yaml", text: text)).loadPath)
  }

  private static let everything = """
    load_path:
      margin: 10
      target: 0.05
      threads_per_connection: 15
      memory_share: 0.8
      idle_limits: {load balancer: 350s}
      services:
        auth:
          files: [services/auth/**]
          hosts: auth.internal
          to: pgbouncer
          replicas: 4
          max_replicas: 20
          surge: 5
          processes: 2
          threads: 200
          peak: 1000
          hold: 50ms
          request_time: 80ms
          held_at_once: 2
          pools:
            audit: {size: 5, peak: 2, hold: 1s, held_at_once: 1, to: rds}
        rds:
          hosts: [db.example.com]
          memory: 8GiB
          cores: 4
          file_limit: 4096
          max_connections: 500
          reserved: 3
          margin: 20
    """

  @Test("every key is read, times as seconds and sizes as bytes")
  func everything() throws {
    let declaration = try read(Self.everything)
    #expect(declaration.margin?.value == 10)
    #expect(declaration.target == 0.05)
    #expect(declaration.threadsPerConnection?.value == 15)
    #expect(declaration.memoryShare?.value == 0.8)
    #expect(declaration.idleLimits.map(\.name) == ["load balancer"])
    #expect(declaration.idleLimits.first?.value == 350)
    let auth = try #require(declaration.service("auth"))
    #expect(auth.files == ["services/auth/**"])
    #expect(auth.hosts == ["auth.internal"])
    #expect(auth.target == "pgbouncer")
    #expect(auth.numbers[.hold]?.value == 0.05)
    #expect(auth.numbers[.peak]?.value == 1_000)
    #expect(auth.numbers[.heldAtOnce]?.value == 2)
    #expect(auth.pools.first?.size?.value == 5)
    #expect(auth.pools.first?.target == "rds")
    let rds = try #require(declaration.service("rds"))
    #expect(rds.numbers[.memory]?.value == 8_589_934_592)
    #expect(rds.numbers.count == 6)
  }

  @Test("each number knows the line that declares it")
  func places() throws {
    let declaration = try read(Self.everything)
    let setting = try #require(declaration.service("auth")?.numbers[.replicas]?.setting)
    #expect(setting.written == "4")
    #expect(setting.origin?.path == ".headgate.yaml")
    let range = try #require(setting.origin?.range)
    #expect(SourceText(path: "", text: Self.everything).text(range) == "4")
  }

  @Test(
    "a mistake is an error with its place",
    arguments: [
      ("margn: 1", "2:3: error: unknown key `margn` in load_path: did you mean `margin`?"),
      (
        "services: {a: {replicas: 4, max_replicas: 2}}",
        "2:45: error: `max_replicas` is less than `replicas`"
      ),
      ("margin: -1", "2:11: error: `margin` is a whole number of at least 0"),
      ("target: 1", "2:11: error: `target` is a number between 0 and 1"),
      ("memory_share: 90", "2:17: error: `memory_share` is a number between 0 and 1"),
      ("idle_limits: {nlb: 350}", "2:22: error: `nlb` is a time such as 50ms"),
      (
        "services: {a: {replica: 1}}",
        "2:18: error: unknown key `replica` in a service of load_path: did you mean `replicas`?"
      ),
      (
        "services: {a: {replicas: 0}}",
        "2:28: error: `replicas` is a whole number of at least 1"
      ),
      ("services: {a: {hold: 50}}", "2:24: error: `hold` is a time such as 50ms"),
      ("services: {a: {memory: big}}", "2:26: error: `memory` is a size such as 8GiB"),
      ("services: {a: {cores: 0}}", "2:25: error: `cores` is a number above 0"),
      (
        "services: {a: {pools: {p: {sise: 5}}}}",
        "2:30: error: unknown key `sise` in a pool of load_path: did you mean `size`?"
      ),
      ("services: [a]", "2:13: error: services is a mapping of keys to values"),
    ])
  func mistakes(line: String, expected: String) {
    let found = problems { _ = try read("load_path:\n  \(line)\n") }
    #expect(found == [".headgate.yaml:\(expected)"])
  }

  @Test("the JSON Schema has the keys that are read, and no others")
  func schema() throws {
    let document = JSONDocument(try RuleExamples.source("docs/headgate.schema.json"))
    let root = try #require(document.root)
    let path = try #require(root["properties"]?["load_path"]?["properties"])
    let service = try #require(root["$defs"]?["service"]?["properties"])
    let pool = try #require(service["pools"]?["additionalProperties"]?["properties"])
    let keys = [
      ("", path.members.map(\.name)), ("services: {a: ", service.members.map(\.name)),
      ("services: {a: {pools: {p: ", pool.members.map(\.name)),
    ]
    for (prefix, names) in keys {
      #expect(names.count >= 5)
      for name in names {
        let closing = String(repeating: "}", count: prefix.count(where: { $0 == "{" }))
        let inner = prefix.isEmpty ? "\(name): []" : "\(prefix){\(name): []}\(closing)"
        let found = problems { _ = try read("load_path:\n  \(inner)\n") }
        #expect(!found.contains { $0.contains("unknown key") }, "\(name)")
      }
    }
  }
}
