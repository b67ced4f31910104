import Catalog
import Model
import Syntax
import Testing

@Suite("Pools of Rails")
struct RailsPoolTests {
  private static let text = """
    # PostgreSQL
    default: &default
      adapter: postgresql
      pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 5 } %>
      host: db

    development:
      <<: *default
      database: app_development

    test:
      <<: *default
      database: app_test<%= ENV['TEST_ENV_NUMBER'] %>
      pool: 1

    production:
      primary: &primary
        <<: *default
        database: app
        password: <%= ENV["APP_PASSWORD"] %>
      cache:
        <<: *primary
        database: cache
        checkout_timeout: 2.5
        idle_timeout: 0
    """

  private func read(_ text: String, version: Version? = nil) -> Reading {
    Technology.rails.read(
      SourceText(path: "config/database.yml", text: text),
      ReadingContext(files: TreeFiles([:]), versions: version.map { ["rails": $0] } ?? [:]))
  }

  private func pool(_ lines: String) throws -> any Resource {
    let body = lines.split(separator: "\n").map { "  \($0)\n" }.joined()
    return try #require(read("production:\n  adapter: mysql2\n" + body).resources.first)
  }

  @Test("are those of each environment and database")
  func environments() throws {
    let reading = read(Self.text)
    #expect(reading.problems.isEmpty)
    let pools = reading.resources
    #expect(
      pools.map(\.identity.name) == [
        "development", "test", "production primary", "production cache",
      ])
    #expect(
      pools.map(\.identity.environment) == ["development", "test", "production", "production"])
    #expect(pools.map { $0.setting("max_connections")?.shown } == ["5", "1", "5", "5"])
    let provenances = pools.map { $0.setting("max_connections")?.provenance }
    #expect(provenances == [.placeholder, .explicit, .placeholder, .placeholder])
    #expect(fact("target_port", pools[0]).text == "int(5432)")
    #expect(fact("target_database", pools[1]).text.hasPrefix("unknown(the variable TEST_ENV"))
    let cache = pools[3]
    #expect(cache.setting("checkout_timeout")?.effective == .double(2.5))
    #expect(cache.setting("idle_timeout")?.meaning == .forever)
    let password = try #require(pools[2].setting("password"))
    #expect(password.isSecret && password.effective == nil)
    #expect(fact("target_host", cache).text == "string(db)")
  }

  @Test(
    "have what Ruby stands for, where it is a variable with a default",
    arguments: [
      ("<%= ENV.fetch('A', 7) %>", "7", Provenance.placeholder),
      ("<%= ENV.fetch(\"A\") { 7 } %>", "7", .placeholder),
      ("<%= ENV[\"A\"] || 7 %>", "7", .placeholder),
      ("<%= ENV.fetch(\"A\") { ENV.fetch(\"B\", \"9\") }.to_i -%>", "9", .placeholder),
      ("\"<%= ENV.fetch('A', 7) %>\"", "7", .placeholder), ("<%= 8 %>", "8", .explicit),
      ("<%= ENV.fetch(\"A\") %>", "?", .unknown), ("<%= ENV['A'] %>", "?", .unknown),
      ("<%= Threads.count * 2 %>", "?", .unknown), ("<%= ENV.fetch(\"A\") { x } %>", "?", .unknown),
      ("\"12\"", "12", .explicit), ("twelve", "?", .unknown), ("", "?", .unknown),
    ] as [(String, String, Provenance)])
  func ruby(value: String, shown: String, provenance: Provenance) throws {
    let setting = try #require(try pool("pool: \(value)").setting("max_connections"))
    #expect(setting.shown == shown)
    #expect(setting.provenance == provenance)
  }

  @Test("say that code decides what stands in a file")
  func code() {
    let text = "production:\n  adapter: mysql2\n<% if a %>\n  pool: 3\n<% end %>\n"
    #expect(read(text).problems.map(\.kind) == [.unknown, .unknown])
  }

  @Test("are sized by the parameters of their address")
  func address() throws {
    let pool = try pool("url: mysql2://u:p@h/a?pool=12")
    #expect(pool.setting("max_connections")?.shown == "12")
    #expect(fact("target_host", pool).text == "string(h)")
    #expect(pool.setting("url")?.isSecret == true)
    let hidden = try self.pool("url: <%= ENV['DATABASE_URL'] %>")
    #expect(fact("target_host", hidden).text.hasPrefix("unknown"))
  }

  @Test(
    "refuse an older name beside the newer ones",
    arguments: [
      ("  pool: 5\n  max_connections: 6\n", 1), ("  pool: 5\n  max_connections: 5\n", 0),
      ("  pool: 5\n  min_connections: 1\n", 1), ("  max_connections: -1\n", 0),
    ])
  func ambiguity(lines: String, count: Int) {
    let text = "production:\n  adapter: mysql2\n" + lines
    #expect(read(text).problems.count { $0.kind == .refused } == count)
    #expect(read(text, version: Version(8, 0)).problems.isEmpty)
  }

  @Test("are found by an adapter in a file of their name")
  func recognition() {
    func name(_ path: String, _ text: String) -> String? {
      Catalog.recognise(FileCandidate(path: path, head: Array(text.utf8)))?.name
    }
    #expect(name("config/database.yml", Self.text) == "rails")
    #expect(name("config/database.yml", "production:\n  dialect: postgres\n") == nil)
    #expect(name("config/other.yml", Self.text) != "rails")
  }

  @Test("have the defaults of Rails", .enabled(if: SharedData.areHere, "no shared data"))
  func defaults() throws {
    try checkDefaults("Rails Active Record", try pool("database: a"))
  }

  @Test("survive every cut of their files", .timeLimit(.minutes(15)))
  func cuts() { checkCuts(.rails, "config/database.yml", Self.text) }
}
