import Catalog
import Model
import Review
import Syntax
import Testing

/// What a collector makes of files that exist only in a test.
func collected(_ files: [String: String], given: [String: Version] = [:]) -> Collection {
  let sources = files.map { SourceText(path: $0.key, text: $0.value) }
  let collector = Collector(
    versions: given, given: Set(given.keys), environment: { _ in nil }, isGoverned: { _ in true })
  return collector.collect(
    Workspace(files: MemoryFiles(sources), paths: files.keys.sorted()))
}

extension Collection {
  /// `service: size` of each pool of an entry, and `-` where no service runs it.
  func pools(_ path: String) -> [String] {
    entries.filter { $0.path == path }.flatMap(\.reading.resources).filter { $0.kind == .pool }
      .map { pool in
        let size = pool.settings.first { $0.field == "max_size" }
        let number = if case .int(let value)? = size?.effective { String(value) } else { "?" }
        let environment = pool.identity.environment
        let place = environment == "production" ? "" : " \(environment)"
        return "\(pool.identity.service?.name ?? "-"): \(number)\(place)"
      }
  }

  /// `service: evidence` of the services that run an entry.
  func bindings(_ path: String) -> [String] {
    entries.filter { $0.path == path }.flatMap(\.bindings)
      .map { "\($0.service.name): \($0.evidence)" }
  }
}

@Suite("Which services run which files")
struct DeploymentTests {
  static let spring = """
    spring:
      application: {name: auth}
      datasource:
        url: jdbc:postgresql://db/auth
        hikari:
          maximum-pool-size: ${DB_POOL:10}
    ---
    spring:
      config: {activate: {on-profile: test}}
      datasource: {hikari: {maximum-pool-size: 20}}
    """

  static func compose(_ service: String) -> String {
    "services:\n  auth:\n    image: example/auth:4\n" + service
  }

  @Test("without a deployment a file counts as it stands")
  func none() {
    let found = collected(["application.yml": Self.spring])
    #expect(found.pools("application.yml") == ["-: 10", "-: 20 test"])
    #expect(found.bindings("application.yml") == [])
  }

  static let environments: [(String, String)] = [
    ("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE: 7", "7"),
    ("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: '8'", "8"),
    ("DB_POOL: 9", "9"),
    ("JAVA_OPTS: -Xmx1g -Dspring.datasource.hikari.maximum-pool-size=11", "11"),
    (
      "SPRING_APPLICATION_JSON: '{\"spring\":{\"datasource\":{\"hikari\":{\"maximumPoolSize\":12}}}}'",
      "12"
    ),
    ("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE: ${SECRET}", "?"),
    ("DB_POOL: ${SECRET}", "?"),
    ("OTHER: 1", "10"),
    ("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE: '010'", "10"),
  ]

  @Test("the environment of the service wins", arguments: environments)
  func environment(line: String, size: String) {
    let found = collected([
      "application.yml": Self.spring,
      "docker-compose.yml": Self.compose(
        "    environment:\n      \(line)\n    volumes: ['./application.yml:/app/application.yml']\n"
      ),
    ])
    #expect(found.pools("application.yml") == ["auth: \(size)", "-: 20 test"])
  }

  @Test("the command line wins over the environment")
  func command() {
    let found = collected([
      "application.yml": Self.spring,
      "docker-compose.yml": Self.compose(
        "    command: [--spring.datasource.hikari.maximum-pool-size=13]\n"
          + "    environment: {DB_POOL: 9}\n    volumes: ['./:/app']\n"),
    ])
    #expect(found.pools("application.yml").first == "auth: 13")
  }

  @Test("values stand where the deployment writes them, and count as explicit")
  func origin() {
    let found = collected([
      "application.yml": Self.spring,
      "docker-compose.yml": Self.compose(
        "    environment:\n      DB_POOL: '9'\n    build: .\n"),
    ])
    let entry = found.entries.first { $0.path == "application.yml" }
    let size = entry?.reading.resources.first?.settings.first { $0.field == "max_size" }
    #expect(size?.provenance == .explicit)
    #expect(size?.origin?.path == "docker-compose.yml")
    #expect(size?.written == "9")
    let paths = entry?.reading.sources.map(\.path) ?? []
    #expect(paths.contains("docker-compose.yml"))
  }

