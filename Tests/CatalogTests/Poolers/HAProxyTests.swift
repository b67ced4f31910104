import Catalog
import Model
import Syntax
import Testing

@Suite("HAProxy")
struct HAProxyTests {
  private func read(_ text: String) -> Reading {
    Technology.haproxy.read(
      SourceText(path: "haproxy.cfg", text: text), ReadingContext(files: TreeFiles([:])))
  }

  /// The setting of a `listen` section with these lines, after those of `before`.
  private func setting(_ text: String, _ key: String, before: String = "") -> Setting? {
    read("\(before)listen x\n \(text)\n").resources.first { $0.identity.name == "x" }?
      .setting(key)
  }

  @Test(
    "numbers and times are read as HAProxy 2.6 reads them",
    arguments: [
      ("timeout client 30s", "timeout client", "30000 explicit"),
      ("timeout client 30", "timeout client", "30 explicit"),
      ("timeout client 1m", "timeout client", "60000 explicit"),
      ("timeout client 500us", "timeout client", "1 explicit"),
      ("timeout client 0", "timeout client", "0 explicit forever"),
      ("mode tcp", "timeout client", "0 default forever"),
      ("timeout client 1.5s", "timeout client", "?! explicit"),
      ("timeout client 30S", "timeout client", "?! explicit"),
      ("timeout client 30min", "timeout client", "? unknown"),
      ("timeout client 100d", "timeout client", "?! explicit"),
      ("timeout client \"$T\"", "timeout client", "? unknown"),
      ("timeout connect 5s", "timeout queue", "5000 default"),
      ("timeout queue 1s", "timeout queue", "1000 explicit"),
      ("maxconn 100", "maxconn", "100 explicit"), ("maxconn 10k", "maxconn", "10 explicit"),
      ("maxconn 99999999999", "maxconn", "1215752191 explicit"),
      ("maxconn 010", "maxconn", "10 explicit"),
      ("mode tcp", "maxconn", "? unknown"), ("maxconn 0", "maxconn", "? unknown"),
      ("mode http", "mode", "http explicit"), ("balance x", "mode", "tcp default"),
      ("balance x", "retries", "3 default"),
    ])
  func values(text: String, key: String, expected: String) {
    #expect(shown(setting(text, key)) == expected)
  }

  @Test("a section takes what it does not say from its defaults, and limits from global")
  func defaults() {
    let before = """
      global
       maxconn 2000
      defaults
       timeout client 10s
       maxconn 50
      defaults slow
       timeout client 90s

      """
    #expect(shown(setting("mode tcp", "timeout client", before: before)) == "90000 inherited")
    #expect(shown(setting("mode tcp", "maxconn", before: before)) == "2000 inherited")
    #expect(shown(setting("maxconn 0", "maxconn", before: before)) == "2000 clamped")
    let named = before + "defaults last\n timeout client 1s\n"
    let from = read(named + "listen x from slow\n mode tcp\n").resources.last
    #expect(shown(from?.setting("timeout client")) == "90000 inherited")
    let process = read(before).resources.first
    #expect(field("role", process) == "string(process)")
    #expect(field("max_clients", process) == "int(2000)")
    let conditional = setting("mode tcp\n.if x\n timeout client 1s\n.endif", "timeout client")
    #expect(shown(conditional) == "? unknown")
  }

  @Test("roles have their own settings, and servers their limits and places")
  func servers() throws {
    let reading = read(
      """
      defaults
       mode tcp
       timeout server 5s
       default-server maxconn 20 check
      frontend in
       bind :5000
       default_backend db
      backend db
       server a 10.0.0.5:5432 maxconn 50 cookie backup weight 3
       server b [::1]:5433 no-check backup
       default-server maxconn 7
       server c /run/pg.sock
       server d "$HOST:5432" maxconn 10k
       server e
      """)
    #expect(
      reading.resources.map(\.identity.name) == [
        "in", "db", "db/a", "db/b", "db/c", "db/d",
      ])
    #expect(reading.resources[0].setting("timeout server") == nil)
    #expect(reading.resources[1].setting("maxconn") == nil)
    #expect(field("servers", reading.resources[1]) == "list(4)")
    #expect(field("server_timeout", reading.resources[1]) == "duration(5000000)")
    let (a, b, c, d) = (
      reading.resources[2], reading.resources[3], reading.resources[4], reading.resources[5]
    )
    #expect(shown(a.setting("maxconn")) == "50 explicit")
    #expect(field("host", a) == "string(10.0.0.5)")
    #expect(field("port", a) == "int(5432)")
    #expect(field("mode", a) == "string(tcp)")
    #expect(field("is_checked", a) == "bool(true)")
    #expect(field("is_backup", a) == "bool(false)")
    #expect(shown(b.setting("maxconn")) == "20 inherited")
    #expect(field("host", b) == "string(::1)")
    #expect(field("is_checked", b) == "bool(false)")
    #expect(field("is_backup", b) == "bool(true)")
    #expect(shown(c.setting("maxconn")) == "7 inherited")
    #expect(field("host", c) == "absent")
    #expect(field("host", d).hasPrefix("unknown"))
    #expect(shown(d.setting("maxconn")) == "10 explicit")
    #expect(d.setting("maxconn")?.note?.contains("ignored") == true)
    #expect(reading.problems.map(\.kind) == [.refused])
    #expect(
      shown(read("backend b\n server a x:1\n").resources.last?.setting("maxconn"))
        == "0 default unlimited")
  }

  @Test(
    "long files of defaults, sections and servers are read in linear time",
    .timeLimit(.minutes(15)))
  func size() {
    let defaults = "defaults\n" + String(repeating: " timeout client 1s\n", count: 5_000)
    let servers = String(repeating: " default-server maxconn 1\n server a b:1\n", count: 5_000)
    let sections = String(repeating: "frontend x\n mode tcp\n", count: 5_000)
    let reading = read(defaults + "backend b\n" + servers + sections)
    #expect(reading.resources.count == 10_001)
  }

  @Test(
    "only HAProxy's files are taken",
    arguments: [
      ("haproxy.cfg", "global\n daemon\n", Recognition.byName), ("haproxy.cfg", "", .no),
      ("lb.cfg", "frontend x\n bind :80\n", .byContent),
      ("lb.cfg", "backend x\n server a 10.0.0.1:80 check\n", .byContent),
      ("site.conf", "upstream a {\n server b:80;\n}\n", .no),
      ("setup.cfg", "[metadata]\nname = x\n", .no), ("a.cfg", "listen on = 1\n", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.haproxy.recognises(file) == expected)
  }
}
