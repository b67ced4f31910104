import Catalog
import Model
import Syntax
import Testing

@Suite("Pgpool-II")
struct PgpoolTests {
  private func read(
    _ text: String, files: [String: String] = [:], version: Version? = nil
  ) -> Reading {
    Technology.pgpool.read(
      SourceText(path: "pgpool.conf", text: text),
      ReadingContext(
        files: TreeFiles(files), versions: version.map { ["pgpool": $0] } ?? [:]))
  }

  /// What Pgpool-II 4.3.5 showed for the same files.
  @Test(
    "values and defaults are those of Pgpool-II",
    arguments: [
      ("", "num_init_children", "32 default"), ("", "max_pool", "4 default"),
      ("", "child_life_time", "300 default"), ("", "connect_timeout", "10000 default"),
      ("", "connection_life_time", "0 default forever"), ("", "connection_cache", "true default"),
      ("num_init_children = 4", "num_init_children", "4 explicit"),
      ("num_init_children 4", "num_init_children", "4 explicit"),
      ("num_init_children = '4' # c", "num_init_children", "4 explicit"),
      ("NUM_INIT_CHILDREN = 4\nnum_init_children = 6", "num_init_children", "6 explicit"),
      ("num_init_children = 010", "num_init_children", "8 explicit"),
      ("num_init_children = 0x10", "num_init_children", "16 explicit"),
      ("num_init_children = 1.5", "num_init_children", "2 explicit"),
      ("num_init_children = 0", "num_init_children", "?! explicit"),
      ("max_pool = 2K", "max_pool", "?! explicit"), ("max_pool = 0", "max_pool", "0 explicit"),
      ("child_life_time = 2min", "child_life_time", "120 explicit"),
      ("child_life_time = 300ms", "child_life_time", "0 explicit forever"),
      ("child_life_time = 5 min", "child_life_time", "5 explicit"),
      ("child_life_time = '5 min'", "child_life_time", "300 explicit"),
      ("child_life_time = 5MIN", "child_life_time", "?! explicit"),
      ("connection_life_time='90 s'", "connection_life_time", "90 explicit"),
      ("client_idle_limit=1.5min", "client_idle_limit", "2 explicit"),
      ("connect_timeout = 1s", "connect_timeout", "?! explicit"),
      ("connect_timeout = 1500", "connect_timeout", "1500 explicit"),
      ("child_max_connections = -1", "child_max_connections", "?! explicit"),
      ("num_init_children = {{ n }}", "num_init_children", "?! explicit"),
      ("num_init_children = '{{ n }}'", "num_init_children", "? unknown"),
    ])
  func values(text: String, key: String, expected: String) {
    let pooler = read(text).resources.first
    // Refused where it is no template in quotes: Pgpool-II reads the braces itself.
    let value = shown(pooler?.setting(key))
    #expect(value == expected || text.contains("= {{") && value.hasPrefix("?"))
  }

  @Test("children and pools of each decide what clients and servers see")
  func sizes() {
    let pooler = read("num_init_children = 10\nmax_pool = 3\nreserved_connections = 2")
      .resources.first
    #expect(field("children", pooler) == "int(10)")
    #expect(field("max_clients", pooler) == "int(8)")
    #expect(field("max_server_connections", pooler) == "int(30)")
    #expect(field("client_idle_timeout", pooler) == "duration(0)")
    let unit = read("child_life_time = 5 min").resources.first?.setting("child_life_time")
    #expect(unit?.note?.contains("min") == true)
  }

  @Test("spare children must fit where children come and go")
  func spares() {
    let dynamic = "process_management_mode = dynamic\nnum_init_children = 8\n"
    let newer = read(dynamic, version: Version(4, 4)).resources.first
    #expect(newer?.settings.contains { $0.refusal != nil } == true)
    let older = read(dynamic, version: Version(4, 3)).resources.first
    #expect(older?.settings.contains { $0.refusal != nil } == false)
  }

  @Test("servers, included files and secrets")
  func rest() {
    let files = ["more.conf": "max_pool = 9\n"]
    let reading = read(
      """
      backend_hostname0 = '10.0.0.5'
      backend_port0 = 5433
      backend_hostname1 = '/run'
      include 'more.conf'
      sr_check_password = 'hunter2'
      """, files: files)
    #expect(reading.problems.isEmpty)
    #expect(reading.resources.map(\.identity.name) == ["pgpool", "backend0", "backend1"])
    #expect(field("host", reading.resources[1]) == "string(10.0.0.5)")
    #expect(field("port", reading.resources[1]) == "int(5433)")
    #expect(field("host", reading.resources[2]) == "absent")
    #expect(shown(reading.resources[0].setting("max_pool")) == "9 explicit")
    #expect(reading.resources[0].setting("sr_check_password")?.isSecret == true)
    #expect(read("include 'none'").problems.map(\.kind) == [.unreadable])
    #expect(read("a = 'it''s'\nb = 1").problems.count <= 1)
    #expect(read("= 5").problems.map(\.kind) == [.syntax])
  }

  @Test(
    "only Pgpool-II's files are taken",
    arguments: [
      ("pgpool.conf", "", Recognition.byName), ("pgpool.conf.sample", "", .no),
      ("x.conf", "num_init_children = 4\nmax_pool = 2\n", .byContent),
      ("postgresql.conf", "max_connections = 4\n", .no), ("x.conf", "max_pool = 2\n", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.pgpool.recognises(file) == expected)
  }
}
