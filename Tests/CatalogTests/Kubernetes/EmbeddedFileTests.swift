import Catalog
import Model
import Syntax
import Testing

@Suite("Files inside ConfigMaps")
struct EmbeddedFileTests {
  private static let pooler = """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: pooler
    data:
      pgbouncer.ini: |
        [databases]
        app = host=db pool_size=7

        [pgbouncer]
        default_pool_size = 12
        %include more.ini
      more.ini: |
        [pgbouncer]
        max_client_conn = 400
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: pgbouncer
    spec:
      replicas: 2
      template:
        spec:
          containers:
            - name: pgbouncer
              image: example/pgbouncer:1
              volumeMounts: [{name: config, mountPath: /etc/pgbouncer}]
          volumes: [{name: config, configMap: {name: pooler}}]

    """

  private func text(_ setting: Setting?, _ reading: Reading) throws -> String {
    let origin = try #require(setting?.origin)
    let source = try #require(reading.sources.first { $0.path == origin.path })
    return source.text(origin.range)
  }

  @Test("are read by their own technology, at their places in the manifest")
  func places() throws {
    for text in [Self.pooler, Self.pooler.replacing("\n", with: "\r\n")] {
      let reading = KubernetesServiceTests.read(text)
      #expect(reading.problems.isEmpty)
      let pooler = try #require(reading.resources.first { $0.kind == .pooler })
      #expect(pooler.identity.technology == "pgbouncer")
      #expect(pooler.identity.service?.name == "pgbouncer")
      #expect(pooler.identity.origin.path == "k8s/auth.yaml")
      #expect(try self.text(pooler.setting("default_pool_size"), reading) == "12")
      #expect(try self.text(pooler.setting("max_client_conn"), reading) == "400")
      let database = try #require(reading.resources.first { $0.kind == .poolerDatabase })
      #expect(try self.text(database.setting("pool_size"), reading) == "7")
      #expect(database.identity.service?.name == "pgbouncer")
    }
  }

  @Test("are run by each workload that mounts them, wherever that stands")
  func workloads() throws {
    let (map, deployment) = halves(Self.pooler)
    let reading = KubernetesServiceTests.read(map, ["k8s/deployment.yaml": deployment])
    let pooler = try #require(reading.resources.first { $0.kind == .pooler })
    #expect(pooler.identity.service?.name == "pgbouncer")
    #expect(pooler.identity.service?.deployment == "k8s/deployment.yaml")
    #expect(reading.workloads.isEmpty)
    let alone = KubernetesServiceTests.read(map)
    #expect(alone.resources.filter { $0.kind == .pooler }.map { $0.identity.service } == [nil])
    let second = deployment.replacing("name: pgbouncer\nspec", with: "name: second\nspec")
    let both = KubernetesServiceTests.read(
      map, ["k8s/deployment.yaml": deployment, "k8s/second.yaml": second])
    let names = both.resources.filter { $0.kind == .pooler }.map { $0.identity.service?.name ?? "" }
    #expect(names.sorted() == ["pgbouncer", "second"])
  }

  private static func map(_ key: String, _ scalar: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  \(key): \(scalar)\n"
  }

  @Test("of nginx keep their places too")
  func nginx() throws {
    let text = Self.map(
      "nginx.conf",
      "|\n    events {}\n    http {\n      include a/*.conf;\n      server { listen 80; }\n    }")
    let reading = KubernetesServiceTests.read(text)
    let server = try #require(reading.resources.first { $0.kind == .server })
    #expect(server.identity.technology == "nginx")
    let origin = server.identity.origin
    #expect(origin.path == "k8s/auth.yaml")
    #expect(SourceText(path: "", text: text).text(origin.range) == "server")
    #expect(reading.problems.allSatisfy { $0.kind == .unknown })
    let folded = KubernetesServiceTests.read(
      Self.map("nginx.conf", "\"events {}\\nhttp {\\n  server { listen 80; }\\n}\\n\""))
    #expect(folded.resources.isEmpty)
    #expect(folded.problems.map(\.kind) == [.unknown])
  }

