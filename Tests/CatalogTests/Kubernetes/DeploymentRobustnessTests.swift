import Catalog
import Model
import Syntax
import Testing

@Suite("Robustness of deployments", .timeLimit(.minutes(15)))
struct DeploymentRobustnessTests {
  private static let manifest = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: c}
    data:
      URL: "postgres://a:b@db/x?connection_limit=5"
      pgbouncer.ini: |
        [pgbouncer]
        pool_mode = session
      nginx.conf: |-
        events {}
        http { server { listen 80; } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: d}
    spec:
      replicas: 2
      template:
        metadata: {labels: {a: b}}
        spec:
          containers:
          - name: d
            envFrom: [{configMapRef: {name: c}}]
            env: [{name: X, value: "$(URL)"}]
            volumeMounts: [{name: v, mountPath: /e}]
          volumes: [{name: v, configMap: {name: c}}]

    """
  private static let unit = """
    [Service]
    Environment="A=b c" DATABASE_URL=postgres://a@db/x \\
      B=c
    ExecStart=/usr/bin/pgbouncer /etc/p.ini
    LimitNOFILE=64:128
    MemoryMax=1G
    """
  private static let puma = """
    most = ENV.fetch("RAILS_MAX_THREADS") { 5 }
    threads 1, most
    workers Integer(ENV["WEB_CONCURRENCY"] || 2)
    """

  @Test(
    "broken files are read without a crash, and every place lies in its file",
    arguments: [
      (Technology.kubernetes, "k/a.yaml", manifest),
      (
        .helmValues, "c/values.yaml",
        "replicaCount: 2\nenv: {DATABASE_URL: \"postgres://a@db/x\"}\n"
      ),
      (.systemd, "p.service", unit), (.puma, "config/puma.rb", puma),
      (
        .sidekiq, "config/sidekiq.yml",
        ":concurrency: <%= ENV.fetch('A') { 3 } %>\nproduction:\n  :concurrency: 9\n"
      ),
      (.gunicorn, "gunicorn.conf.py", "workers = int(os.environ.get('A', 4))\nthreads = 2\n"),
    ])
  func mutations(technology: Technology, path: String, text: String) {
    checkCuts(technology, path, text, ["c/Chart.yaml": "name: c\n"])
  }

  @Test("aliases that name each other without end are read in bounded time")
  func aliases() {
    var text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
    text += "    - &c\n      name: a\n      env:\n"
    for number in 0..<2_000 { text += "        - {name: V\(number), value: x}\n" }
    for _ in 0..<5_000 { text += "    - *c\n" }
    let reading = KubernetesServiceTests.read(text)
    let count = reading.workloads.reduce(0) { $0 + $1.variables.count }
    #expect(count <= 100_000)
  }
}

@Suite(
  "Deployments of the development corpus",
  .enabled(if: SharedData.areHere, "shared vectors are not here"))
struct DeploymentCorpusTests {
  private func reading(_ system: String) throws -> Reading {
    let source = try #require(
      SharedData.corpus("stack").first { $0.path == "\(system)/k8s.yaml" })
    let text = source.text(0..<source.bytes.count)
    return Technology.kubernetes.read(
      SourceText(path: "k8s.yaml", text: text),
      ReadingContext(files: TreeFiles(["k8s.yaml": text, "pgbouncer.ini": ""])))
  }

  @Test("of the system on the day it failed are what its description says")
  func outage() throws {
    let reading = try reading("outage")
    #expect(reading.problems.isEmpty)
    let services = reading.workloads
    #expect(services.map(\.service.name) == ["auth", "pgbouncer"])
    let auth = services[0].resource
    #expect(seen("peak_replicas", auth) == "int(25)")
    #expect(seen("liveness_path", auth) == "string(/actuator/health)")
    #expect(seen("liveness_timeout", auth) == "duration(1000000)")
    #expect(seen("memory_limit", auth) == "int(1073741824)")
    let size = services[0]["SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE"]
    #expect(size?.value == "5")
    #expect(services[0]["DB_PASSWORD"]?.value == nil)
    #expect(seen("peak_replicas", services[1].resource) == "int(2)")
    #expect(services[1].files.map(\.path) == ["pgbouncer.ini"])
  }

  @Test("of the repaired system are what its description says")
  func fixed() throws {
    let services = try reading("fixed").workloads
    #expect(seen("peak_replicas", services[0].resource) == "int(10)")
    #expect(seen("peak_replicas", services[1].resource) == "int(2)")
    #expect(seen("surge", services[1].resource) == "int(0)")
  }
}
