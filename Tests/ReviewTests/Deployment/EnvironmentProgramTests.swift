import Catalog
import Model
import Review
import Testing

@Suite("Programs that their environment alone configures")
struct EnvironmentProgramTests {
  private func field(_ name: String, of resource: any Resource) -> String? {
    let schema: KindSchema? =
      switch resource.kind {
      case .pool: .pool
      case .pooler: .pooler
      case .poolerDatabase: .poolerDatabase
      default: nil
      }
    return schema?.field(named: name).map { "\(resource.value(of: $0))" }
  }

  private func resource(_ kind: Kind, _ found: Collection) throws -> any Resource {
    try #require(found.readings.flatMap(\.resources).first { $0.kind == kind })
  }

  @Test("a pool of Spring Boot has the size of its variable, and nothing else is known")
  func spring() throws {
    let found = collected([
      "docker-compose.yml": """
      services:
        auth:
          image: example/auth:4
          environment:
            SPRING_DATASOURCE_URL: jdbc:postgresql://db:5432/auth
            SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: "12"
      """
    ])
    #expect(found.pools("docker-compose.yml") == ["auth: 12"])
    #expect(
      found.bindings("docker-compose.yml") == ["auth: the environment at docker-compose.yml:2"])
    let pool = try resource(.pool, found)
    #expect(field("target_host", of: pool) == "string(\"db\")")
    #expect(pool.settings.first { $0.key == "maximumPoolSize" }?.provenance == .explicit)
    let size = try #require(pool.settings.first { $0.field == "max_size" }?.origin)
    #expect(size.path == "docker-compose.yml")
    let life = try #require(pool.settings.first { $0.field == "max_lifetime" })
    #expect(life.provenance == .unknown)
    #expect(life.note == "only the environment is here: a file in the image may say it")
  }

  @Test("a size that the environment does not give is unknown")
  func open() {
    let url = "            SPRING_DATASOURCE_URL: jdbc:postgresql://db:5432/auth\n"
    let text = DeploymentTests.compose("    environment:\n" + url)
    #expect(collected(["docker-compose.yml": text]).pools("docker-compose.yml") == ["auth: ?"])
    let bound = collected([
      "docker-compose.yml": text + "    volumes: ['./application.yml:/a.yml']\n",
      "application.yml": DeploymentTests.spring,
    ])
    #expect(bound.pools("docker-compose.yml") == [])
  }

  @Test(
    "a pooler that the entry script of an image configures has the script's keys",
    arguments: [
      (
        "edoburu/pgbouncer:v1.24.1-p1",
        "DATABASE_URL: postgres://auth:pw@db:5433/auth\n      POOL_MODE: transaction\n"
          + "      DEFAULT_POOL_SIZE: \"20\"\n      MAX_CLIENT_CONN: \"300\""
      ),
      (
        "bitnami/pgbouncer:1.24.1",
        "POSTGRESQL_HOST: db\n      POSTGRESQL_PORT: 5433\n      PGBOUNCER_DATABASE: auth\n"
          + "      PGBOUNCER_POOL_MODE: transaction\n      PGBOUNCER_DEFAULT_POOL_SIZE: \"20\"\n"
          + "      PGBOUNCER_MAX_CLIENT_CONN: \"300\""
      ),
    ])
  func pgbouncer(image: String, variables: String) throws {
    let text = """
      services:
        pooler:
          image: \(image)
          environment:
            \(variables)
      """
    let found = collected(["docker-compose.yml": text])
    let pooler = try resource(.pooler, found)
    #expect(pooler.identity.service?.name == "pooler")
    #expect(field("max_clients", of: pooler) == "int(300)")
    #expect(field("pool_mode", of: pooler) == "string(\"transaction\")")
    let database = try resource(.poolerDatabase, found)
    #expect(database.identity.name == "auth")
    #expect(field("pool_size", of: database) == "int(20)")
    #expect(field("host", of: database) == "string(\"db\")")
    #expect(field("port", of: database) == "int(5433)")
    let size = try #require(pooler.settings.first { $0.field == "default_pool_size" }?.origin)
    #expect(text.utf8.dropFirst(size.range.lowerBound).starts(with: "20".utf8))
    #expect(found.readings.flatMap(\.resources).allSatisfy { $0.kind != .pool })
  }

  @Test("of a pooler whose file is elsewhere it is said that it is not here")
  func absent() {
    let mount = "    volumes: [\"./x:/etc/pgbouncer/pgbouncer.ini\"]\n"
    for lines in [
      "image: example/pgbouncer:1.24.1\n", "image: edoburu/pgbouncer:1.24.1\n" + mount,
    ] {
      let found = collected(["docker-compose.yml": "services:\n  pooler:\n    " + lines])
      let problems = found.readings.flatMap(\.problems).map(\.message)
      #expect(problems == ["the configuration of pooler is not here"], "\(lines)")
    }
  }

  @Test("Puma's and Sidekiq's threads are those of the service's environment and command")
  func ruby() throws {
    let database =
      "production:\n  adapter: postgresql\n  host: db\n"
      + "  pool: <%= ENV.fetch(\"RAILS_MAX_THREADS\") { 5 } %>\n"
    let files = [
      "docker-compose.yml": """
      services:
        web:
          build: .
          command: bundle exec puma -C config/puma.rb
          environment: {RAILS_MAX_THREADS: "16"}
        jobs:
          build: .
          command: bundle exec sidekiq -c 25
          environment: {RAILS_MAX_THREADS: "16", WEB_CONCURRENCY: "4"}
      """,
      "config/database.yml": database,
      "config/puma.rb": "threads_count = ENV.fetch(\"RAILS_MAX_THREADS\") { 5 }\n"
        + "threads threads_count, threads_count\n",
    ]
    let found = collected(files)
    let pools = found.readings.flatMap(\.resources).filter {
      $0.kind == .pool && $0.identity.service != nil
    }
    let threads = pools.map { pool in
      (pool.identity.service?.name, field("request_threads", of: pool))
    }
    #expect(threads.first { $0.0 == "web" }?.1 == "int(16)")
    #expect(threads.first { $0.0 == "jobs" }?.1 == "int(25)")
    let jobs = try #require(
      found.entries.flatMap(\.reading.workloads).first { $0.service.name == "jobs" })
    let processes = jobs.resource.settings.first { $0.field == "processes" }
    #expect(processes?.effective == .int(1))
  }
}
