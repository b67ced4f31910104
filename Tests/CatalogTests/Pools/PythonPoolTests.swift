import Catalog
import Model
import Syntax
import Testing

@Suite("Pools of Python")
struct PythonPoolTests {
  @Test(
    "run what SQLAlchemy runs", .enabled(if: SharedData.areHere, "shared vectors are not here"),
    arguments: SharedData.cases("sqlalchemy"))
  func sqlalchemyVectors(vector: PoolVector) throws {
    let pool = try #require(vector.read(as: .sqlalchemy).resources.first)
    let refusals = pool.settings.compactMap(\.refusal)
    #expect(refusals.isEmpty == vector.loaded, "\(refusals)")
    for member in vector.effective.objectValue ?? [] where !member.name.hasPrefix("observed_") {
      if member.name == "driver_query_args" {
        for argument in member.value.objectValue ?? [] {
          let setting = try #require(pool.setting("driver_query_args.\(argument.name)"))
          #expect(setting.shown == argument.value.stringValue)
        }
        continue
      }
      // The vectors call what both sizes come to by a name that is no key.
      let key = member.name == "max_connections" ? "pool_size + max_overflow" : member.name
      let setting = try #require(pool.setting(key), "\(key)")
      if let number = member.value.doubleValue {
        #expect(Double(setting.shown) == number, "\(member.name)")
      } else {
        #expect(setting.shown == (member.value.stringValue ?? member.value.text()))
      }
    }
  }

  @Test(
    "run what psycopg_pool runs", .enabled(if: SharedData.areHere, "shared vectors are not here"),
    arguments: SharedData.cases("psycopg-pool"))
  func psycopgVectors(vector: PoolVector) throws {
    let pool = try #require(vector.read(as: .psycopgPool).resources.first)
    let refusals = pool.settings.compactMap(\.refusal)
    #expect(refusals.isEmpty == vector.loaded, "\(refusals)")
    for member in vector.effective.objectValue ?? [] {
      let setting = try #require(pool.setting(member.name), "\(member.name)")
      #expect(Double(setting.shown) == member.value.doubleValue, "\(member.name)")
    }
  }

  @Test(
    "have as many connections as size and overflow together",
    arguments: [
      ("", "15", nil), ("sqlalchemy.pool_size = 20\n", "30", nil),
      ("sqlalchemy.pool_size = 0\n", "0", Meaning.unlimited),
      ("sqlalchemy.max_overflow = -1\n", "0", Meaning.unlimited),
      ("sqlalchemy.pool_size = ${SIZE}\n", "?", nil),
      ("sqlalchemy.pool_size = %(size)s\nsize = 7\n", "17", nil),
      ("sqlalchemy.pool_size = %(missing)s\n", "?", nil),
      ("sqlalchemy.pool_size =\n    9\n", "19", nil),
    ] as [(String, String, Meaning?)])
  func total(lines: String, shown: String, meaning: Meaning?) throws {
    let text = "[app:main]\nsqlalchemy.url = postgresql://app:s@db/app\n" + lines
    let pool = try #require(read(.sqlalchemy, "production.ini", text).resources.first)
    let setting = try #require(pool.setting("pool_size + max_overflow"))
    #expect(setting.shown == shown)
    #expect(setting.meaning == meaning)
    #expect(setting.provenance == (lines.isEmpty ? .default : shown == "?" ? .unknown : .explicit))
    #expect(pool.setting("url")?.isSecret == true)
    #expect(fact("target_host", pool).text == "string(db)")
  }

  @Test("ping before use where the file says false")
  func prePing() throws {
    let text = "[app:main]\nsqlalchemy.url = mysql://db/app\nsqlalchemy.pool_pre_ping = false\n"
    let pool = try #require(read(.sqlalchemy, "production.ini", text).resources.first)
    let setting = try #require(pool.setting("pool_pre_ping"))
    #expect(setting.effective == .bool(true))
    #expect(setting.provenance == .clamped)
  }

  @Test("take their class from Alembic's script")
  func alembic() throws {
    let ini = "[alembic]\nscript_location = db\nsqlalchemy.url = postgresql://db/app\n"
    let sized = ini + "sqlalchemy.pool_size = 5\n"
    let generated = ["db/env.py": "poolclass=pool.NullPool,\n"]
    func pool(_ text: String, _ files: [String: String]) throws -> any Resource {
      try #require(read(.sqlalchemy, "alembic.ini", text, files).resources.first)
    }
    #expect(try pool(ini, generated).setting("pool_size + max_overflow")?.shown == "1")
    #expect(try pool(sized, generated).setting("pool_size")?.refusal != nil)
    let other = try pool(sized, ["db/env.py": "engine_from_config("])
    #expect(other.setting("pool_size + max_overflow")?.shown == "15")
    let unknown = try #require(try pool(sized, [:]).setting("pool_size + max_overflow"))
    #expect(unknown.effective == nil && unknown.note?.contains("env.py") == true)
  }

  @Test("are not made of a section that only has the defaults of all")
  func defaultSection() {
    let text = "[DEFAULT]\nsqlalchemy.url = mysql://db/a\n[app:main]\nuse = x\n"
    #expect(read(.sqlalchemy, "a.ini", text).resources.map(\.identity.name) == ["DEFAULT"])
    let own = text + "sqlalchemy.pool_size = 3\n[server:main]\nport = 1\n"
    let pools = read(.sqlalchemy, "a.ini", own).resources
    #expect(pools.map(\.identity.name) == ["app:main"])
    #expect(pools[0].setting("url")?.provenance == .inherited)
  }

