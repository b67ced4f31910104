import Catalog
import Model
import Syntax
import Testing

@Suite("Helm values")
struct HelmValuesTests {
  private func read(_ files: [String: String], _ path: String = "chart/values.yaml") -> Reading {
    Technology.helmValues.read(
      SourceText(path: path, text: files[path] ?? ""), ReadingContext(files: TreeFiles(files)))
  }

  private static let values = """
    replicaCount: 3
    image: {repository: example/app, tag: "1.2"}
    autoscaling:
      enabled: false
      maxReplicas: 100
    resources: {limits: {memory: 512Mi}}
    env:
      - {name: DATABASE_URL, value: "postgres://app@db/app?connection_limit=4"}
      - {name: PASSWORD, valueFrom: {secretKeyRef: {name: s, key: p}}}

    """
  private static let chart = ["chart/Chart.yaml": "apiVersion: v2\nname: shop\n"]

  @Test("are those beside a chart")
  func values() throws {
    let reading = read(Self.chart.merging(["chart/values.yaml": Self.values]) { $1 })
    let service = try #require(reading.resources.first)
    #expect(service.identity.name == "shop")
    #expect(seen("replicas", service) == "int(3)")
    #expect(seen("max_replicas", service) == "absent")
    #expect(seen("surge", service).hasPrefix("unknown"))
    #expect(seen("image", service) == "string(example/app:1.2)")
    #expect(seen("memory_limit", service) == "int(536870912)")
    let pool = try #require(reading.resources.last)
    #expect(seen("max_size", pool) == "int(4)")
    #expect(pool.identity.service?.name == "shop")
    #expect(read(["chart/values.yaml": Self.values]).resources.isEmpty)
  }

  @Test("of an environment are read over the chart's own")
  func environments() throws {
    let files = Self.chart.merging([
      "chart/values.yaml": Self.values,
      "chart/values-prod.yaml": "replicaCount: 8\nautoscaling: {enabled: true, maxReplicas: 20}\n",
    ]) { $1 }
    let service = try #require(read(files, "chart/values-prod.yaml").resources.first)
    #expect(seen("replicas", service) == "int(8)")
    #expect(seen("max_replicas", service) == "int(20)")
    #expect(seen("memory_limit", service) == "int(536870912)")
    #expect(service.identity.environment == "production" && service.identity.environmentIsDeclared)
  }
}

@Suite("Services of systemd")
struct SystemdTests {
  private func read(_ text: String, _ others: [String: String] = [:]) -> Reading {
    Technology.systemd.read(
      SourceText(path: "etc/pgbouncer.service", text: text),
      ReadingContext(files: TreeFiles(others)))
  }

  @Test(
    "have the limit that counts for a process",
    arguments: [
      ("LimitNOFILE=4096", "int(4096)"), ("LimitNOFILE=1024:8192", "int(1024)"),
      ("LimitNOFILE=infinity", "int(9223372036854775807)"), ("", "int(1024)"),
      ("LimitNOFILE=10\nLimitNOFILE=20", "int(20)"), ("LimitNOFILE=10\nLimitNOFILE=", "int(1024)"),
      ("LimitNOFILE=many", "unknown"), ("# LimitNOFILE=9", "int(1024)"),
      ("[Install]\nLimitNOFILE=9", "int(1024)"),
    ])
  func limits(lines: String, limit: String) throws {
    let reading = read("[Unit]\nA=b\n[Service]\nExecStart=/usr/bin/pgbouncer\n\(lines)\n")
    let service = try #require(reading.resources.first)
    #expect(service.identity.name == "pgbouncer")
    #expect(seen("file_limit", service).hasPrefix(limit))
  }

  @Test("are changed by the files of their folder")
  func parts() throws {
    let reading = read(
      "[Service]\nExecStart=/usr/bin/pgbouncer\nLimitNOFILE=10\n",
      ["etc/pgbouncer.service.d/limits.conf": "[Service]\nLimitNOFILE=9000\n"])
    let service = try #require(reading.resources.first)
    #expect(seen("file_limit", service) == "int(9000)")
    #expect(reading.included == ["etc/pgbouncer.service.d/limits.conf"])
  }

  @Test("have the variables of their lines")
  func variables() throws {
    let reading = read(
      """
      [Service]
      Environment="A=b c" 'D=e'
      Environment=DATABASE_URL=postgres://app@db/app?connection_limit=3
      ExecStart=-/usr/bin/java -jar \\
        app.jar
      """)
    let workload = try #require(reading.workloads.first)
    #expect(workload["A"]?.value == "b c")
    #expect(workload["D"]?.value == "e")
    #expect(workload.command == ["/usr/bin/java", "-jar", "app.jar"])
    let pool = try #require(reading.resources.last)
    #expect(seen("max_size", pool) == "int(3)")
  }

