import Catalog
import Model
import Syntax
import Testing

@Suite("PostgreSQL")
struct PostgreSQLTests {
  @Test(
    "runs what the server runs",
    .enabled(if: SharedData.areHere, "shared vectors are not here"),
    arguments: SharedData.cases("postgresql"))
  func vectors(vector: PoolVector) throws {
    let reading = vector.read(as: .postgresql)
    let server = try #require(reading.resources.first)
    let refusals = server.settings.compactMap(\.refusal) + reading.problems.map(\.message)
    #expect(refusals.isEmpty == vector.loaded, "\(refusals)")
    for member in vector.effective.objectValue ?? [] {
      let setting = try #require(server.setting(member.name), "\(member.name)")
      #expect(setting.shown == member.value["setting"]?.stringValue, "\(member.name)")
      if let unit = member.value["unit"]?.stringValue { #expect(setting.unit.rawValue == unit) }
    }
  }

  @Test("has a vector for each behaviour", .enabled(if: SharedData.areHere, "no shared vectors"))
  func vectorCount() { #expect(SharedData.cases("postgresql").count >= 46) }

  private func read(
    _ text: String, version: Version? = Version(15, 20), files: [String: String] = [:],
    path: String = "postgresql.conf"
  ) throws -> (server: any Resource, problems: [Problem]) {
    let context = ReadingContext(
      files: TreeFiles(files), versions: version.map { ["postgresql": $0] } ?? [:])
    let reading = Technology.postgresql.read(SourceText(path: path, text: text), context)
    return (try #require(reading.resources.first), reading.problems)
  }

  @Test(
    "explains what does not run as written",
    arguments: [
      ("max_connections = 0100", "max_connections", "64", "0100 is octal and runs as 64"),
      ("max_connections = 0x40", "max_connections", "64", "0x40 is hexadecimal and runs as 64"),
      ("max_connections = 120.6", "max_connections", "121", "120.6 is rounded to 121"),
      ("statement_timeout = 1500us", "statement_timeout", "2", "1500us is rounded to 2 ms"),
      ("work_mem = 100000B", "work_mem", "98", "100000B is rounded to 98 kB"),
      ("work_mem = '0.3GB'", "work_mem", "314368", "0.3GB is rounded to 314368 kB"),
    ])
  func notes(text: String, key: String, effective: String, note: String) throws {
    let setting = try #require(try read(text).server.setting(key))
    #expect(setting.shown == effective)
    #expect(setting.note == note)
    #expect(setting.provenance == .clamped)
  }

  @Test(
    "runs as written without a remark",
    arguments: [
      ("work_mem = 64MB", "work_mem", "65536"), ("work_mem = '1.5GB'", "work_mem", "1572864"),
      ("statement_timeout = '1.5min'", "statement_timeout", "90000"), ("jit = of", "jit", "off"),
      ("hash_mem_multiplier = 1.5", "hash_mem_multiplier", "1.5"),
      ("WORK_MEM '64 kB'", "work_mem", "64"),
      ("sort_mem = 128", "work_mem", "128"), ("huge_pages = TRUE", "huge_pages", "on"),
      ("wal_level = hot_standby\n", "wal_level", "replica"),
      ("random_page_cost = 1", "random_page_cost", "1"),
      ("search_path = 'a, b'", "search_path", "a, b"),
      ("jit_above_cost = '0x10'", "jit_above_cost", "16"),
      ("ssl_min_protocol_version = tlsv1", "ssl_min_protocol_version", "TLSv1"),
      ("ssl_max_protocol_version = ''", "ssl_max_protocol_version", ""),
      ("autovacuum_work_mem = 5", "autovacuum_work_mem", "1024"),
      ("max_connections = 010", "max_connections", "8"),
    ])
  func plain(text: String, key: String, effective: String) throws {
    let setting = try #require(try read(text).server.setting(key))
    #expect(setting.shown == effective)
    #expect(setting.refusal == nil)
    #expect(setting.origin != nil)
  }

  @Test(
    "says why the server does not start",
    arguments: [
      ("jit = o", "jit", "parameter \"jit\" requires a Boolean value"),
      (
        "work_mem = 4", "work_mem",
        "4 kB is outside the valid range for parameter \"work_mem\" (64 .. 2147483647)"
      ),
      (
        "shared_buffers = 64kB", "shared_buffers",
        "8 8kB is outside the valid range for parameter \"shared_buffers\" (16 .. 1073741823)"
      ),
      (
        "max_connections = x", "max_connections",
        "invalid value for parameter \"max_connections\": \"x\""
      ),
      (
        "max_connections = 08", "max_connections",
        "invalid value for parameter \"max_connections\": \"08\""
      ),
      (
        "wal_level = none", "wal_level",
        "invalid value for parameter \"wal_level\": \"none\"; "
          + "available values: minimal, replica, logical"
      ),
      (
        "work_mem = 4mb", "work_mem",
        "invalid value for parameter \"work_mem\": \"4mb\"; valid units are B, kB, MB, GB and TB"
      ),
      (
        "max_connections = 3", "max_connections",
        "superuser_reserved_connections (3) must be less than max_connections (3)"
      ),
      (
        "wal_level = minimal", "wal_level",
        "max_wal_senders (10) above 0 requires wal_level replica or logical"
      ),
    ])
  func refusals(text: String, key: String, refusal: String) throws {
    let setting = try #require(try read(text).server.setting(key))
    #expect(setting.refusal == refusal)
  }

  @Test(
    "names keys that nothing or another version reads",
    arguments: [
      (
        "max_conections = 2", "15", "unrecognized configuration parameter \"max_conections\"",
        "did you mean max_connections?"
      ),
      (
        "reserved_connections = 2", "15",
        "unrecognized configuration parameter \"reserved_connections\"",
        "it came with version 16; this is 15"
      ),
      (
        "old_snapshot_threshold = 1h", "17",
        "unrecognized configuration parameter \"old_snapshot_threshold\"",
        "version 16 was the last to have it; this is 17"
      ),
      ("server_version = 15", "15", "parameter \"server_version\" cannot be changed", nil),
    ] as [(String, String, String, String?)])
  func unknownKeys(text: String, version: String, message: String, help: String?) throws {
    let number = try #require(Version(version))
    let problems = try read(text, version: number).problems
    #expect(problems.map(\.message) == [message])
    #expect(problems.first?.help == help)
    #expect(problems.first?.kind == .refused)
  }

  @Test("without a declared version, keys of every known version are read")
  func undeclaredVersion() throws {
    let (server, problems) = try read(
      "transaction_timeout = 30s\nreserved_connections = 5\n", version: nil)
    #expect(problems == [])
    #expect(server.setting("transaction_timeout")?.shown == "30000")
    #expect(server.identity.version == Version(15))
  }

  @Test(
    "defaults follow the version",
    arguments: [
      ("13", "hash_mem_multiplier", "1"), ("15", "hash_mem_multiplier", "2"),
      ("17", "effective_io_concurrency", "1"), ("18", "effective_io_concurrency", "16"),
      ("16", "vacuum_buffer_usage_limit", "256"), ("17", "vacuum_buffer_usage_limit", "2048"),
      ("14", "log_checkpoints", "off"), ("15", "log_checkpoints", "on"),
      ("18", "log_connections", ""), ("15", "log_connections", "off"),
    ])
  func defaults(version: String, key: String, expected: String) throws {
    let number = try #require(Version(version))
    #expect(try read("", version: number).server.setting(key)?.shown == expected)
  }

  @Test("lists only the keys of its version")
  func keysOfVersion() throws {
    let old = try read("", version: Version(15)).server
    let new = try read("", version: Version(18)).server
    #expect(old.setting("transaction_timeout") == nil)
    #expect(new.setting("transaction_timeout")?.meaning == .disabled)
    #expect(new.setting("old_snapshot_threshold") == nil)
    #expect(old.settings.count == 334)
    #expect(new.settings.count == 378)
  }

  @Test("includes are read where they stand; directories in the order of names")
  func includes() throws {
    let (server, problems) = try read(
      """
      work_mem = 1MB
      include 'extra.conf'
      include_dir 'conf.d'
      include_if_exists 'none.conf'
      """,
      files: [
        "db/extra.conf": "work_mem = 2MB\nmax_connections = 50\n",
        "db/conf.d/02.conf": "max_connections = 60\n",
        "db/conf.d/01.conf": "max_connections = 70\n",
        "db/conf.d/.03.conf": "max_connections = 80\n",
        "db/conf.d/04.txt": "max_connections = 90\n",
      ], path: "db/postgresql.conf")
    #expect(problems == [])
    #expect(server.setting("work_mem")?.origin?.path == "db/extra.conf")
    #expect(server.setting("max_connections")?.origin?.path == "db/conf.d/02.conf")
  }

  @Test(
    "an include that cannot be read is never silent",
    arguments: [
      ("include 'none.conf'", "could not read \"none.conf\": no such file"),
      ("include 'conf.d/../none.conf'", "could not read \"none.conf\": no such file"),
    ])
  func missingIncludes(text: String, message: String) throws {
    let problems = try read(text).problems
    #expect(problems.map(\.kind) == [.unreadable])
    #expect(problems.map(\.message) == [message])
  }

  @Test("postgresql.auto.conf wins and says over what")
  func automaticFile() throws {
    let (server, _) = try read(
      "max_connections = 300\n", files: ["postgresql.auto.conf": "max_connections = '120'\n"])
    let setting = try #require(server.setting("max_connections"))
    #expect(setting.shown == "120")
    #expect(setting.written == "'120'")
    #expect(setting.origin?.path == "postgresql.auto.conf")
    #expect(setting.note == "postgresql.auto.conf wins over 300 in postgresql.conf:1")
  }

  @Test("a template is unknown, never wrong")
  func templates() throws {
    let (server, problems) = try read("max_connections = {{ max }}\nwork_mem = '${WORK_MEM}'\n")
    #expect(problems.map(\.kind) == [.unknown])
    #expect(server.setting("max_connections")?.provenance == .unknown)
    #expect(server.setting("work_mem")?.provenance == .unknown)
    #expect(server.setting("work_mem")?.refusal == nil)
  }

  @Test("sizes and times reach the fields of rules in neutral units")
  func fields() throws {
    let (server, _) = try read("shared_buffers = 1GB\nstatement_timeout = 30s\nlock_timeout = 0\n")
    func value(_ name: String) throws -> FieldValue {
      server.value(of: try #require(KindSchema.databaseServer.field(named: name)))
    }
    #expect(try value("shared_memory").text == "int(1073741824)")
    #expect(try value("statement_timeout").text == "duration(30000000)")
    #expect(try value("lock_timeout").text == "duration(0)")
    #expect(try value("wal_memory").text == "int(16777216)")
    #expect(try value("autovacuum_memory").text == "int(67108864)")
    #expect(try value("reserved").text == "absent")
  }

  @Test(
    "recognises its files and no others",
    arguments: [
      ("a/postgresql.conf", "", Recognition.byName), ("postgresql.auto.conf", "", .byName),
      ("conf.d/memory.conf", "# c\nwork_mem = 4MB\nshared_buffers = 1GB\n", .byContent),
      ("x.conf", "work_mem = 4MB\n", .no), ("x.conf", "worker_processes 4;\nlisten 80;\n", .no),
      ("redis.conf", "port 6379\ntimeout 0\nmaxclients 9\n", .no),
      ("x.txt", "work_mem=1MB\nport=1\n", .no),
      ("my.conf", "[mysqld]\nmax_connections=5\nport=1\n", .no), ("x.conf", "", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let candidate = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.postgresql.recognises(candidate) == expected)
  }
}
