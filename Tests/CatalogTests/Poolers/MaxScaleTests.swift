import Catalog
import Model
import Syntax
import Testing

@Suite("MaxScale")
struct MaxScaleTests {
  private func read(_ text: String) -> Reading {
    Technology.maxscale.read(
      SourceText(path: "maxscale.cnf", text: text), ReadingContext(files: TreeFiles([:])))
  }

  @Test(
    "a service runs its own values",
    arguments: [
      ("", "max_connections", "0 default unlimited"),
      ("max_connections=100", "max_connections", "100 explicit"),
      ("max_connections=-1", "max_connections", "?! explicit"),
      ("max_connections=$MAX", "max_connections", "? unknown"),
      ("", "wait_timeout", "0 default disabled"),
      ("wait_timeout=300s", "wait_timeout", "300 explicit"),
      ("connection_timeout=5m", "wait_timeout", "300 explicit"),
      ("wait_timeout=300", "wait_timeout", "300 explicit"),
      ("wait_timeout=300000ms", "wait_timeout", "?! explicit"),
      ("wait_timeout=1H", "wait_timeout", "3600 explicit"),
      ("", "connection_keepalive", "300 default"),
      ("", "idle_session_pool_time", "-1000 default disabled"),
      ("idle_session_pool_time=900ms", "idle_session_pool_time", "900 explicit"),
      ("multiplex_timeout=33s", "multiplex_timeout", "33000 explicit"),
      ("wait_timeout=soon", "wait_timeout", "?! explicit"),
    ])
  func services(text: String, key: String, expected: String) {
    let service = read("[Svc]\ntype=service\nrouter=readconnroute\n\(text)\n").resources.last
    #expect(service?.kind == .poolerDatabase)
    #expect(shown(service?.setting(key)) == expected)
  }

  @Test("servers, the process, values over several lines, and what tunes itself")
  func rest() {
    let reading = read(
      """
      # proxies
      [MaxScale]
      threads=auto
      auto_tune=all
      [db1]
      type=server
      address=10.0.0.5
      port=3307
      persistpoolmax=20
      persistmaxtime=60s
      monitorpw=hunter2
      [Svc]
      type=service
      router=readwritesplit
      servers=db1,
              db2
      password=secret
      [Mon]
      type=monitor
      module=mariadbmon
      """)
    #expect(reading.problems.isEmpty)
    #expect(reading.resources.map(\.identity.name) == ["maxscale", "db1", "Svc"])
    let (pooler, server, service) = (
      reading.resources[0], reading.resources[1], reading.resources[2]
    )
    #expect(shown(pooler.setting("threads")) == "? unknown")
    #expect(field("databases", pooler) == "list(2)")
    #expect(field("host", server) == "string(10.0.0.5)")
    #expect(field("port", server) == "int(3307)")
    #expect(field("max_idle", server) == "int(20)")
    #expect(field("server_idle_timeout", server) == "duration(60000000)")
    #expect(shown(server.setting("max_routing_connections")) == "0 default unlimited")
    #expect(shown(service.setting("wait_timeout")) == "? unknown")
    #expect(service.setting("servers")?.written?.contains("db2") == true)
    let secrets = reading.resources.flatMap(\.settings).filter(\.isSecret).compactMap(\.written)
    #expect(secrets == ["hunter2", "secret"])
    #expect(read("[a]\nb c\n").problems.map(\.kind) == [.syntax])
  }

  @Test(
    "only MaxScale's files are taken",
    arguments: [
      ("maxscale.cnf", "", Recognition.byName),
      ("split.cnf", "[S]\ntype=service\nrouter=readwritesplit\n", .byContent),
      ("my.cnf", "[mysqld]\nport=3306\n", .no), ("openssl.cnf", "[req]\ntype = x\n", .no),
      ("a.cnf", "[S]\ntype=service\n", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.maxscale.recognises(file) == expected)
  }
}
