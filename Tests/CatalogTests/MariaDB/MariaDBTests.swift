import Catalog
import Model
import Syntax
import Testing

@Suite("MariaDB and MySQL")
struct MariaDBTests {
  /// Cases in which the machine's limit of open files cut the number of connections further.
  private static let machineCases: Set<String> = ["above-maximum", "exponent"]

  @Test(
    "runs what the server runs",
    .enabled(if: SharedData.areHere, "shared vectors are not here"),
    arguments: SharedData.cases("mariadb"))
  func vectors(vector: PoolVector) throws {
    let reading = vector.read(as: .mariadb)
    let settings = reading.resources.first?.settings ?? []
    let refusals =
      settings.compactMap(\.refusal)
      + reading.problems.filter { $0.kind != .unknown }.map(\.message)
    #expect(refusals.isEmpty == vector.loaded, "\(refusals)")
    guard vector.loaded else { return }
    for member in vector.effective.objectValue ?? [] {
      let setting = try #require(settings.first { $0.key == member.name }, "\(member.name)")
      if Self.machineCases.contains(vector.id), setting.key == "max_connections" {
        #expect(setting.shown == "100000")
      } else if !(Self.machineCases.contains(vector.id) && setting.key == "table_open_cache") {
        let shown = setting.shown
        let expected = member.value.stringValue
        #expect(
          shown == expected || expected.flatMap { Double($0) } == Double(shown), "\(member.name)")
      }
    }
  }

  @Test("has a vector for each behaviour", .enabled(if: SharedData.areHere, "no shared vectors"))
  func vectorCount() { #expect(SharedData.cases("mariadb").count >= 40) }

  private func read(
    _ text: String, versions: [String: Version] = ["mariadb": Version(10, 11, 19)],
    files: [String: String] = [:], path: String = "my.cnf"
  ) -> Reading {
    Technology.mariadb.read(
      SourceText(path: path, text: text),
      ReadingContext(files: TreeFiles(files), versions: versions))
  }

  private func setting(_ line: String, _ key: String) throws -> Setting {
    let server = try #require(read("[mysqld]\n\(line)\n").resources.first)
    return try #require(server.setting(key))
  }

  // Each was tried with `mariadbd --verbose --help` of 10.11.19.
  @Test(
    "values run as the server reads them",
    arguments: [
      ("max_c=20", "max_connections", "20"), ("max_connections=+30", "max_connections", "30"),
      ("skip_max_connections", "max_connections", "10"),
      ("disable_max_connections=5", "max_connections", "10"),
      ("wait_timeout = '7'", "wait_timeout", "7"), ("wait_timeout=5#x", "wait_timeout", "5"),
      ("wait_timeout=30k5", "wait_timeout", "30720"),
      ("max_statement_time=1e1", "max_statement_time", "10.0"),
      ("max_statement_time=", "max_statement_time", "0.0"),
      ("local_infile=maybe", "local_infile", "OFF"), ("local_infile=", "local_infile", "OFF"),
      ("local_infile=TRUE", "local_infile", "ON"), ("skip-local-infile", "local_infile", "OFF"),
      ("skip-name-resolve=0", "skip_name_resolve", "OFF"),
      ("thread_handling=2", "thread_handling", "pool-of-threads"),
      ("thread_handling=pool", "thread_handling", "pool-of-threads"),
      ("tmp_table_size=64", "tmp_table_size", "0"), ("server_id=", "server_id", "1"),
      ("max_allowed_packet=1000", "max_allowed_packet", "1024"),
      ("loose-max_connections=20", "max_connections", "20"),
      ("tmpdir='/a b' # c", "tmpdir", "/a b"), ("tmpdir=\"a\\tb\"", "tmpdir", "a\tb"),
    ])
  func values(line: String, key: String, effective: String) throws {
    let setting = try setting(line, key)
    #expect(setting.shown == effective)
    #expect(setting.refusal == nil)
  }

  @Test(
    "says why the server does not start",
    arguments: [
      (
        "max_connections=auto",
        "Unknown suffix 'a' used for variable 'max_connections' (value 'auto'). "
          + "Legal suffix characters are: K, M, G, T, P, E"
      ),
      (
        "max_connections=30 ; c",
        "Unknown suffix ' ' used for variable 'max_connections' (value '30 ; c'). "
          + "Legal suffix characters are: K, M, G, T, P, E"
      ),
      ("max_connections=-1", "Incorrect unsigned value: '-1' for max_connections"),
      ("max_connections", "option 'max_connections' requires an argument"),
      (
        "wait_timeout=99999999999999999999",
        "Integer value out of range for uint64: '99999999999999999999' for wait_timeout"
      ),
      ("max_statement_time=2k", "Invalid decimal value for option 'max_statement_time'"),
      ("sql_mode=ANSI,bogus", "Error while setting value 'ANSI,bogus' to 'sql_mode'"),
      ("thread_handling=bogus", "Error while setting value 'bogus' to 'thread_handling'"),
      ("max_conections=300", "unknown variable 'max_conections'"),
      ("maximum-max_connections=5", "a maximum of a variable cannot be set here"),
      ("innodb_buffer_pool_s=200M", "ambiguous option 'innodb_buffer_pool_s'"),
    ])
  func refusals(line: String, reason: String) {
    let reading = read("[mysqld]\n\(line)\n")
    let reasons =
      reading.resources.flatMap { $0.settings.compactMap(\.refusal) }
      + reading.problems.map(\.message)
    #expect(reasons == [reason])
  }

  @Test("a name that no table has is refused only where the version is known or a name is near")
  func unknownNames() {
    let near = read("[mysqld]\nmax_conections=3\n", versions: [:]).problems
    #expect(near.map(\.kind) == [.refused])
    #expect(near.map(\.help) == ["did you mean max_connections?"])
    let far = read("[mysqld]\nmysqlx_max_connections=3\n", versions: [:]).problems
    #expect(far.map(\.kind) == [.unknown])
    let mysql = read("[mysqld]\nmax_conections=3\n", versions: ["mysql": Version(8, 0)])
    #expect(mysql.problems.map(\.kind) == [.unknown])
    #expect(mysql.resources.first?.identity.technology == "mysql")
  }

  @Test("a file without a group of the server is read and is no server")
  func clientOnly() {
    let reading = read("[client]\nport = 3306\n", path: "client.cnf")
    #expect(reading.resources.isEmpty)
    #expect(reading.problems.isEmpty)
  }

  @Test(
    "names that the server takes are no mistakes, also those that it does nothing with",
    arguments: [
      "character-set-server=utf8mb4", "collation_server=utf8mb4_bin", "log_bin", "log-bin=/var/x",
      "innodb_file_per_table", "innodb_file_per_table=1", "innodb-doublewrite=0",
      "default-storage-engine=InnoDB", "replicate-do-db=auth", "innodb_buffer_pool_instances=4",
      "innodb_log_files_in_group=2", "default-authentication-plugin=mysql_native_password",
      "innodb_large_prefix=1", "lc_messages=en_US", "skip-character-set-client-handshake",
    ])
  func known(line: String) {
    let reading = read("[mysqld]\n\(line)\n")
    #expect(reading.problems.map(\.message) == [])
    #expect(reading.resources.flatMap { $0.settings.compactMap(\.refusal) } == [])
  }

  @Test("groups of other versions are passed over, those of this series read")
  func groups() throws {
    let text = "[mysqld]\nmax_connections=20\n[mariadb-10.5]\nmax_connections=21\n"
    let server = try #require(read(text).resources.first)
    #expect(server.setting("max_connections")?.shown == "20")
    let older = read(text, versions: ["mariadb": Version(10, 5, 1)])
    #expect(older.resources.first?.setting("max_connections")?.shown == "21")
  }

  @Test("files that include each other are told with the way they go")
  func cycle() {
    let reading = read(
      "[mysqld]\n!include a.cnf\n",
      files: ["a.cnf": "!include my.cnf\n", "my.cnf": "[mysqld]\n!include a.cnf\n"])
    #expect(reading.problems.map(\.kind) == [.unreadable])
    #expect(reading.problems.first?.message.contains("my.cnf → a.cnf → my.cnf") == true)
  }

  @Test(
    "files are known by name or by a group of the server",
    arguments: [
      ("etc/mysql/my.cnf", "", "mariadb"), ("conf.d/tuning.cnf", "[mysqld]\nx=1\n", "mariadb"),
      ("openssl.cnf", "[req]\nbits = 2048\n", nil), ("a.cnf", "[mariadb-10.11]\n", "mariadb"),
    ] as [(String, String, String?)])
  func recognition(path: String, text: String, technology: String?) {
    #expect(
      Catalog.recognise(FileCandidate(path: path, head: Array(text.utf8)))?.name == technology)
  }

  @Test("the memory of one connection is the sum of its buffers")
  func memory() throws {
    let text = """
      [mysqld]
      read_buffer_size=8K
      read_rnd_buffer_size=1K
      sort_buffer_size=1K
      join_buffer_size=1K
      thread_stack=128K
      max_allowed_packet=1M
      binlog_cache_size=4K
      tmp_table_size=1M

      """
    let server = try #require(read(text).resources.first)
    let field = try #require(Catalog.schema[.databaseServer]?.field(named: "connection_memory"))
    let kibibytes: Int64 = 8 + 1 + 1 + 1 + 128 + 1_024 + 4 + 1_024
    guard case .int(let bytes) = server.value(of: field) else {
      Issue.record("no number")
      return
    }
    #expect(bytes == kibibytes * 1_024)
  }
}
