import Catalog
import Model
import Syntax
import Testing

@Suite("Pools of .NET")
struct DotNetPoolTests {
  private func settings(_ strings: [(String, String)]) -> String {
    let members = strings.map { "    \"\($0.0)\": \"\($0.1)\"" }.joined(separator: ",\n")
    return "{\n  // comment\n  \"ConnectionStrings\": {\n\(members)\n  },\n}\n"
  }

  private func pools(_ string: String) -> [any Resource] {
    read(.sqlclient, "appsettings.json", settings([("Main", string)])).resources
  }

  @Test(
    "are known by the keys of their strings",
    arguments: [
      ("Server=(localdb)\\\\mssqllocaldb;Trusted_Connection=True", "sqlclient", nil, nil),
      ("Server=tcp:sql,1444;Initial Catalog=App;User Id=sa;Password=x", "sqlclient", "sql", 1444),
      ("Data Source=.;Initial Catalog=App", "sqlclient", "localhost", 1433),
      (
        "Server=127.0.0.1;Port=5432;Database=a;Username=admin;Password=p;", "npgsql", "127.0.0.1",
        5432
      ),
      ("host = db ; database=a", "npgsql", "db", 5432),
      ("Host=#{DbHost};Database=a", "npgsql", nil, 5432),
      ("DataSource=app.db;Cache=Shared", nil, nil, nil),
      ("Server=db;Port=3306;Database=a;Uid=u", nil, nil, nil),
      ("cache:6379,password=x", nil, nil, nil),
    ] as [(String, String?, String?, Int64?)])
  func providers(string: String, technology: String?, host: String?, port: Int64?) {
    let pool = pools(string).first
    #expect(pool?.identity.technology == technology)
    guard let pool else { return }
    let isUnknown = fact("target_host", pool).text.hasPrefix("unknown")
    #expect(isUnknown == string.contains("#{"))
    if let host { #expect(fact("target_host", pool).text == "string(\(host))") }
    #expect(fact("target_port", pool).text == port.map { "int(\($0))" } ?? "absent")
  }

  @Test("whose provider is not said are counted as unknown")
  func open() {
    let text = settings([("Main", "Server=db;Database=a;User Id=u;Password=p")])
    let reading = read(.sqlclient, "appsettings.json", text)
    #expect(reading.resources.isEmpty && reading.problems.map(\.kind) == [.unknown])
  }

  @Test("are one for each differing string")
  func sharing() {
    let text = settings([("A", "Host=db"), ("B", "Host=db"), ("C", "Host=db;Timeout=5")])
    let pools = read(.sqlclient, "appsettings.json", text).resources
    #expect(pools.map(\.identity.name) == ["A, B", "C"])
    #expect(pools.map { $0.setting("Timeout")?.shown } == ["15", "5"])
  }

  @Test(
    "run their sizes or refuse them",
    arguments: [
      ("Host=db", "100", nil), ("Host=db;MaxPoolSize=20", "20", nil),
      ("Host=db;Max Pool Size=20;MAXIMUM POOL SIZE=30", "30", nil),
      ("Host=db;Maximum Pool Size=5;Minimum Pool Size=6", "?", "is below"),
      ("Host=db;Minimum Pool Size=200", "100", "is below"),
      ("Host=db;Connection Pruning Interval=0", "100", "can't be 0"),
      ("Host=db;Connection Idle Lifetime=5", "100", "is below"),
      ("Server=db,1433;Max Pool Size=0", "?", "below 1"),
      ("Server=db,1433;Max Pool Size=x", "?", "not a whole number"),
      ("Server=db,1433;Max Pool Size=50;Pooling=no", "0", nil),
      ("Server=db,1433;Max Pool Size='40'", "40", nil),
    ] as [(String, String, String?)])
  func sizes(string: String, shown: String, refusal: String?) throws {
    let pool = try #require(pools(string).first)
    let setting = try #require(pool.settings.first { $0.field == "max_size" })
    #expect(setting.shown == shown)
    let refusals = pool.settings.compactMap(\.refusal)
    #expect(refusals.isEmpty == (refusal == nil), "\(refusals)")
    if let refusal { #expect(refusals.contains { $0.contains(refusal) }, "\(refusals)") }
    if shown == "0" { #expect(setting.meaning == .unlimited && setting.provenance == .clamped) }
  }

  @Test("have secrets and places of their own")
  func places() throws {
    let text = settings([("Main", "Server=a\\\\b;Encrypt=true;Pwd=\\\"x;y\\\";Max Pool Size=42")])
    let pool = try #require(read(.sqlclient, "appsettings.json", text).resources.first)
    let range = try #require(pool.setting("Max Pool Size")?.origin?.range)
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == "42")
    #expect(pool.setting("Password")?.isSecret == true)
    #expect(pool.setting("Password")?.effective == .string("x;y"))
  }

  @Test("stand in XML as well, with their provider")
  func xml() throws {
    let text = """
      <configuration><connectionStrings>
        <add name="A" providerName="Npgsql" connectionString="Server=db;Database=&quot;a&quot;" />
        <add name="B" providerName="System.Data.SqlClient" connectionString="Server=db;Max Pool Size=7" />
        <add name="C" providerName="MySql.Data.MySqlClient" connectionString="Server=db" />
      </connectionStrings></configuration>
      """
    let pools = read(.sqlclient, "Web.config", text).resources
    #expect(pools.map(\.identity.technology) == ["npgsql", "sqlclient"])
    #expect(fact("target_database", pools[0]).text == "string(a)")
    #expect(pools[1].setting("Max Pool Size")?.shown == "7")
  }

  @Test("run in the environment that the file's name says")
  func environments() {
    let text = settings([("Main", "Host=db"), ("Other", "Host=db2")])
    let development = read(.sqlclient, "src/appsettings.Development.json", text)
    #expect(development.resources[0].identity.environment == "development")
    let production = ["src/appsettings.Production.json": settings([("Main", "Host=p")])]
    let base = read(.sqlclient, "src/appsettings.json", text, production)
    #expect(base.resources.map(\.identity.environment) == ["default", "production"])
  }

  @Test(
    "are found by their strings",
    arguments: [
      ("appsettings.json", "{\"ConnectionStrings\": {\"A\": \"Host=db\"}}", "sqlclient"),
      ("appsettings.json", "{\"ConnectionStrings:A\": \"Host=db\"}", "sqlclient"),
      ("appsettings.json", "{\"ConnectionStrings\": {\"A\": \"Data Source=a.db\"}}", nil),
      ("appsettings.json", "{\"Logging\": {}}", nil),
      ("other.json", "{\"ConnectionStrings\": {\"A\": \"Host=db\"}}", nil),
      ("web.config", "<configuration><system.web/></configuration>", nil),
    ] as [(String, String, String?)])
  func recognition(path: String, text: String, name: String?) {
    #expect(Catalog.recognise(FileCandidate(path: path, head: Array(text.utf8)))?.name == name)
  }

  @Test("have the defaults of their programs", .enabled(if: SharedData.areHere, "no shared data"))
  func defaults() throws {
    try checkDefaults("Npgsql", pools("Host=db").first)
    try checkDefaults("Microsoft.Data.SqlClient", pools("Server=db,1433").first)
  }

  @Test("survive every cut of their files", .timeLimit(.minutes(15)))
  func cuts() {
    let string = "Server=a\\\\b\\u0041;Pwd=\\\"x;y\\\";a==b=c;Max Pool Size= 4 ;;=;Encrypt"
    checkCuts(.sqlclient, "appsettings.json", settings([("Main", string), ("B", string)]))
    checkCuts(
      .sqlclient, "app.config",
      "<c><connectionStrings><add name='a' connectionString='Host=&quot;d&amp;'/></connectionStrings></c>"
    )
  }
}