  @Test("come to an end where references multiply", .timeLimit(.minutes(15)))
  func references() throws {
    var text = "[a]\nsqlalchemy.url = %(k0)s\nk9 =\n"
    for level in 0..<9 {
      text += "k\(level) = " + String(repeating: "%(k\(level + 1))s", count: 20) + "\n"
    }
    let pool = try #require(read(.sqlalchemy, "a.ini", text).resources.first)
    #expect(pool.setting("url")?.provenance == .unknown)
  }

  @Test("refuse a key that stands twice")
  func duplicate() {
    let text = "[a]\nsqlalchemy.url = mysql://db/a\nsqlalchemy.url = mysql://db/b\n"
    #expect(read(.sqlalchemy, "a.ini", text).problems.map(\.kind) == [.refused])
  }

  private static let airflowSize = "sql_alchemy_pool_size + sql_alchemy_max_overflow"

  @Test("of Airflow are two of one size")
  func airflow() throws {
    let text = """
      [core]
      sql_alchemy_max_overflow = 1
      [database]
      sql_alchemy_conn = postgresql+psycopg2://airflow:airflow@postgres/airflow
      sql_alchemy_pool_size = 20
      """
    let reading = read(.airflow, "airflow.cfg", text)
    #expect(reading.resources.map { $0.setting(Self.airflowSize)?.shown } == ["21", "21"])
    #expect(reading.resources.allSatisfy { fact("target_host", $0).text == "string(postgres)" })
    #expect(reading.resources[0].setting("sql_alchemy_conn")?.isSecret == true)
    let off = read(.airflow, "airflow.cfg", "[database]\nsql_alchemy_pool_enabled = False\n")
    #expect(off.resources[0].setting(Self.airflowSize)?.meaning == .unlimited)
  }

  @Test(
    "are found by their keys",
    arguments: [
      ("production.ini", "[app:main]\nsqlalchemy.url = sqlite:///x\n", "sqlalchemy"),
      ("app.ini", "[a]\ndb.url = postgresql://db/a\ndb.pool_size = 3\n", "sqlalchemy"),
      ("app.ini", "[a]\ndb.url = postgresql://db/a\n", nil),
      ("setup.cfg", "[metadata]\nname = sqlalchemy\n", nil),
      ("alembic.ini", "[alembic]\nsqlalchemy.url = x\n", "sqlalchemy"),
      ("etc/airflow.cfg", "[core]\n", "airflow"),
      ("pool.json", "{\"min_size\": 1, \"max_waiting\": 3}", "psycopg-pool"),
      ("pool.json", "{\"min_size\": 1}", nil), ("pool.json", "[1", nil),
      ("psycopg.json", "{\"min_size\": 1}", "psycopg-pool"),
    ] as [(String, String, String?)])
  func recognition(path: String, text: String, name: String?) {
    #expect(Catalog.recognise(FileCandidate(path: path, head: Array(text.utf8)))?.name == name)
  }

  @Test("survive every cut of their files", .timeLimit(.minutes(15)))
  func cuts() {
    let text =
      "[DEFAULT]\na = %(b)s\nb = %(a)s\n[a]\nsqlalchemy.url = mysql://u:p@[::1]:3/%%d?a=1&\n"
      + "  more = 1\nsqlalchemy.pool_size = %(a)s\n[\n=\n"
    checkCuts(.sqlalchemy, "a.ini", text)
    checkCuts(.airflow, "airflow.cfg", text + "[core]\nsql_alchemy_pool_size = %(a\n")
    checkCuts(
      .psycopgPool, "pool.json", "{\"min_size\": [1], \"max_size\": 1e9, \"timeout\": \"${A}\"}")
  }
}

/// Reads `text` as `technology`, beside other files.
func read(
  _ technology: Technology, _ path: String, _ text: String, _ files: [String: String] = [:]
) -> Reading {
  var all = files
  all[path] = text
  return technology.read(
    SourceText(path: path, text: text),
    ReadingContext(files: TreeFiles(all), companions: all.keys.sorted()))
}

/// A field of a pool.
func fact(_ name: String, _ pool: any Resource) -> FieldValue {
  Catalog.schema[.pool]?.fields.first { $0.name == name }.map { pool.value(of: $0) } ?? .absent
}

/// Reads every beginning of a file, and it with single bytes broken: places stay in their files.
func checkCuts(
  _ technology: Technology, _ path: String, _ text: String, _ files: [String: String] = [:],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let bytes = Array(text.utf8)
  let others = Dictionary(uniqueKeysWithValues: files.map { ($0.key, $0.value.utf8.count) })
  var variants = (0...bytes.count).map { Array(bytes[..<$0]) }
  for (place, byte) in bytes.enumerated() {
    var broken = bytes
    broken[place] = [0, 0x0A, 0x22, 0x25, 0x5B, 0x7B, 0xFF][(place + Int(byte)) % 7]
    variants.append(broken)
  }
  for variant in variants {
    let source = SourceText(path: path, bytes: variant)
    _ = technology.recognises(FileCandidate(path: path, head: variant))
    let reading = technology.read(
      source,
      ReadingContext(files: TreeFiles(files), companions: [path] + files.keys.sorted()))
    let origins =
      reading.problems.map(\.origin) + reading.resources.map(\.identity.origin)
      + reading.resources.flatMap { $0.settings.compactMap(\.origin) }
    for origin in origins {
      let size = origin.path == path ? variant.count : others[origin.path] ?? -1
      #expect(origin.range.upperBound <= size, sourceLocation: sourceLocation)
    }
  }
}
