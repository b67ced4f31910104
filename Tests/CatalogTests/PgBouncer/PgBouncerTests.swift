import Catalog
import Model
import Syntax
import Testing

@Suite("PgBouncer")
struct PgBouncerTests {
  private func read(
    _ text: String, version: Version? = Version(1, 25, 2), files: [String: String] = [:],
    path: String = "pgbouncer.ini"
  ) -> Reading {
    let context = ReadingContext(
      files: TreeFiles(files), versions: version.map { ["pgbouncer": $0] } ?? [:])
    return Technology.pgbouncer.read(SourceText(path: path, text: text), context)
  }

  private func setting(_ text: String, _ key: String) throws -> Setting {
    let pooler = try #require(read("[pgbouncer]\n" + text).resources.first)
    return try #require(pooler.setting(key))
  }

  @Test(
    "explains what does not run as written",
    arguments: [
      ("default_pool_size = 010", "8", "010 is octal and runs as 8"),
      ("default_pool_size = 0x1F", "31", "0x1F is hexadecimal and runs as 31"),
      ("default_pool_size = 4294967297", "1", "4294967297 does not fit 32 bits and runs as 1"),
      (
        "default_pool_size = 99999999999999999999", "-1",
        "99999999999999999999 does not fit 32 bits and runs as -1"
      ),
    ])
  func notes(text: String, effective: String, note: String) throws {
    let setting = try setting(text, "default_pool_size")
    #expect(setting.shown == effective)
    #expect(setting.note == note)
    #expect(setting.provenance == .clamped)
  }

  @Test(
    "knows what 0 means",
    arguments: [
      ("query_wait_timeout", Meaning.forever), ("server_lifetime", .immediate),
      ("max_db_connections", .unlimited), ("default_pool_size", .unlimited),
      ("reserve_pool_timeout", .disabled), ("idle_transaction_timeout", .disabled),
    ])
  func meanings(key: String, meaning: Meaning) throws {
    #expect(try setting("\(key) = 0", key).meaning == meaning)
    #expect(try setting("\(key) = 7", key).meaning == nil)
  }

  @Test(
    "says why PgBouncer does not start",
    arguments: [
      ("default_pool_size = 20 ; c", "default_pool_size"),
      ("default_pool_size =", "default_pool_size"),
      ("default_pool_size = 20.5", "default_pool_size"),
      ("server_round_robin = yes", "server_round_robin"),
      ("query_wait_timeout = -1", "query_wait_timeout"),
      ("query_wait_timeout = 1s", "query_wait_timeout"),
      ("pool_mode = pooled", "pool_mode"), ("auth_type = oauth", "auth_type"),
    ])
  func refusals(text: String, key: String) throws {
    let setting = try setting(text, key)
    let value = text.dropFirst(key.count).drop { " =".contains($0) }
    #expect(setting.refusal == "invalid value \"\(value)\" for parameter \(key)")
    #expect(setting.effective == nil)
  }

