import Catalog
import Model
import Syntax
import Testing

@Suite("ProxySQL")
struct ProxySQLTests {
  private func read(_ text: String) -> Reading {
    Technology.proxysql.read(
      SourceText(path: "proxysql.cnf", text: text), ReadingContext(files: TreeFiles([:])))
  }

  @Test(
    "a variable outside its range runs as its default",
    arguments: [
      ("threads=4", "max_connections", "10000 default"),
      ("max_connections=2048", "max_connections", "2048 explicit"),
      ("max_connections=\"2048\"", "max_connections", "2048 explicit"),
      ("max_connections=0", "max_connections", "10000 clamped"),
      ("max_connections=1000001", "max_connections", "10000 clamped"),
      ("max_connections=\"many\"", "max_connections", "10000 clamped"),
      ("max_connections=\"${MAX}\"", "max_connections", "? unknown"),
      ("free_connections_pct=101", "free_connections_pct", "10 clamped"),
      ("free_connections_pct=0", "free_connections_pct", "0 explicit"),
      ("connect_timeout_server=5", "connect_timeout_server", "1000 clamped"),
      ("connect_timeout_server=3000", "connect_timeout_server", "3000 explicit"),
      ("x=1", "connection_max_age_ms", "0 default forever"),
      ("wait_timeout=1728000001", "wait_timeout", "28800000 clamped"),
      ("default_query_timeout=36000000", "default_query_timeout", "36000000 explicit"),
      ("multiplexing=false", "multiplexing", "false explicit"),
    ])
  func variables(text: String, key: String, expected: String) {
    let pooler = read("mysql_variables = { \(text) }").resources.first
    #expect(shown(pooler?.setting(key)) == expected)
  }

  @Test(
    "a server has its own limit",
    arguments: [
      ("", "max_connections", "1000 default"),
      (", max_connections = 200", "max_connections", "200 explicit"),
      (", max_connections = 0", "max_connections", "0 explicit"),
      (", max_connections = -1", "max_connections", "0 clamped"),
      (", max_connections = \"200\"", "max_connections", "? unknown"),
      (", weight = 5", "weight", "5 explicit"),
    ])
  func servers(text: String, key: String, expected: String) {
    let reading = read(
      "mysql_servers = ( { address = \"10.0.0.5\", port = 3307, hostgroup = 2 \(text) } )")
    let server = reading.resources.last
    #expect(reading.problems.isEmpty)
    #expect(server?.identity.name == "2.10.0.0.5:3307")
    #expect(shown(server?.setting(key)) == expected)
    #expect(field("host", server) == "string(10.0.0.5)")
    #expect(field("port", server) == "int(3307)")
    #expect(field("hostgroup", server) == "int(2)")
    #expect(field("pool_size", server) == field("max_db_connections", server))
  }

  @Test("users stand under the pooler, passwords are secret, and problems are said")
  func rest() {
    let text = """
      admin_variables = { admin_credentials = "a:b" }
      mysql_variables = { monitor_password = "hunter2", max_connections = 50 }
      mysql_users: ( { username = "app", password = "secret", max_connections = 5 } )
      mysql_servers = ( { address = "a", hostgroup = 1 }, { hostgroup = 2 } )
      pgsql_variables = { max_connections = 100 }
      """
    let reading = read(text)
    #expect(reading.resources.map(\.kind) == [.pooler, .poolerDatabase, .poolerDatabase, .pooler])
    let pooler = reading.resources[0]
    #expect(shown(pooler.setting("mysql_users.app.max_connections")) == "5 explicit")
    #expect(field("max_clients", pooler) == "int(50)")
    #expect(reading.resources[3].setting("threads") == nil)
    #expect(shown(reading.resources[3].setting("max_connections")) == "100 explicit")
    let secrets = reading.resources.flatMap(\.settings).filter(\.isSecret).compactMap(\.written)
    #expect(secrets == ["\"hunter2\"", "\"secret\""])
    #expect(reading.problems.map(\.message) == ["a server without address is left out"])
    #expect(read("mysql_variables = { a 1 }").problems.map(\.kind) == [.syntax])
    #expect(read("@include \"x\"\nmysql_variables = {}").problems.map(\.kind) == [.unknown])
  }

  @Test(
    "only ProxySQL's files are taken",
    arguments: [
      ("proxysql.cnf", "", Recognition.byName),
      ("proxysql-prod.cfg", "mysql_variables=\n{\n}\n", .byName),
      ("lb.cnf", "mysql_variables =\n{ }\nmysql_servers:\n()\n", .byContent),
      ("my.cnf", "[mysqld]\nmax_connections=5\n", .no),
      ("a.cnf", "mysql_variables = 1\n", .no), ("proxysql.cfg", "global\n", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.proxysql.recognises(file) == expected)
  }
}
