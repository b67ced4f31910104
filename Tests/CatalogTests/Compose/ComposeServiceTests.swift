import Catalog
import Model
import Syntax
import Testing

@Suite("Compose services")
struct ComposeServiceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let lines: String
    let field: String
    let value: String
    var env: String?

    var testDescription: String { "\(lines) → \(field) \(value)" }

    init(_ lines: String, _ field: String, _ value: String, env: String? = nil) {
      self.lines = lines
      self.field = field
      self.value = value
      self.env = env
    }
  }

  static let cases = [
    Case("scale: 3", "replicas", "int(3)"),
    Case("deploy: {replicas: 4}", "replicas", "int(4)"),
    Case("deploy: {replicas: 4}", "peak_replicas", "int(4)"),
    Case("restart: always", "replicas", "int(1)"),
    Case("deploy: {replicas: '${N:-6}'}", "replicas", "int(6)"),
    Case("deploy: {replicas: '${N:-6}'}", "replicas", "int(2)", env: "N=2"),
    Case("deploy: {replicas: '${N}'}", "replicas", "int(2)", env: "N=2"),
    Case(
      "deploy: {replicas: '${N}'}", "replicas",
      "unknown(no file gives N a value; the environment of the one who deploys does)"),
    Case(
      "deploy: {mode: global}", "replicas",
      "unknown(deploy.mode global runs one on each node, and no file counts the nodes)"),
    Case(
      "deploy: {replicas: 4, update_config: {order: start-first, parallelism: 2}}",
      "peak_replicas", "int(6)"),
    Case(
      "deploy: {replicas: 4, update_config: {order: start-first, parallelism: 0}}",
      "surge", "int(4)"),
    Case("mem_limit: 512m", "memory_limit", "int(536870912)"),
    Case("mem_limit: 1.5GB", "memory_limit", "int(1610612736)"),
    Case("mem_limit: 8gib", "memory_limit", "int(8589934592)"),
    Case("mem_limit: 1048576", "memory_limit", "int(1048576)"),
    Case("mem_limit: 0", "memory_limit", "int(\(Int64.max))"),
    Case("restart: always", "memory_limit", "absent"),
    Case(
      "deploy: {resources: {limits: {memory: 50M, cpus: '0.5'}}}", "memory_limit", "int(52428800)"),
    Case("deploy: {resources: {limits: {cpus: '0.5'}}}", "cpu_limit", "double(0.5)"),
    Case("cpus: 2", "cpu_limit", "double(2.0)"),
    Case("ulimits: {nofile: 128}", "file_limit", "int(128)"),
    Case("ulimits: {nofile: {soft: 1024, hard: 4096}}", "file_limit", "int(1024)"),
    Case("ulimits: {nofile: -1}", "file_limit", "int(\(Int64.max))"),
    Case("image: a/b:1", "image", "string(a/b:1)"),
    Case("environment: [A=1, B, 'C=3']", "variables", "list(3)"),
    Case("hostname: db\n    networks: {x: {aliases: [one, two]}}", "hosts", "list(4)"),
  ]

  @Test("numbers are read as compose reads them", arguments: cases)
  func numbers(_ test: Case) {
    let image = test.lines.hasPrefix("image") ? "" : "    image: x\n"
    let text = "services:\n  app:\n\(image)    \(test.lines)\n"
    let reading = composeReading(text, test.env.map { [".env": $0 + "\n"] } ?? [:])
    #expect(reading.field(test.field, of: "app") == test.value)
    #expect(reading.problems == [])
  }

  @Test("a default of the shell's is a placeholder, a number that is none refused")
  func provenance() {
    let reading = composeReading(
      """
      services:
        a: {image: x, scale: '${N:-2}'}
        b: {image: x, scale: two}
        c: {image: x, mem_limit: 5x}
      """)
    #expect(reading.service("a")?.resource.setting("scale")?.provenance == .placeholder)
    #expect(reading.service("b")?.resource.setting("scale")?.refusal != nil)
    #expect(reading.service("c")?.resource.setting("mem_limit")?.refusal != nil)
  }

  static let processes: [(String, String)] = [
    ("command: gunicorn app:app --workers 4", "int(4)"),
    ("command: gunicorn -w4 app:app", "int(4)"),
    ("command: [gunicorn, '--workers=3', app]", "int(3)"),
    ("command: sh -c 'migrate && gunicorn app -w 5'", "int(5)"),
    ("command: gunicorn app\n    environment: {WEB_CONCURRENCY: 7}", "int(7)"),
    ("command: gunicorn app\n    environment: {GUNICORN_CMD_ARGS: --workers=6}", "int(6)"),
    ("command: gunicorn app", "int(1)"),
    ("command: uvicorn app --workers 2", "int(2)"),
    ("command: bundle exec puma -w 3", "int(3)"),
    ("command: uwsgi --http :80 -p 8", "int(8)"),
    ("command: pm2-runtime -i 4 app.js", "int(4)"),
    ("entrypoint: gunicorn\n    command: [-w, '9']", "int(9)"),
    ("environment: {WEB_CONCURRENCY: 2}", "int(2)"),
    ("command: java -jar app.jar", "int(1)"),
    ("command: pm2-runtime -i max app.js", "unknown"),
    ("command: celery -A app worker", "unknown"),
    ("command: 'gunicorn -w ${N}'", "unknown"),
  ]

  @Test("worker processes come from the command or the environment", arguments: processes)
  func workers(lines: String, value: String) {
    let reading = composeReading("services:\n  app:\n    image: x\n    \(lines)\n")
    let found = reading.field("processes", of: "app") ?? ""
    #expect(found.hasPrefix(value), "\(lines): \(found)")
  }

  @Test("places are those of the words")
  func places() {
    let reading = composeReading(
      """
      services:
        app:
          image: x
          command: gunicorn -w 4 app
          environment:
            - POOL=5
          volumes:
            - ./conf:/etc/app:ro
            - data:/var/lib
            - type: bind
              source: ./x.yml
              target: /x.yml
          configs: [settings]
      configs:
        settings: {file: ./settings.ini}
      """, file: "deploy/docker-compose.yml")
    let app = reading.service("app")
    #expect(app?.files.map(\.path) == ["deploy/conf", "deploy/x.yml", "deploy/settings.ini"])
    #expect(app?.files.map(\.target) == ["/etc/app", "/x.yml", "/settings"])
    #expect(app?.command == ["gunicorn", "-w", "4", "app"])
    let source = reading.sources[0]
    let words = (app?.commandOrigins ?? []).map { source.text($0.range) }
    #expect(words == ["gunicorn", "-w", "4", "app"])
    let values = (app?.variables ?? []).map { source.text($0.origin.range) }
    #expect(values == ["5"])
    #expect(reading.line(app?.files.first?.origin) == 8)
    #expect(app?.service == ServiceReference(deployment: "deploy/docker-compose.yml", name: "app"))
  }

  @Test("secrets are masked")
  func secrets() {
    let reading = composeReading(
      """
      services:
        db:
          image: example/app:15
          environment:
            POSTGRES_PASSWORD: hunter2
            DATABASE_URL: postgres://u:hunter2@db/app
            NAME: plain
      """)
    let settings = reading.service("db")?.resource.settings ?? []
    let open = settings.filter { $0.written?.contains("hunter2") == true && !$0.isSecret }
    #expect(open == [])
    let plain = settings.first { $0.key == "environment.NAME" }
    #expect(plain?.isSecret == false)
    let pool = reading.resources.first { $0.kind == .pool }
    #expect(pool?.setting("url")?.isSecret == true)
  }
}