  /// `⟦…⟧` marks the bytes that the problem must name.
  @Test(
    "names what PgBouncer refuses",
    arguments: [
      (
        "[pgbouncer]\n⟦max_client_con⟧ = 5", "unknown parameter: max_client_con",
        "did you mean max_client_conn?"
      ),
      (
        "[pgbouncer]\n⟦Pool_Mode⟧ = session", "unknown parameter: Pool_Mode",
        "keys are case-sensitive: write pool_mode"
      ),
      ("⟦[Pgbouncer]⟧\n[pgbouncer]", "invalid section \"Pgbouncer\"", "did you mean [pgbouncer]?"),
      ("⟦a⟧ = 1\n[pgbouncer]", "value without section: a", nil),
      (
        "⟦[⟧databases]\na = host=b", "main section missing from config file",
        "add a [pgbouncer] section"
      ),
      (
        "[pgbouncer]\n[databases]\n⟦pgbouncer⟧ = host=a", "database name \"pgbouncer\" is reserved",
        nil
      ),
      (
        "[pgbouncer]\n[databases]\na = ⟦poolsize⟧=3", "unrecognized connection parameter: poolsize",
        "did you mean pool_size?"
      ),
      (
        "[pgbouncer]\n[databases]\na = host=b ⟦c⟧", "syntax error in connection string",
        "write key=value pairs with spaces between them; values with spaces stand in '…'"
      ),
      (
        "[pgbouncer]\n[databases]\na = ⟦host='b⟧", "syntax error in connection string",
        "write key=value pairs with spaces between them; values with spaces stand in '…'"
      ),
      ("[pgbouncer]\n[users]\na = ⟦host⟧=3", "unrecognized user parameter: host", nil),
      (
        "[pgbouncer]\ndefault_pool_size = ⟦x⟧\ndefault_pool_size = 5",
        "invalid value \"x\" for parameter default_pool_size", nil
      ),
      (
        "[pgbouncer]\ndefault_pool_size = ⟦x⟧\n[pgbouncer]",
        "invalid value \"x\" for parameter default_pool_size", nil
      ),
    ] as [(String, String, String?)])
  func problems(marked: String, message: String, help: String?) throws {
    let before = try #require(marked.split(separator: "⟦", omittingEmptySubsequences: false).first)
    let marks = marked.split(whereSeparator: { $0 == "⟦" || $0 == "⟧" })
    let reading = read(marked.filter { $0 != "⟦" && $0 != "⟧" })
    let problem = try #require(reading.problems.first)
    #expect(reading.problems.count == 1)
    #expect(problem.message == message)
    #expect(problem.help == help)
    #expect(problem.kind == .refused)
    #expect(problem.origin.range.lowerBound == before.utf8.count)
    #expect(marks.contains { $0.utf8.count == problem.origin.range.count })
  }

