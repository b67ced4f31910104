import Catalog
import Model
import Syntax
import Testing

@Suite("Odyssey")
struct OdysseyTests {
  /// Reads a route with the lines of `text`, after those of `global`.
  private func read(
    _ text: String, global: String = "", files: [String: String] = [:],
    version: Version? = nil
  ) -> Reading {
    let source = """
      \(global)
      listen { host "*" port 6432 }
      storage "db" { type "remote" host "10.0.0.5" port 5433 }
      database "shop" {
        user "app" {
          authentication "none"
          storage "db"
          \(text)
        }
      }
      """
    let context = ReadingContext(
      files: TreeFiles(files), versions: version.map { ["odyssey": $0] } ?? [:])
    return Technology.odyssey.read(SourceText(path: "odyssey.conf", text: source), context)
  }

  @Test(
    "values and defaults of a route are Odyssey's",
    arguments: [
      ("pool \"session\"", "pool_size", "0 default unlimited"),
      ("pool \"session\" pool_size 0", "pool_size", "0 explicit unlimited"),
      ("pool \"session\" pool_size 10", "pool_size", "10 explicit"),
      ("pool \"session\" pool_size -1", "pool_size", "?! explicit"),
      ("pool \"session\" pool_size \"10\"", "pool_size", "?! explicit"),
      ("pool \"session\" pool_size {{ n }}", "pool_size", "? unknown"),
      ("pool \"session\" pool_size 10 pool_size 20", "pool_size", "20 explicit"),
      ("pool \"session\"", "pool_timeout", "0 default forever"),
      ("pool \"session\" pool_timeout 4000", "pool_timeout", "4000 explicit"),
      ("pool \"session\"", "server_lifetime", "3600 default"),
      ("pool \"session\" server_lifetime 0", "server_lifetime", "0 explicit forever"),
      ("pool \"session\"", "pool_ttl", "0 default forever"),
      ("pool \"bogus\"", "pool", "?! explicit"), ("pool session", "pool", " default"),
      ("pool \"session\" client_max 100", "client_max", "100 explicit"),
      ("pool \"session\" min_pool_size 5", "min_pool_size", "5 explicit"),
      ("pool \"session\" storage_password \"x\"", "storage_password", "x explicit"),
    ])
  func values(text: String, key: String, expected: String) throws {
    let route = try #require(read(text).resources.last)
    #expect(route.kind == .poolerDatabase)
    #expect(shown(route.setting(key)) == expected)
  }

  @Test(
    "values and defaults outside blocks are Odyssey's",
    arguments: [
      ("", "client_max", "0 default unlimited"), ("client_max 200", "client_max", "200 explicit"),
      ("", "client_max_routing", "64 default"),
      ("workers 4", "client_max_routing", "256 default"),
      ("workers 4 client_max_routing 0", "client_max_routing", "256 clamped"),
      ("workers \"auto\"", "workers", "? unknown"),
      ("workers \"auto\"", "client_max_routing", "? unknown"),
      ("workers 0", "workers", "?! explicit"),
    ])
  func global(text: String, key: String, expected: String) throws {
    let pooler = try #require(read("pool \"session\"", global: text).resources.first)
    #expect(pooler.kind == .pooler)
    #expect(shown(pooler.setting(key)) == expected)
  }

  @Test("a route knows its server, its limit of clients and what it shares")
  func facts() throws {
    let reading = read(
      "pool \"transaction\" storage_db \"main\" shared_pool \"few\"",
      global: "client_max 300\nshared_pool \"few\" { pool_size 7 }")
    let route = try #require(reading.resources.last)
    #expect(reading.problems.isEmpty)
    #expect(route.identity.name == "shop.app")
    for (name, value) in [
      ("host", "string(10.0.0.5)"), ("port", "int(5433)"), ("database", "string(main)"),
      ("max_db_clients", "int(300)"), ("pool_size", "int(7)"), ("pool_mode", "string(transaction)"),
    ] {
      #expect(field(name, route) == value, "\(name)")
    }
    let secrets = read("pool \"session\" storage_password \"hunter2\"").resources.last?.settings
    #expect(secrets?.first { $0.key == "storage_password" }?.isSecret == true)
  }

  @Test(
    "what Odyssey does not start with is refused",
    arguments: [
      ("", "", "pooling mode is not set"), ("pool \"session\" storage \"dv\"", "", "no rule"),
      ("pool \"session\" pool_sise 10", "", "unknown option pool_sise"),
      ("pool \"session\"", "worker 4", "unknown option worker"),
      (
        "pool \"session\" pool_size 1 shared_pool \"s\"", "shared_pool \"s\" { pool_size 2 }",
        "shared_pool and pool_size"
      ),
    ])
  func refusals(text: String, global: String, message: String) {
    let problems = read(text, global: global).problems
    #expect(problems.contains { $0.kind == .refused && $0.message.hasPrefix(message) })
  }

  @Test("routes of the console are left out, and included files are read")
  func includes() {
    let local = "storage \"l\" { type \"local\" }\n"
    let console = "database \"c\" { user default { storage \"l\" pool \"session\" } }\n"
    let files = ["more.conf": console + "client_max 5\n"]
    let reading = read("pool \"session\"", global: local + "include \"more.conf\"", files: files)
    #expect(reading.problems.isEmpty)
    #expect(reading.resources.map(\.identity.name) == ["odyssey", "shop.app"])
    #expect(reading.resources[0].setting("client_max")?.shown == "5")
    #expect(reading.included == ["more.conf"])
    #expect(read("pool \"session\" authentication \"block\"").resources.count == 1)
    let missing = read("pool \"session\"", global: "include \"none.conf\"")
    #expect(missing.problems.map(\.kind) == [.unreadable])
    let loop = read(
      "pool \"session\"", global: "include \"a.conf\"", files: ["a.conf": "include \"a.conf\""])
    #expect(loop.problems.map(\.kind) == [.unreadable])
  }

  @Test(
    "only Odyssey's files are taken",
    arguments: [
      ("odyssey.conf", "daemonize no\n", Recognition.byName), ("odyssey.conf", "", .byName),
      ("etc/config.conf", "storage \"a\" { type \"remote\" }\n", .byContent),
      ("x.conf", "database default {\n user default {\n pool \"session\"\n}}\n", .byContent),
      ("odyssey.conf", "server { listen 80; }\nroot /srv/x;\n", .no),
      ("a.conf", "storage \"a\";\n", .no), ("named.conf", "database \"x\" { type ndb; };\n", .no),
      ("odyssey.yaml", "a: b\n", .no), ("slapd.conf", "database mdb\nsuffix \"dc=x\"\n", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.odyssey.recognises(file) == expected)
  }
}
