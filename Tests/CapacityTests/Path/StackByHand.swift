import Capacity
import Model

/// The system of the outage and the repaired one, as their files say it.
struct StackByHand {
  let isFixed: Bool
  let isKubernetes: Bool

  var deployment: Deployment? {
    Made.deployments(resources, Made.margin).first
  }

  var resources: [PlacedResource] {
    isKubernetes
      ? [kubernetesService, pool("auth", isFixed ? 24 : 5)] + pooler
      : nginx + applications + pooler + [database, postgresService]
  }

  private var kubernetesService: PlacedResource {
    Made.service(
      "auth", replicas: 4, most: isFixed ? 8 : 20, surge: isFixed ? 2 : 5)
  }

  private var applications: [PlacedResource] {
    [
      Made.service("auth", replicas: 4), pool("auth", isFixed ? 24 : 10),
      Made.service("auth-worker", replicas: isFixed ? 2 : 4),
      pool("auth-worker", isFixed ? 5 : 20), Made.service("reports"),
      Made.resource(
        .pool, "reports", "prisma", of: "reports", [Made.count("max_size", isFixed ? 5 : 30)],
        facts: target("postgres", 5432)),
    ]
  }

  private func target(_ host: String, _ port: Int64) -> [String: FieldValue] {
    [
      "target_host": .string(host), "target_port": .int(port), "target_database": .string("auth"),
      "target_product": .string("postgresql"),
    ]
  }

  private func pool(_ service: String, _ size: Int64) -> PlacedResource {
    var numbers = [
      Made.count("max_size", size), Made.count("request_threads", isFixed ? 100 : 200),
      Made.count("min_idle", isFixed ? size : 2),
      Made.milliseconds("acquire_timeout", isFixed ? 2_000 : 60_000),
      Made.milliseconds("max_lifetime", isFixed ? 1_500_000 : 7_200_000),
      Made.milliseconds("keepalive", isFixed ? 120_000 : 0, isFixed ? nil : .disabled),
    ]
    if isFixed { numbers.append(Made.seconds("socket_timeout", 8)) }
    return Made.resource(
      .pool, "auth", "hikaricp", of: service, numbers, facts: target("pgbouncer", 6432))
  }

  private var pooler: [PlacedResource] {
    let ini =
      isFixed
      ? [
        Made.word("pool_mode", "transaction"), Made.count("max_clients", 300),
        Made.count("default_pool_size", 4), Made.seconds("reserve_pool_timeout", 1),
        Made.count("max_db_connections", 44), Made.seconds("query_wait_timeout", 2),
        Made.seconds("client_idle_timeout", 1_800), Made.seconds("server_idle_timeout", 120),
      ]
      : [
        Made.count("default_pool_size", 20, .clamped, written: "40"),
        Made.word("pool_mode", "session"),
        Made.count("max_clients", 100, .clamped, written: "400"),
        Made.seconds("reserve_pool_timeout", 0, .disabled),
        Made.seconds("query_wait_timeout", 0, .forever),
        Made.seconds("client_idle_timeout", 0, .disabled),
        Made.seconds("server_idle_timeout", 600),
      ]
    return [
      Made.service(
        "pgbouncer", replicas: isFixed ? 2 : 1, [Made.count("file_limit", isFixed ? 4_096 : 128)]),
      Made.resource(.pooler, "pgbouncer", "pgbouncer", of: "pgbouncer", ini),
      entry("auth", isFixed ? 39 : 20, reserve: isFixed ? 5 : 20),
      entry("audit", isFixed ? 4 : 20, reserve: isFixed ? 0 : 20),
    ]
  }

  private func entry(_ name: String, _ size: Int64, reserve: Int64) -> PlacedResource {
    Made.resource(
      .poolerDatabase, name, "pgbouncer", of: "pgbouncer",
      [
        isFixed
          ? Made.count("pool_size", size) : Made.count("pool_size", size, .clamped, written: "40"),
        Made.count("reserve_pool_size", reserve), Made.word("host", "postgres"),
        Made.word("forced_user", "auth_app"),
      ])
  }

  private var postgresService: PlacedResource {
    Made.service("postgres", [Made.megabytes("memory_limit", 8_192)])
  }

  private var database: PlacedResource {
    Made.resource(
      .databaseServer, "postgresql", "postgresql", of: "postgres",
      [
        Made.count("max_connections", isFixed ? 120 : 100),
        Made.count("reserved_superuser", isFixed ? 5 : 3),
        Made.megabytes("shared_memory", isFixed ? 2_048 : 6_144),
        Made.megabytes("work_memory", isFixed ? 8 : 64),
        Made.Number(field: "hash_memory_multiplier", value: .double(2), provenance: .default),
        Made.megabytes("maintenance_memory", isFixed ? 256 : 64),
        Made.count("autovacuum_workers", 3, .default), Made.megabytes("wal_memory", 16),
        isFixed
          ? Made.seconds("statement_timeout", 5)
          : Made.milliseconds("statement_timeout", 0, .disabled),
        isFixed
          ? Made.milliseconds("idle_session_timeout", 0, .disabled)
          : Made.milliseconds("idle_session_timeout", 300_000),
      ])
  }

  private var nginx: [PlacedResource] {
    let upstream = Made.resource(
      .upstream, "auth_backend", "nginx", of: "nginx", [],
      facts: [
        "servers": .list([.string(isFixed ? "auth:8080 max_conns=400" : "auth:8080")])
      ])
    let location = { (name: String) in
      Made.resource(
        .location, name, "nginx", of: "nginx",
        [Made.seconds("proxy_read_timeout", isFixed ? 12 : 15)],
        facts: [
          "passes": .string("proxy_pass"), "pass_url": .string("http://auth_backend"),
          "upstream": .resource(upstream.resource),
        ])
    }
    return [
      Made.service("nginx"),
      Made.resource(
        .nginx, "nginx.conf", "nginx", of: "nginx",
        [Made.count("worker_connections", isFixed ? 2_048 : 4_096)], facts: ["workers": .int(4)]),
      upstream, location("/login"), location("/"),
    ]
  }
}
