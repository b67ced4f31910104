import Catalog
import Model
import Syntax
import Testing

@Suite("Environment of Kubernetes")
struct KubernetesEnvironmentTests {
  private static func deployment(_ container: String) -> String {
    let lines = container.split(separator: "\n").map { "          \($0)\n" }.joined()
    return """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: app}
      spec:
        template:
          spec:
            containers:
              - name: app

      """ + lines
  }

  private static let map = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: env}
    data:
      POOL: "5"
      HOST: db
      OPEN: "{{ .open }}"
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: login}
    stringData:
      PASSWORD: hunter2

    """

  private func variables(_ reading: Reading) throws -> [String: EnvironmentVariable] {
    let workload = try #require(reading.workloads.first)
    return Dictionary(workload.variables.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  @Test("is what envFrom and env give, the later one winning")
  func order() throws {
    let container = """
      env:
        - {name: HOST, value: other}
        - {name: SIZE, valueFrom: {configMapKeyRef: {name: env, key: POOL}}}
        - {name: PIN, valueFrom: {secretKeyRef: {name: login, key: PASSWORD}}}
        - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
        - {name: EMPTY}
      envFrom:
        - configMapRef: {name: env}
        - {prefix: DB_, secretRef: {name: login}}
      """
    for files in [
      (Self.map + "---\n" + Self.deployment(container), [:]),
      (Self.deployment(container), ["k8s/env.yaml": Self.map]),
    ] {
      let reading = KubernetesServiceTests.read(files.0, files.1)
      #expect(reading.problems.isEmpty)
      let found = try variables(reading)
      #expect(found["POOL"]?.value == "5")
      #expect(found["HOST"]?.value == "other")
      #expect(found["SIZE"]?.value == "5")
      #expect(found["EMPTY"]?.value?.isEmpty == true)
      for name in ["PIN", "DB_PASSWORD", "NODE", "OPEN"] {
        let variable = try #require(found[name])
        #expect(variable.value == nil && variable.reason?.isEmpty == false)
      }
      for variable in found.values {
        let source = try #require(reading.sources.first { $0.path == variable.origin.path })
        let text = source.text(variable.origin.range)
        if let value = variable.value, !value.isEmpty { #expect(text == value) }
      }
    }
  }

  @Test("says which ConfigMap no file has, and which several have")
  func missing() {
    let container = "envFrom:\n  - configMapRef: {name: env}\n"
    let none = KubernetesServiceTests.read(Self.deployment(container))
    #expect(none.problems.map(\.kind) == [.unknown])
    let two = KubernetesServiceTests.read(
      Self.deployment(container), ["k8s/a.yaml": Self.map, "k8s/b.yaml": Self.map])
    #expect(two.problems.map(\.kind) == [.unknown])
    let spaces = [
      "k8s/a.yaml": Self.map.replacing("{name: env}", with: "{name: env, namespace: a}"),
      "k8s/b.yaml": Self.map.replacing("{name: env}", with: "{name: env, namespace: b}"),
    ]
    let own = Self.deployment(container).replacing("{name: app}", with: "{name: app, namespace: a}")
    #expect(KubernetesServiceTests.read(own, spaces).problems.isEmpty)
  }

  @Test("fills in references to what comes before")
  func references() throws {
    let container = """
      env:
        - {name: HOST, value: db}
        - {name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: p}}}
        - name: DATABASE_URL
          value: postgresql://app:$(PASSWORD)@$(HOST):5433/app?connection_limit=7
        - {name: TEXT, value: "$$(HOST) $(LATER) $(HOST)"}
        - {name: LATER, value: x}
      """
    let reading = KubernetesServiceTests.read(Self.deployment(container))
    let found = try variables(reading)
    #expect(found["TEXT"]?.value == "$(HOST) $(LATER) db")
    #expect(found["DATABASE_URL"]?.value == nil)
    let pool = try #require(reading.resources.first { $0.kind == .pool })
    #expect(pool.identity.service?.name == "app")
    #expect(pool.identity.technology == "prisma")
    #expect(seen("target_host", pool) == "string(db)")
    #expect(seen("target_port", pool) == "int(5433)")
    #expect(seen("max_size", pool) == "int(7)")
    #expect(pool.settings.allSatisfy { $0.shownWritten?.contains("PASSWORD") != true })
  }

  @Test("comes from a kustomization's literals and files of variables")
  func kustomizations() throws {
    let container = "envFrom:\n  - configMapRef: {name: env}\n"
    let files = [
      "k8s/kustomization.yaml": """
      configMapGenerator:
        - name: env
          literals:
            - DATABASE_URL=postgres://app@db/app?pool_max_conns=9
          envs: [app.env]
      replicas:
        - {name: app, count: 6}
      """, "k8s/app.env": "POOL=5\n",
    ]
    let reading = KubernetesServiceTests.read(Self.deployment(container), files)
    #expect(reading.problems.isEmpty)
    #expect(try variables(reading)["POOL"]?.value == "5")
    let pool = try #require(reading.resources.first { $0.kind == .pool })
    #expect(seen("max_size", pool) == "int(9)")
    #expect(pool.setting("pool_max_conns")?.origin?.path == "k8s/kustomization.yaml")
    let service = try #require(reading.resources.first)
    #expect(seen("replicas", service) == "int(6)")
  }

  @Test("counts worker processes of the command")
  func processes() throws {
    let reading = KubernetesServiceTests.read(
      Self.deployment("command: [gunicorn, app, --workers, \"4\"]\n"))
    let service = try #require(reading.resources.first)
    #expect(seen("processes", service) == "int(4)")
  }

  @Test("never grows without end")
  func growth() {
    var lines = "env:\n  - {name: A0, value: \(String(repeating: "x", count: 50))}\n"
    for number in 1...60 {
      lines += "  - {name: A\(number), value: \"$(A\(number - 1))$(A\(number - 1))\"}\n"
    }
    let reading = KubernetesServiceTests.read(Self.deployment(lines))
    let sizes = reading.workloads.first?.variables.map { ($0.value ?? "").utf8.count } ?? []
    #expect(sizes.count == 61)
    #expect(sizes.allSatisfy { $0 <= 70_000 })
  }
}
