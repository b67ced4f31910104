import Catalog
import Model
import Syntax
import Testing

@Suite("Compose projects")
struct ComposeProjectTests {
  static let variables: [(String, String, String?)] = [
    ("plain", "", "plain"), ("$A", "A=1", "1"), ("${A}b", "A=1", "1b"), ("$$A", "A=1", "$A"),
    ("$${A}", "A=1", "${A}"), ("${A:-d}", "", "d"), ("${A:-d}", "A=", "d"), ("${A-d}", "A=", ""),
    ("${A-d}", "", "d"), ("${A:?no}", "A=1", "1"), ("${A:?no}", "", nil), ("${A?no}", "", nil),
    ("${A:+x}", "A=1", "x"), ("${A:+x}", "", ""), ("${A:-${B:-c}}", "", "c"),
    ("${A:-${B:-c}}", "B=2", "2"), ("${A:-a:b}", "", "a:b"), ("$A", "", nil), ("${A:-}", "", ""),
    ("x${A:-1}y${B:-2}z", "", "x1y2z"), ("${A}", "A=$B", nil), ("${A}", "B=2\nA=${B}3", "23"),
    ("${A}", "B=2\nA='${B}'", "${B}"), ("a$", "", nil), ("${", "", nil), ("$1", "", nil),
    ("${PWD}/x", "", "./x"),
  ]

  @Test("variables are filled in as compose does", arguments: variables)
  func fill(text: String, env: String, expected: String?) {
    let reading = composeReading(
      "services:\n  app:\n    image: x\n    environment:\n      V: '\(text)'\n",
      [".env": env + "\n"])
    #expect(reading.service("app")?["V"]?.value == expected)
    let isRefused = ["a$", "${", "$1"].contains(text)
    let refusals = reading.problems.filter { $0.kind == .refused }
    #expect(refusals.isEmpty != isRefused)
  }

  @Test("an override stands over the file that compose reads with it")
  func override() {
    let reading = composeReading(
      """
      services:
        app:
          image: x
          command: [a, b]
          environment: {POOL: 5, KEPT: 1}
          volumes: ["./one.yml:/app.yml", "./two.yml:/two.yml"]
          scale: 2
      """,
      [
        "docker-compose.override.yml": """
        services:
          app:
            command: [c]
            environment: ["POOL=9"]
            volumes: ["./other.yml:/app.yml"]
            scale: 3
          more: {image: y}
        """
      ])
    let app = reading.service("app")
    #expect(app?.command == ["c"])
    #expect(app?["POOL"]?.value == "9")
    #expect(app?["POOL"]?.origin.path == "docker-compose.override.yml")
    #expect(app?["KEPT"]?.value == "1")
    #expect(app?.files.map(\.path) == ["two.yml", "other.yml"])
    #expect(reading.field("replicas", of: "app") == "int(3)")
    #expect(reading.workloads.map(\.service.name) == ["app", "more"])
    #expect(reading.included == ["docker-compose.override.yml"])
  }

  @Test("tags reset and replace")
  func tags() {
    let reading = composeReading(
      "services:\n  app:\n    image: x\n    scale: 2\n    environment: {A: 1}\n",
      [
        "docker-compose.override.yml":
          "services:\n  app:\n    scale: !reset null\n    environment: !override {B: 2}\n"
      ])
    #expect(reading.field("replicas", of: "app") == "int(1)")
    #expect(reading.service("app")?.variables.map(\.name) == ["B"])
  }

  @Test("services extend others, here and in other files")
  func extends() {
    let reading = composeReading(
      """
      x-common: &common
        environment: &env {A: 1}
      services:
        base: {<<: *common, image: x, scale: 2}
        one: {extends: base, scale: 3}
        two: {extends: {service: base, file: common/base.yml}, environment: {<<: *env, B: 2}}
      """,
      ["common/base.yml": "services:\n  base:\n    build: ./app\n    environment: [C=3]\n"])
    #expect(reading.field("replicas", of: "one") == "int(3)")
    #expect(reading.service("one")?.variables.map(\.name) == ["A"])
    #expect(reading.service("two")?.buildFolder == "common/app")
    #expect(Set(reading.service("two")?.variables.map(\.name) ?? []) == ["A", "B", "C"])
    #expect(reading.included == ["common/base.yml"])
  }

