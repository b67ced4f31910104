import Catalog
import Model
import Syntax
import Testing

@Suite("Pools in addresses of databases")
struct AddressPoolTests {
  @Test(
    "belong to the program whose parameters they have",
    arguments: [
      ("postgresql://u:p@db/app?connection_limit=5&pool_timeout=0", "prisma", "5"),
      ("postgresql://u:p@db/app?schema=public", "prisma", "?"),
      ("postgres://u:p@db/app?pool_max_conns=12&pool_max_conn_lifetime=1h30m", "pgxpool", "12"),
      ("postgres://u:p@db/app?pool_min_conns=2", "pgxpool", "?"),
      ("postgresql+psycopg://u:p@db/app?pool_size=20", "database-url", "?"),
      ("postgres://u:p@db/app?conn_max_age=600", "database-url", "?"),
      ("jdbc:postgresql://db:5433/app", "database-url", "?"),
    ] as [(String, String, String)])
  func dialects(address: String, technology: String, size: String) throws {
    let reading = read(.environmentFile, ".env", "A=1\nDATABASE_URL=\"\(address)\"\n")
    let pool = try #require(reading.resources.first)
    #expect(pool.identity.technology == technology)
    #expect(pool.identity.name == "DATABASE_URL")
    #expect(pool.settings.first { $0.field == "max_size" }?.shown == size)
    #expect(fact("target_host", pool).text == "string(db)")
    #expect(pool.setting("url")?.isSecret == address.contains("u:p"))
  }