  @Test("a mistake in the fallback entry or in a replaced one is said as well")
  func fallbackAndReplaced() {
    let text = """
      [pgbouncer]
      [databases]
      a = port=x
      a = port=5432
      * = pool_mode=x poolsize=1
      """
    let reading = read(text)
    #expect(
      reading.problems.map(\.message) == [
        "invalid port: x",
        "unrecognized connection parameter: poolsize; "
          + "PgBouncer starts, and every fallback connection fails",
        "invalid pool mode: x; PgBouncer starts, and every fallback connection fails",
      ])
    #expect(reading.resources.flatMap { $0.settings.compactMap(\.refusal) } == [])
  }

  @Test("a replaced user line is refused all the same, as is a value written twice on a line")
  func replacedValues() {
    let users = read("[pgbouncer]\n[users]\nu = pool_mode=x\nu = pool_mode=session\n")
    #expect(users.problems.map(\.message) == ["invalid pool mode: x"])
    let pairs = read("[pgbouncer]\n[databases]\na = port=x port=1\n")
    #expect(pairs.problems.map(\.message) == ["invalid port: x"])
  }

  @Test("a time without end is read and does not fit", arguments: ["inf", "nan", "1e300"])
  func endlessTimes(text: String) throws {
    let setting = try setting("server_lifetime = \(text)", "server_lifetime")
    #expect(setting.effective == .int(9_223_372_036_854))
    #expect(setting.provenance == .clamped)
  }

  @Test("a repeated section resets what has a default, and says so")
  func repeatedSection() throws {
    let text = """
      [pgbouncer]
      listen_port = 6432
      pool_mode = transaction
      max_client_conn = 400
      auth_file = users.txt
      reserve_pool_size = 5

      [pgbouncer]
      reserve_pool_size = 9
      """
    let reading = read(text)
    let pooler = try #require(reading.resources.first)
    let mode = try #require(pooler.setting("pool_mode"))
    #expect(mode.shown == "session")
    #expect(mode.written == "transaction")
    #expect(mode.provenance == .clamped)
    #expect(mode.note == "the [pgbouncer] header at line 8 resets it to its default")
    #expect(pooler.setting("reserve_pool_size")?.shown == "9")
    #expect(pooler.setting("auth_file")?.shown == "users.txt")
    #expect(pooler.setting("listen_port")?.provenance == .explicit)
    let field = try #require(KindSchema.pooler.field(named: "repeated_section"))
    #expect(pooler.value(of: field).text == "int(2)")
    let header = try #require(pooler.setting(for: field))
    #expect(
      header.note == "this header puts back to their defaults: "
        + "max_client_conn (400, line 4), pool_mode (transaction, line 3)")
    let source = try #require(reading.sources.first)
    #expect(source.line(of: header) == 8)
  }

  @Test("a section that is not repeated resets nothing")
  func singleSection() throws {
    let pooler = try #require(
      read("[pgbouncer]\nmax_client_conn = 5\n[databases]\n").resources.first)
    let field = try #require(KindSchema.pooler.field(named: "repeated_section"))
    #expect(pooler.value(of: field).text == "int(0)")
    #expect(pooler.setting(for: field) == nil)
  }

  @Test("an included header resets, too, and names the file")
  func includedSection() throws {
    let reading = read(
      "[pgbouncer]\nmax_client_conn = 400\n%include more.ini\npool_mode = statement\n",
      files: ["more.ini": "[pgbouncer]\nmin_pool_size = 1\n"])
    let pooler = try #require(reading.resources.first)
    #expect(
      pooler.setting("max_client_conn")?.note
        == "the [pgbouncer] header at more.ini:1 resets it to its default")
    #expect(pooler.setting("min_pool_size")?.origin?.path == "more.ini")
    #expect(pooler.setting("pool_mode")?.shown == "statement")
    #expect(reading.included == ["more.ini"])
  }

  @Test("includes are sought in the working directory, then beside the file")
  func includePlaces() {
    let text = "[pgbouncer]\n%include more.ini\n"
    let beside = read(text, files: ["etc/more.ini": "verbose = 1\n"], path: "etc/pgbouncer.ini")
    #expect(beside.problems == [])
    #expect(beside.included == ["etc/more.ini"])
    let root = read(
      text, files: ["etc/more.ini": "", "more.ini": "verbose = 1\n"], path: "etc/pgbouncer.ini")
    #expect(root.included == ["more.ini"])
    let missing = read(text, path: "etc/pgbouncer.ini")
    #expect(missing.problems.map(\.kind) == [.unreadable])
    #expect(
      missing.problems.map(\.message) == ["could not load \"more.ini\": no such file"])
  }

  @Test("files that include each other end")
  func cycle() {
    let text = "[pgbouncer]\n%include pgbouncer.ini\n"
    for (path, chain) in [
      ("pgbouncer.ini", "pgbouncer.ini → pgbouncer.ini"),
      ("etc/pgbouncer.ini", "etc/pgbouncer.ini → etc/pgbouncer.ini"),
      ("./pgbouncer.ini", "./pgbouncer.ini → pgbouncer.ini"),
    ] {
      var files = [path: text]
      if path.hasPrefix("./") { files["pgbouncer.ini"] = text }
      let reading = read(text, files: files, path: path)
      #expect(reading.problems.map(\.kind) == [.unreadable])
      #expect(
        reading.problems.map(\.message) == ["include nesting level too deep: \(chain)"])
      #expect(reading.included == [])
    }
  }

  @Test(
    "passwords are secret in every spelling",
    arguments: [
      ("password='a''b'", "password", true), ("password=a", "password", true),
      ("connect_query='set role x password ''y'''", "connect_query", true),
      ("connect_query='select 1'", "connect_query", false),
      ("auth_query='select usename, passwd from pg_shadow where usename=$1'", "auth_query", false),
    ])
  func secrets(pair: String, key: String, isSecret: Bool) throws {
    let reading = read("[databases]\na = host=h \(pair)\n[pgbouncer]\n")
    #expect(reading.problems == [])
    #expect(reading.resources.last?.setting(key)?.isSecret == isSecret)
  }

  @Test("database settings fall back to the global ones")
  func databases() throws {
    let reading = read(
      """
      [databases]
      a = host=h pool_size=-1 password='s e c' min_pool_size=10k
      * = host=h
      [pgbouncer]
      default_pool_size = 30
      pool_mode = transaction
      """)
    #expect(reading.resources.map(\.identity.name) == ["pgbouncer", "a", "*"])
    let database = reading.resources[1]
    let size = try #require(database.setting("pool_size"))
    #expect(size.shown == "30")
    #expect(size.note == "-1 means the default, default_pool_size")
    #expect(database.setting("password")?.isSecret == true)
    #expect(database.setting("password")?.written == "'s e c'")
    #expect(database.setting("min_pool_size")?.shown == "10")
    #expect(database.setting("min_pool_size")?.provenance == .clamped)
    let inherited = try #require(reading.resources[2].setting("pool_size"))
    #expect(inherited.provenance == .inherited)
    #expect(inherited.written == nil)
    #expect(inherited.origin == reading.resources[0].setting("default_pool_size")?.origin)
    let mode = try #require(KindSchema.poolerDatabase.field(named: "pool_mode"))
    #expect(database.value(of: mode).text == "string(transaction)")
    #expect(database.setting(for: mode)?.written == "transaction")
    let list = try #require(KindSchema.pooler.field(named: "databases"))
    #expect(reading.resources[0].value(of: list).text == "list(2)")
  }

  @Test(
    "keys come with their version",
    arguments: [
      ("1.18.0", "max_prepared_statements = 0", 1), ("1.21.0", "max_prepared_statements = 0", 0),
      ("1.25.2", "pool_idle_timeout = 5", 1), ("1.18.0", "[peers]", 1), ("1.19.0", "[peers]", 0),
      ("1.18.0", "[databases]\na = reserve_pool_size=1", 1),
      ("1.18.0", "[databases]\na = reserve_pool=1", 0),
      ("1.24.0", "[databases]\na = reserve_pool_size=1", 0),
      ("1.24.0", "[databases]\n'a b' = host=h", 1), ("1.25.0", "[databases]\n'a b' = host=h", 0),
    ])
  func versions(version: String, text: String, problems: Int) throws {
    let number = try #require(Version(version))
    #expect(read("[pgbouncer]\n" + text, version: number).problems.count == problems)
    #expect(read("[pgbouncer]\n" + text, version: nil).problems == [])
  }

  @Test("defaults follow the version")
  func defaults() {
    func shown(_ key: String, _ version: Version) -> String? {
      read("[pgbouncer]\n", version: version).resources.first?.setting(key)?.shown
    }
    #expect(shown("max_prepared_statements", Version(1, 23)) == "0")
    #expect(shown("max_prepared_statements", Version(1, 24)) == "200")
    #expect(shown("max_prepared_statements", Version(1, 18)) == nil)
    #expect(shown("server_tls_sslmode", Version(1, 19)) == "disable")
    #expect(shown("server_tls_sslmode", Version(1, 20)) == "prefer")
  }

  @Test("a template is unknown, never wrong")
  func templates() {
    let reading = read(
      """
      [pgbouncer]
      max_client_conn = ${MAX_CLIENT_CONN}
      {{- if .x }}
      [databases]
      a = {{ .Values.database }}
      b = host=h pool_size=${SIZE}
      """)
    #expect(reading.problems.map(\.kind) == [.unknown, .unknown])
    #expect(reading.resources[0].setting("max_client_conn")?.provenance == .unknown)
    #expect(reading.resources[2].setting("pool_size")?.provenance == .unknown)
    #expect(reading.resources.flatMap { $0.settings.compactMap(\.refusal) } == [])
  }

  @Test(
    "recognises its files and no others",
    arguments: [
      ("a/pgbouncer.ini", "", Recognition.byName), ("my-pgbouncer-eu.ini", "", .byName),
      ("test.ini", "; c\n [pgbouncer]\n", .byContent), ("test.ini", "; [pgbouncer]\n", .no),
      ("setup.ini", "[databases]\n", .no), ("pgbouncer.conf", "[pgbouncer]\n", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let candidate = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.pgbouncer.recognises(candidate) == expected)
  }
}

extension SourceText {
  /// The line that a setting stands in.
  fileprivate func line(of setting: Setting) -> Int? {
    setting.origin.map { LineTable(bytes).position(at: $0.range.lowerBound).line }
  }
}
