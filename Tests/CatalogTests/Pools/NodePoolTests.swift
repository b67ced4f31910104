import Catalog
import Model
import Syntax
import Testing

@Suite("Pools of Node")
struct NodePoolTests {
  @Test("of Sequelize are those of each environment")
  func sequelize() throws {
    let text = """
      {"development": {"dialect": "sqlite", "storage": "dev.db"},
       "production": {"dialect": "postgres", "host": "db", "username": "u", "password": "p",
        "database": "app", "pool": {"max": 20, "acquire": 3000, "idle": "x"}},
       "staging": {"dialect": "mysql", "use_env_variable": "DATABASE_URL"}}
      """
    let pools = read(.sequelize, "config/config.json", text).resources
    #expect(pools.map(\.identity.environment) == ["production", "staging"])
    let pool = try #require(pools.first)
    #expect(pool.setting("pool.max")?.shown == "20")
    #expect(fact("acquire_timeout", pool).text == "duration(3000000)")
    #expect(pool.setting("pool.idle")?.provenance == .unknown)
    #expect(pool.setting("password")?.isSecret == true)
    #expect(fact("target_port", pool).text == "int(5432)")
    #expect(fact("target_host", pools[1]).text.hasPrefix("unknown"))
  }

  @Test(
    "of Knex wait no longer than the smaller time-out",
    arguments: [
      ("", "60000", Provenance.default), ("\"acquireConnectionTimeout\": 0,", "60000", .clamped),
      ("\"acquireConnectionTimeout\": 9000,", "9000", .explicit),
      ("\"pool\": {\"acquireTimeoutMillis\": 700},", "700", .explicit),
    ])
  func knex(members: String, shown: String, provenance: Provenance) throws {
    let text = "{\"client\": \"pg\", \(members) \"connection\": \"postgres://u:p@db/app\"}"
    let pool = try #require(read(.knex, "knexfile.json", text).resources.first)
    let setting = try #require(pool.setting("acquireConnectionTimeout"))
    #expect(setting.shown == shown)
    #expect(setting.provenance == provenance)
    #expect(fact("target_host", pool).text == "string(db)")
    #expect(pool.setting("connection")?.isSecret == true)
  }

  @Test("of Knex are one connection for SQLite")
  func sqlite() throws {
    let text = "{\"development\": {\"client\": \"sqlite3\", \"connection\": {\"filename\": \"a\"}}}"
    let pool = try #require(read(.knex, "knexfile.json", text).resources.first)
    #expect(pool.setting("pool.max")?.shown == "1")
    #expect(pool.identity.environment == "development")
  }

  @Test(
    "of TypeORM are their driver's",
    arguments: [
      ("postgres", "", "extra.max", "10", Provenance.default),
      ("postgres", "\"poolSize\": 30,", "extra.max", "30", .explicit),
      ("postgres", "\"poolSize\": 30, \"extra\": {\"max\": 40},", "extra.max", "40", .explicit),
      ("postgres", "\"extra\": {\"max\": 0},", "extra.max", "10", .clamped),
      ("mysql", "\"poolSize\": 30,", "extra.connectionLimit", "30", .explicit),
      ("mssql", "\"poolSize\": 30,", "max_size", "30", .explicit),
      ("mssql", "", "max_size", "?", .unknown),
    ])
  func typeorm(
    type: String, members: String, key: String, shown: String, provenance: Provenance
  ) throws {
    let text = "[{\"type\": \"\(type)\", \(members) \"host\": \"db\"}]"
    let pool = try #require(read(.typeorm, "ormconfig.json", text).resources.first)
    let setting = try #require(pool.setting(key))
    #expect(setting.shown == shown && setting.field == "max_size")
    #expect(setting.provenance == provenance)
  }

  @Test("of TypeORM stand in YAML as well")
  func yaml() throws {
    let text =
      "default:\n  x: 1\ntype: postgres\nhost: ${HOST}\nextra:\n  connectionTimeoutMillis: 0\n"
    let pool = try #require(read(.typeorm, "ormconfig.yml", text).resources.first)
    #expect(pool.setting("extra.connectionTimeoutMillis")?.meaning == .forever)
    #expect(fact("target_host", pool).text.hasPrefix("unknown"))
  }