  @Test("active profiles choose the files and documents")
  func profiles() {
    let files = [
      "src/main/resources/application.yml": Self.spring,
      "src/main/resources/application-prod.yml":
        "spring:\n  datasource:\n    hikari:\n      maximum-pool-size: 40\n",
      "compose.yaml": """
      services:
        web: {build: ., environment: {SPRING_PROFILES_ACTIVE: prod}}
        worker: {build: .}
        check: {build: ., environment: [SPRING_PROFILES_ACTIVE=test]}
      """,
    ]
    let found = collected(files)
    #expect(found.pools("src/main/resources/application-prod.yml") == ["web: 40"])
    #expect(
      found.pools("src/main/resources/application.yml").sorted()
        == ["-: 10 default", "check: 20 test", "worker: 10"])
    #expect(
      found.bindings("src/main/resources/application.yml").first
        == "web: built from the repository at compose.yaml:2")
  }

  static let bindings: [([String: String], String, [String])] = [
    (
      [
        "a/app/pgbouncer.ini": bouncer,
        "a/compose.yml":
          "services:\n  pool:\n    image: x/pgbouncer:1.25.2\n    volumes:\n      - ./app:/etc/pgbouncer\n",
      ],
      "a/app/pgbouncer.ini", ["pool: mounted at a/compose.yml:5"]
    ),
    (
      ["pgbouncer.ini": bouncer, "compose.yml": "services:\n  pool:\n    image: x/pgbouncer:1\n"],
      "pgbouncer.ini", ["pool: inferred from the image's name"]
    ),
    (
      [
        "pgbouncer.ini": bouncer, "two.ini": bouncer,
        "compose.yml": "services:\n  pool:\n    image: x/pgbouncer:1\n",
      ],
      "pgbouncer.ini", []
    ),
    (
      ["pgbouncer.ini": bouncer, "compose.yml": "services:\n  app:\n    build: .\n"],
      "pgbouncer.ini", []
    ),
    (
      ["x/application.yml": spring, "compose.yml": compose("")],
      "x/application.yml", ["auth: inferred from spring.application.name"]
    ),
    (
      [
        "src/test/resources/application.yml": spring,
        "compose.yml": "services:\n  a:\n    build: .\n",
      ],
      "src/test/resources/application.yml", []
    ),
    (
      [
        "web/nginx.conf": "events {}\nhttp { server { listen 80; } }\n",
        "compose.yml":
          "services:\n  web:\n    build: ./web\n  nginx:\n    image: nginx:1.27\n    volumes: ['./web:/etc/nginx']\n",
      ],
      "web/nginx.conf", ["nginx: mounted at compose.yml:6"]
    ),
  ]
  static let bouncer = "[databases]\na = host=db\n[pgbouncer]\nlisten_port = 6432\n"

  @Test("files are bound by mount, build folder or the only possible name", arguments: bindings)
  func bound(files: [String: String], path: String, expected: [String]) {
    #expect(collected(files).bindings(path) == expected)
  }

  static let servers: [(String, [String: String], [String: Version], String, String)] = [
    ("image: postgres:16\n    command: postgres -c max_connections=200", [:], [:], "16", "200"),
    ("image: postgres:15\n    command: ['-N', '50']", [:], [:], "15", "50"),
    ("image: postgres", [:], [:], "15", "100"),
    ("image: postgres:15\n    command: postgres -c max_connections=${N:-70}", [:], [:], "15", "70"),
    ("image: postgres:15\n    command: postgres -c max_connections=${N}", [:], [:], "15", "?"),
    ("image: postgres:15", [:], ["postgresql": Version(17)], "17", "100"),
    ("image: mariadb:10.6\n    command: --max-connections=300", [:], [:], "10.6", "300"),
    ("image: mysql:8.4\n    command: mysqld --max_connections 400", [:], [:], "8.4", "400"),
    (
      "image: postgres:15\n    command: postgres -c max_connections=300\n    volumes: ['./postgresql.conf:/c']",
      ["postgresql.conf": "max_connections = 120\n"], [:], "15", "300"
    ),
    (
      "image: mariadb:10.11\n    command: --max-connections=90\n    volumes: ['./my.cnf:/etc/my.cnf']",
      ["my.cnf": "[mysqld]\nmax_connections = 120\n"], [:], "10.11", "90"
    ),
  ]

  @Test("images of databases are servers, with the flags of their command", arguments: servers)
  func server(
    lines: String, others: [String: String], given: [String: Version], version: String,
    connections: String
  ) {
    var files = others
    files["compose.yml"] = "services:\n  db:\n    \(lines)\n"
    let found = collected(files, given: given)
    let servers = found.readings.flatMap(\.resources).filter { $0.kind == .databaseServer }
    #expect(servers.count == 1)
    #expect(servers.first?.identity.service?.name == "db")
    #expect(servers.first?.identity.version?.description == version)
    let setting = servers.first?.settings.first { $0.field == "max_connections" }
    let number = if case .int(let value)? = setting?.effective { String(value) } else { "?" }
    #expect(number == connections)
  }

  @Test("a server whose own file is elsewhere is unknown")
  func unread() {
    let found = collected([
      "compose.yml":
        "services:\n  db:\n    image: postgres:15\n    command: postgres -c config_file=/x.conf\n"
    ])
    let others = found.readings.flatMap(\.resources).filter { $0.kind != .service }
    #expect(others.isEmpty)
    #expect(found.readings.flatMap(\.problems).map(\.kind) == [.unknown])
  }

  @Test("an address that a schema reads from the environment is one pool")
  func prisma() {
    let found = collected([
      "app/prisma/schema.prisma":
        "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n",
      "app/.env": "DATABASE_URL=postgres://h/d?connection_limit=3\n",
      "compose.yml":
        "services:\n  app:\n    build: ./app\n    environment:\n"
        + "      DATABASE_URL: postgres://db/d?connection_limit=30\n",
    ])
    let pools = found.readings.flatMap(\.resources).filter { $0.kind == .pool }
    #expect(pools.map(\.identity.technology) == ["prisma"])
    #expect(found.pools("app/prisma/schema.prisma") == ["app: 30"])
  }

  @Test("a file of variables is the environment of the services that name it")
  func environmentFile() {
    let found = collected([
      "app.env": "DATABASE_URL=postgres://h/d?pool_max_conns=3\n",
      "compose.yml": "services:\n  a: {image: x, env_file: app.env}\n  b: {image: y}\n",
    ])
    let pools = found.readings.flatMap(\.resources).filter { $0.kind == .pool }
    let names = pools.map { $0.identity.service?.name }
    #expect(names == ["a"])
    #expect(found.bindings("app.env") == ["a: its environment at app.env:1"])
  }
}