  @Test("files are included, and circles end")
  func include() {
    let reading = composeReading(
      "include: [other/compose.yaml]\nservices:\n  app: {image: x, extends: app}\n",
      ["other/compose.yaml": "include: [../docker-compose.yml]\nservices:\n  db: {image: y}\n"])
    #expect(Set(reading.workloads.map(\.service.name)) == ["app", "db"])
    #expect(
      reading.problems.filter { $0.kind == .unreadable }.map(\.message) == [
        "extends in a circle: docker-compose.yml app, then docker-compose.yml app",
        "include in a circle: docker-compose.yml, then other/compose.yaml, then docker-compose.yml",
      ])
  }

  @Test("a service that extends itself in a circle is said, one without a base is as well")
  func circles() {
    let circle = composeReading(
      "services:\n  a: {image: x, extends: b}\n  b: {image: x, extends: {service: a}}\n")
    #expect(
      circle.problems.map(\.message).first
        == "extends in a circle: docker-compose.yml a, then docker-compose.yml b, then "
        + "docker-compose.yml a")
    #expect(circle.problems.allSatisfy { $0.kind == .unreadable })
    let missing = composeReading("services:\n  a: {image: x, extends: gone}\n")
    #expect(missing.problems.map(\.kind) == [.unknown])
  }

  @Test(
    "a number of replicas that compose refuses is refused",
    arguments: ["four", "2.5", "-1", "[4]", "{a: 1}", "\"\""])
  func replicas(text: String) {
    let reading = composeReading("services:\n  a: {image: x, deploy: {replicas: \(text)}}\n")
    let setting = reading.service("a")?.resource.settings.first { $0.field == "replicas" }
    #expect(setting?.refusal != nil)
    #expect(setting?.effective == nil)
  }

  @Test("files of variables stand below the service's own, and one that is missing is said")
  func environmentFiles() {
    let reading = composeReading(
      """
      services:
        app:
          image: x
          env_file: [app.env, {path: gone.env, required: false}]
          environment: {B: own}
        other: {image: x, env_file: gone.env}
      """, ["app.env": "A=1\nB=file\nC=${A}2\nD='$A'\nPOOL_URL=postgres://h/d?pool_max_conns=7\n"])
    let app = reading.service("app")
    #expect(app?["A"]?.value == "1")
    #expect(app?["B"]?.value == "own")
    #expect(app?["C"]?.value == "12")
    #expect(app?["D"]?.value == "$A")
    #expect(app?["A"]?.origin.path == "app.env")
    #expect(reading.pool("POOL_URL", "max_size") == "int(7)")
    #expect(reading.problems.map(\.kind) == [.unknown])
    #expect(reading.included == [])
  }

  @Test("a variant without images is read over the base file, which is then no production")
  func variants() {
    let base = "services:\n  app: {image: x, scale: 1}\n"
    let production = "services:\n  app: {scale: 8}\n"
    let files = ["docker-compose.yml": base, "docker-compose.prod.yml": production]
    let reading = composeReading(production, file: "docker-compose.prod.yml", files)
    #expect(reading.field("replicas", of: "app") == "int(8)")
    #expect(reading.field("image", of: "app") == "string(x)")
    #expect(reading.service("app")?.resource.identity.environment == "production")
    #expect(reading.included == [])
    let other = composeReading(base, files)
    #expect(other.service("app")?.resource.identity.environment == "default")
    let test = composeReading(base, file: "docker-compose.test.yml")
    #expect(test.service("app")?.resource.identity.environment == "test")
  }

  @Test("addresses in the environment are pools of the service")
  func pools() {
    let reading = composeReading(
      """
      services:
        a:
          image: x
          environment:
            DATABASE_URL: postgresql://u:${PW}@db:5432/app?connection_limit=30&pool_timeout=0
            ConnectionStrings__Main: Host=db;Username=u;Password=${PW};Maximum Pool Size=40
            SPRING_DATASOURCE_URL: jdbc:postgresql://db/app
        b: {image: x, environment: ["URL=mysql://db/app"]}
      """)
    #expect(reading.pool("DATABASE_URL", "max_size") == "int(30)")
    #expect(reading.pool("DATABASE_URL", "target_host") == "string(db)")
    #expect(reading.pool("DATABASE_URL", "service") == "string(a)")
    #expect(reading.pool("Main", "max_size") == "int(40)")
    #expect(reading.pool("URL", "service") == "string(b)")
    let pools = reading.resources.filter { $0.kind == .pool }
    #expect(pools.count == 3)
    let limit = reading.resources.lazy.compactMap { $0.setting("connection_limit") }.first
    #expect(reading.line(limit?.origin) == 5)
  }

  static let names: [(String, String, Bool)] = [
    ("docker-compose.yml", "services:\n  a:\n    image: x\n", true),
    ("compose.prod.yaml", "services:\n  a:\n    scale: 2\n", true),
    ("docker-compose-dev.yml", "services:\n  a: {image: x}\n", true),
    ("stack.yml", "version: '3'\nservices:\n  a:\n    image: x\n", true),
    ("compose.yaml", "name: x\n", false),
    (".gitlab-ci.yml", "image: x\nservices:\n  - postgres:15\n", false),
    ("services.yaml", "services:\n  _defaults:\n    autowire: true\n", false),
    ("k8s.yaml", "apiVersion: v1\nkind: Service\nservices:\n  a:\n    image: x\n", false),
    ("docker-compose.json", "services:\n", false),
  ]

  @Test("files are known by name and shape", arguments: names)
  func recognition(name: String, text: String, isCompose: Bool) {
    let found = Catalog.recognise(FileCandidate(path: name, head: Array(text.utf8)))
    #expect((found?.name == "compose") == isCompose)
  }
}