  @Test(
    "are found by their names and the database's kind",
    arguments: [
      ("config/config.json", "{\"test\": {\"dialect\": \"mysql\"}}", "sequelize"),
      ("config.json", "{\"test\": {\"dialect\": \"mysql\"}}", nil),
      ("config/config.json", "{\"test\": {\"dialect\": \"english\"}}", nil),
      ("db/knexfile.json", "{\"client\": \"pg\"}", "knex"), ("knexfile.json", "{}", nil),
      ("ormconfig.json", "{\"type\": \"postgres\"}", "typeorm"),
      ("ormconfig.json", "{\"type\": \"mongodb\"}", nil),
    ] as [(String, String, String?)])
  func recognition(path: String, text: String, name: String?) {
    #expect(Catalog.recognise(FileCandidate(path: path, head: Array(text.utf8)))?.name == name)
  }

  @Test("have the defaults of their programs", .enabled(if: SharedData.areHere, "no shared data"))
  func defaults() throws {
    let sequelize = read(.sequelize, "config/config.json", "{\"dialect\": \"mysql\"}")
    try checkDefaults("Sequelize", sequelize.resources.first)
    try checkDefaults("Knex", read(.knex, "knexfile.json", "{\"client\": \"pg\"}").resources.first)
    let typeorm = read(.typeorm, "ormconfig.json", "{\"type\": \"postgres\"}")
    try checkDefaults("TypeORM", typeorm.resources.first)
  }

  @Test("survive every cut of their files", .timeLimit(.minutes(15)))
  func cuts() {
    let text =
      "{\"a\": {\"dialect\": \"mysql\", \"client\": \"pg\", \"type\": \"mysql\","
      + " \"pool\": {\"max\": 1e99, \"min\": [1]}, \"port\": -1.5, \"url\": \"mysql://h\"}}"
    checkCuts(.sequelize, "config/config.json", text)
    checkCuts(.knex, "knexfile.json", text)
    checkCuts(.typeorm, "ormconfig.json", "[\(text.dropFirst(6).dropLast())]")
    checkCuts(.typeorm, "ormconfig.yml", "type: mysql\nextra: &a\n  <<: *a\n  x: [1, {a: b}]\n")
  }
}

@Suite(
  "Pools of real projects", .enabled(if: SharedData.areHere, "the shared corpora are not here"))
struct PoolCorpusTests {
  @Test("every file of a product is recognised, and no other one")
  func recognition() {
    var found: [String: Set<String>] = [:]
    let names: Set<String> = [
      "sqlalchemy", "airflow", "psycopg-pool", "database-url", "prisma", "sqlclient", "npgsql",
      "rails", "sequelize", "knex", "typeorm",
    ]
    for corpus in ["nginx", "pools", "stack"] {
      for file in SharedData.corpus(corpus) {
        let head = Array(file.bytes.prefix(FileCandidate.sniffLimit))
        let candidate = FileCandidate(path: file.path, head: head)
        guard let name = Catalog.recognise(candidate)?.name, names.contains(name) else { continue }
        found[name, default: []].insert(file.path)
      }
    }
    #expect(found.mapValues(\.count) == ["prisma": 14, "rails": 2, "sqlclient": 6, "typeorm": 1])
  }

  @Test(
    "a file that is code is said, and not passed over",
    arguments: ["knexfile.js", "knexfile.ts", "db/knexfile.cjs", "ormconfig.js"])
  func code(path: String) throws {
    let source = SourceText(path: path, text: "module.exports = {pool: {max: 5}}\n")
    let technology = try #require(
      Catalog.recognise(FileCandidate(path: path, head: source.bytes)))
    let reading = technology.read(source, ReadingContext(files: TreeFiles([:])))
    #expect(reading.resources.isEmpty)
    #expect(reading.problems.map(\.kind) == [.unknown])
  }
}
