import Catalog
import Model
import Syntax
import Testing

@Suite("PgCat")
struct PgCatTests {
  private func read(
    _ user: String, pool: String = "", general: String = "", version: Version? = nil
  ) -> Reading {
    let text = """
      [general]
      admin_username = "a"
      admin_password = "hunter2"
      \(general)
      [pools.shop]
      \(pool)
      [pools.shop.users.0]
      username = "app"
      password = "secret"
      \(user)
      [pools.shop.shards.0]
      servers = [["10.0.0.5", 5433, "primary"]]
      database = "main"
      """
    return Technology.pgcat.read(
      SourceText(path: "pgcat.toml", text: text),
      ReadingContext(
        files: TreeFiles([:]), versions: version.map { ["pgcat": $0] } ?? [:]))
  }

  @Test(
    "a user's pool runs its own values, those of its pool, or the general ones",
    arguments: [
      ("pool_size = 9", "", "", "pool_size", "9 explicit"),
      ("pool_size = 0", "", "", "pool_size", "?! explicit"),
      ("pool_size = \"9\"", "", "", "pool_size", "?! explicit"),
      ("pool_size = \"${N}\"", "", "", "pool_size", "? unknown"),
      ("pool_size = {{ n }}", "", "", "pool_size", "? unknown"),
      ("", "", "", "pool_size", "? unknown"),
      ("pool_size = 5\nmin_pool_size = 6", "", "", "min_pool_size", "?! explicit"),
      ("pool_size = 5\nmin_pool_size = 5", "", "", "min_pool_size", "5 explicit"),
      ("pool_size = 5", "", "", "connect_timeout", "1000 default"),
      ("pool_size = 5", "", "connect_timeout = 5000", "connect_timeout", "5000 inherited"),
      (
        "pool_size = 5", "connect_timeout = 3000", "connect_timeout = 5000", "connect_timeout",
        "3000 inherited"
      ),
      (
        "pool_size = 5\nconnect_timeout = 2000", "connect_timeout = 3000", "", "connect_timeout",
        "2000 explicit"
      ),
      ("pool_size = 5\nconnect_timeout = 0", "", "", "connect_timeout", "?! explicit"),
      ("pool_size = 5", "", "", "idle_timeout", "600000 default"),
      ("pool_size = 5", "", "", "server_lifetime", "3600000 default"),
      ("pool_size = 5", "", "", "pool_mode", "transaction default"),
      ("pool_size = 5", "pool_mode = \"session\"", "", "pool_mode", "session inherited"),
      ("pool_size = 5\npool_mode = \"statement\"", "", "", "pool_mode", "?! explicit"),
      ("pool_size = 5\npool_sise = 5", "", "", "pool_sise", " clamped"),
      ("pool_size = 5", "", "", "statement_timeout", "0 default disabled"),
    ])
  func values(
    user: String, pool: String, general: String, key: String, expected: String
  ) throws {
    let reading = read(user, pool: pool, general: general)
    let resource = try #require(reading.resources.last)
    #expect(resource.identity.name == "shop.app")
    #expect(shown(resource.setting(key)) == expected)
  }

  @Test(
    "defaults are those of the version",
    arguments: [
      ("idle_timeout", Version(1), "60000 default"),
      ("idle_timeout", Version(1, 1), "600000 default"),
      ("prepared_statements_cache_size", Version(1, 1), "500 default"),
      ("prepared_statements_cache_size", Version(1, 2), "0 default disabled"),
      ("server_lifetime", Version(1), "none"),
    ])
  func versions(key: String, version: Version, expected: String) {
    let resource = read("pool_size = 5", version: version).resources.last
    #expect(shown(resource?.setting(key)) == expected)
  }

  @Test("a pool knows its server, and passwords are secret")
  func facts() {
    let reading = read("pool_size = 5")
    #expect(reading.problems.isEmpty)
    let pool = reading.resources.last
    #expect(field("host", pool) == "string(10.0.0.5)")
    #expect(field("port", pool) == "int(5433)")
    #expect(field("database", pool) == "string(main)")
    #expect(field("query_wait_timeout", pool) == "duration(1000000)")
    #expect(field("max_clients", reading.resources.first) == "int(\(Int64.max))")
    let secrets = reading.resources.flatMap(\.settings).filter(\.isSecret).compactMap(\.written)
    #expect(secrets == ["\"hunter2\"", "\"secret\""])
    #expect(read("").problems.map(\.message) == ["missing field `pool_size`"])
    #expect(read("pool_size = {{ n }}").problems.map(\.kind) == [.unknown])
    #expect(read("pool_size = 07").problems.map(\.kind) == [.syntax])
  }

  @Test(
    "only PgCat's files are taken",
    arguments: [
      ("pgcat.toml", "", Recognition.byName), ("pgcat.minimal.toml", "[general]", .byName),
      ("pooler.toml", "[pools.a.users.0]\npool_size = 1", .byContent),
      ("Cargo.toml", "[package]\nname = \"pgcat\"", .no), ("a.toml", "[pools.a]\nsize = 1", .no),
      ("pgcat.yaml", "a: b", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.pgcat.recognises(file) == expected)
  }
}