  @Test(
    "are those of programs that are known, or with a limit",
    arguments: [
      ("a.service", "[Service]\nExecStart=/usr/sbin/nginx -g x\n", true),
      ("a.service", "[Service]\nExecStart=@/opt/java17/bin/java x\n", true),
      ("a.service", "[Service]\nExecStart=/bin/echo\n", false),
      ("a.service", "[Service]\nExecStart=/bin/x\nLimitNOFILE=5\n", true),
      ("x.service.d/a.conf", "[Service]\nLimitNOFILE=5\n", true),
      ("conf.d/a.conf", "[Service]\nLimitNOFILE=5\n", false),
      ("a.ini", "[Service]\nLimitNOFILE=5\n", false),
    ])
  func recognition(path: String, text: String, isOwn: Bool) {
    let candidate = FileCandidate(path: path, head: Array(text.utf8))
    #expect((Catalog.recognise(candidate)?.name == "systemd") == isOwn)
  }
}

@Suite("Threads and processes of servers")
struct ProcessFileTests {
  private func read(_ technology: Technology, _ path: String, _ text: String) -> [any Resource] {
    technology.read(SourceText(path: path, text: text), ReadingContext(files: TreeFiles([:])))
      .resources
  }

  @Test(
    "of Puma are known in the forms that templates have",
    arguments: [
      ("threads 3, 5", "int(5)", "absent"),
      ("most = ENV.fetch(\"RAILS_MAX_THREADS\", 3)\nthreads most, most", "int(3)", "absent"),
      (
        "max = ENV.fetch(\"A\") { 5 }\nthreads 1, max # x\nworkers ENV.fetch(\"B\") { 2 }",
        "int(5)", "int(2)"
      ),
      ("threads(1, 6)\nworkers 0", "int(6)", "int(1)"),
      ("threads 1, Etc.nprocessors", "unknown", "absent"),
      ("workers Integer(ENV[\"WEB_CONCURRENCY\"] || 4)", "absent", "int(4)"),
      ("workers 4 if production", "absent", "unknown"),
      ("if production\n  workers 4\nend\nthreads 2, 2", "int(2)", "unknown"),
    ])
  func puma(text: String, threads: String, processes: String) throws {
    let service = try #require(read(.puma, "config/puma.rb", text).first)
    #expect(seen("request_threads", service).hasPrefix(threads))
    #expect(seen("processes", service).hasPrefix(processes))
  }

  @Test("of Sidekiq are those of each environment")
  func sidekiq() throws {
    let text =
      ":concurrency: 7\nproduction:\n  :concurrency: <%= ENV.fetch('N') { 20 } %>\n"
      + "test:\n  :queues: [a]\n"
    let services = read(.sidekiq, "config/sidekiq.yml", text)
    #expect(services.map(\.identity.environment) == ["production", "production"])
    #expect(services.map { seen("request_threads", $0) } == ["int(7)", "int(20)"])
    let standard = try #require(read(.sidekiq, "config/sidekiq.yml", ":queues: [a]\n").first)
    #expect(seen("request_threads", standard) == "int(5)")
  }

  @Test(
    "of gunicorn are numbers and variables with a default",
    arguments: [
      ("workers = 4", "int(4)"), ("workers = int(os.environ.get(\"A\", \"3\"))", "int(3)"),
      ("workers = multiprocessing.cpu_count() * 2 + 1", "unknown"),
      ("workers = 2\nworkers = 6  # more", "int(6)"), ("workers = os.getenv('W')", "unknown"),
    ])
  func gunicorn(text: String, processes: String) throws {
    let service = try #require(read(.gunicorn, "gunicorn.conf.py", text).first)
    #expect(seen("processes", service).hasPrefix(processes))
  }

  @Test("ask the pool of Rails beside them")
  func rails() throws {
    let text = "production:\n  adapter: postgresql\n  pool: 5\ntest:\n  adapter: postgresql\n"
    func threads(_ files: [String: String]) -> [String] {
      Technology.rails.read(
        SourceText(path: "config/database.yml", text: text),
        ReadingContext(files: TreeFiles(files))
      ).resources.map { seen("request_threads", $0) }
    }
    #expect(threads([:]) == ["absent", "absent"])
    #expect(threads(["config/puma.rb": "threads 1, 16\n"]) == ["int(16)", "absent"])
    #expect(
      threads(["config/puma.rb": "threads 1, 16\n", "config/sidekiq.yml": ":concurrency: 25\n"])
        == ["int(25)", "absent"])
    #expect(
      threads(["config/sidekiq.yml": ":concurrency: 25\nproduction:\n  :concurrency: 9\n"])
        == ["int(9)", "absent"])
  }
}