  @Test("with markers at a line's beginning and documents of their own are read as they are")
  func documents() throws {
    let text = Self.map(
      "application.yml",
      """
      |2
          spring:
            datasource:
              url: jdbc:postgresql://db/app
              hikari:
                maximum-pool-size: 10
          ---
          spring:
            config.activate.on-profile: test
            datasource.hikari.maximum-pool-size: 20
      """)
    let reading = KubernetesServiceTests.read(text.replacing("|2", with: "|"))
    #expect(reading.problems.isEmpty)
    let pools = reading.resources.filter { $0.kind == .pool }
    #expect(pools.map(\.identity.environment) == ["production", "test"])
    #expect(try self.text(pools[0].setting("maximumPoolSize"), reading) == "10")
    #expect(try self.text(pools[1].setting("maximumPoolSize"), reading) == "20")
  }

  @Test(
    "that are folded or escaped are read, and stand at their key",
    arguments: [
      "\"[pgbouncer]\\ndefault_pool_size = 12\\n\"",
      ">\n    [pgbouncer]\n\n    default_pool_size = 12\n",
    ]
  )
  func folded(scalar: String) throws {
    let reading = KubernetesServiceTests.read(Self.map("pgbouncer.ini", scalar))
    let pooler = try #require(reading.resources.first)
    let setting = try #require(pooler.setting("default_pool_size"))
    #expect(setting.effective == .int(12))
    #expect(setting.origin == nil)
    #expect(
      SourceText(path: "", text: Self.map("pgbouncer.ini", scalar))
        .text(pooler.identity.origin.range) == "pgbouncer.ini")
  }

  @Test("of one line are read in their place")
  func oneLine() throws {
    let reading = KubernetesServiceTests.read(
      Self.map("hikari.properties", "maximumPoolSize=5"))
    let pool = try #require(reading.resources.first)
    #expect(try text(pool.setting("maximumPoolSize"), reading) == "5")
  }

  @Test("of other programs, of Secrets and manifests are passed over")
  func others() {
    #expect(KubernetesServiceTests.read(Self.map("notes.txt", "|\n    some\n")).resources.isEmpty)
    let manifest = Self.map(
      "pod.yaml", "|\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: x}\n")
    #expect(KubernetesServiceTests.read(manifest).resources.isEmpty)
    let secret = Self.map("pgbouncer.ini", "|\n    [pgbouncer]\n").replacing(
      "kind: ConfigMap", with: "kind: Secret")
    #expect(KubernetesServiceTests.read(secret).resources.isEmpty)
  }

  @Test("are files of the repository where the ConfigMap is made from them")
  func mounted() throws {
    let manifest = halves(Self.pooler).1
    let named = KubernetesServiceTests.read(
      manifest.replacing("{name: pooler}", with: "{name: pgbouncer-ini}"),
      ["k8s/pgbouncer.ini": ""])
    let file = try #require(named.workloads.first?.files.first)
    #expect(file.path == "k8s/pgbouncer.ini")
    #expect(file.target == "/etc/pgbouncer/pgbouncer.ini")
    let generated = KubernetesServiceTests.read(
      manifest,
      [
        "k8s/kustomization.yaml":
          "configMapGenerator: [{name: pooler, files: [pgbouncer.ini=../etc/p.ini]}]\n"
      ])
    let other = try #require(generated.workloads.first?.files.first)
    #expect(other.path == "etc/p.ini")
    #expect(other.target == "/etc/pgbouncer/pgbouncer.ini")
    let part = KubernetesServiceTests.read(
      manifest.replacing("{name: pooler}", with: "{name: pgbouncer-ini}")
        .replacing("pgbouncer}]", with: "p.ini, subPath: pgbouncer.ini}]"),
      ["k8s/pgbouncer.ini": ""])
    #expect(part.workloads.first?.files.map(\.target) == ["/etc/p.ini"])
  }
}