  @Test("say where a parameter stands and what its zero means")
  func parameters() throws {
    let text = "DATABASE_URL=mysql://db/app?connection_limit=7&pool_timeout=0\n"
    let pool = try #require(read(.environmentFile, ".env", text).resources.first)
    let limit = try #require(pool.setting("connection_limit"))
    let range = try #require(limit.origin?.range)
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == "7")
    #expect(pool.setting("pool_timeout")?.meaning == .forever)
    #expect(fact("target_port", pool).text == "int(3306)")
  }

  @Test("read durations of Go, and refuse what is none")
  func durations() throws {
    let text = "U=postgres://db/a?pool_max_conn_lifetime=1h30m&pool_max_conn_idle_time=90\n"
    let pool = try #require(read(.environmentFile, "x.env", text).resources.first)
    #expect(pool.setting("pool_max_conn_lifetime")?.effective == .double(5_400))
    #expect(pool.setting("pool_max_conn_idle_time")?.refusal?.contains("invalid duration") == true)
  }

  @Test("take other variables of their file, and leave templates unknown")
  func references() throws {
    let text = "HOST=db\nA=postgres://${HOST}/app?pool_max_conns=3\nB=postgres://u@${NO}:1/app\n"
    let pools = read(.environmentFile, ".env.staging", text).resources
    #expect(pools.map { fact("target_host", $0).text.prefix(10) } == ["string(db)", "unknown(a "])
    #expect(fact("target_database", pools[1]).text == "string(app)")
    #expect(pools[0].setting("pool_max_conns")?.shown == "3")
    #expect(pools[0].identity.environment.contains("staging"))
  }

  @Test("of Prisma are in its schema, with the variable from the file above")
  func schema() throws {
    let schema = """
      // database
      datasource db {
        provider  = "postgresql" // ours
        url       = env("DATABASE_URL")
        directUrl = env("DIRECT_URL")
      }
      datasource files {
        provider = "sqlite"
        url = "file:dev.db"
      }
      """
    let variables = "OTHER=mysql://db2/x\nDATABASE_URL='postgresql://db/app?connection_limit=9'\n"
    let files = [".env": variables, "prisma/schema.prisma": schema]
    let reading = read(.prisma, "prisma/schema.prisma", schema, files)
    let pool = try #require(reading.resources.first)
    #expect(reading.resources.count == 1 && reading.included.isEmpty)
    #expect(pool.setting("connection_limit")?.shown == "9")
    #expect(pool.setting("connection_limit")?.origin?.path == ".env")
    // The file's own reading leaves that variable to the schema.
    let rest = read(.environmentFile, ".env", variables, files)
    #expect(rest.resources.map(\.identity.name) == ["OTHER"])
  }

  @Test("of Prisma are unknown where the variable is nowhere")
  func hidden() throws {
    let schema = "datasource db {\n  provider = \"mysql\"\n  url = env(\"DB\")\n}\n"
    let pool = try #require(read(.prisma, "schema.prisma", schema).resources.first)
    #expect(pool.settings.allSatisfy { $0.provenance == .unknown })
    #expect(fact("target_host", pool).text.hasPrefix("unknown"))
    let server = schema.replacing("mysql", with: "sqlserver")
    #expect(read(.prisma, "schema.prisma", server).problems.map(\.kind) == [.unknown])
  }

  @Test(
    "are found by their values",
    arguments: [
      (".env", "A=postgres://db/a", "database-url"),
      ("a/.env.production", "A=mysql://db/a\n", "database-url"),
      ("tb.env", "SPRING_DATASOURCE_URL=jdbc:postgresql://db/a", nil),
      (".env", "PORT=80\nREDIS=redis://r", nil), (".env.example", "A=postgres://db/a", nil),
      ("docker/web.env", "ConnectionStrings__Main=Host=db", "database-url"),
      ("a.txt", "A=postgres://db/a", nil), ("schema.prisma", "datasource db {\n}\n", "prisma"),
      ("models.prisma", "model A {\n}\n", nil),
    ] as [(String, String, String?)])
  func recognition(path: String, text: String, name: String?) {
    #expect(Catalog.recognise(FileCandidate(path: path, head: Array(text.utf8)))?.name == name)
  }

  @Test("have the defaults of their programs", .enabled(if: SharedData.areHere, "no shared data"))
  func defaults() throws {
    let prisma = read(.environmentFile, ".env", "A=postgres://db/a?schema=x")
    try checkDefaults("Prisma", prisma.resources.first, unknown: ["connection_limit"])
    let pgx = read(.environmentFile, ".env", "A=postgres://db/a?pool_min_conns=0")
    try checkDefaults(
      "pgxpool", pgx.resources.first, unknown: ["pool_max_conns"], units: ["h": 3_600, "m": 60])
  }

  @Test("survive every cut of their files", .timeLimit(.minutes(15)))
  func cuts() {
    let text =
      "H=${A}\nA=\"postgres://u:p@[::1]:5/${H}?pool_max_conns=1&=&schema=\\n#\"\n"
      + "ConnectionStrings__A='Host=db;Password=\"a;b\";Max Pool Size=3'\nexport B=jdbc:x://y\n"
    checkCuts(.environmentFile, ".env", text)
    let schema = "datasource db {\n url = env(\"A\") // x\n provider = \"mysql\"\n}\n"
    checkCuts(.prisma, "schema.prisma", schema, [".env": text])
  }
}

/// Compares a pool of which nothing is written with its table in `data/defaults.json`.
func checkDefaults(
  _ product: String, _ pool: (any Resource)?, unknown: Set<String> = [],
  units: [Character: Double] = [:], strip: String = ""
) throws {
  let pool = try #require(pool)
  let tables = try #require(SharedData.json("data/defaults.json")?["technologies"]).elements
  let table = try #require(tables.first { $0["technology"]?.json.stringValue == product })
  let rows = try #require(table["keys"]).elements
  #expect(!rows.isEmpty)
  for row in rows {
    let name = try #require(row["key"]?.json.stringValue)
    let setting = try #require(
      pool.setting(name.replacing(strip, with: "", maxReplacements: 1)) ?? pool.setting(name),
      "\(name)")
    if unknown.contains(name) {
      #expect(setting.effective == nil, "\(name)")
    } else if let json = row["default"]?.json, let number = json.doubleValue {
      #expect(Double(setting.shown) == number, "\(name)")
    } else if let text = row["default"]?.json.stringValue, let unit = text.last,
      let factor = units[unit], let number = Double(text.dropLast())
    {
      #expect(Double(setting.shown) == number * factor, "\(name)")
    } else {
      let json = row["default"]?.json ?? .null
      #expect(setting.shown == (json == .null ? "" : json.stringValue ?? json.text()), "\(name)")
    }
  }
}
