import Catalog
import Model
import Syntax
import Testing

@Suite("Services of Kubernetes")
struct KubernetesServiceTests {
  static let deployment = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: auth
    spec:
      replicas: 4
      template:
        metadata:
          labels: {app: auth, tier: web}
        spec:
          containers:
            - name: auth
              image: example/auth:4.2.0
              livenessProbe:
                httpGet: {path: /actuator/health, port: 8080}
                failureThreshold: 1
              resources:
                limits: {memory: 1Gi, cpu: 500m}
            - name: proxy
              image: example/proxy:1

    """

  static func read(_ text: String, _ others: [String: String] = [:]) -> Reading {
    Technology.kubernetes.read(
      SourceText(path: "k8s/auth.yaml", text: text),
      ReadingContext(
        files: TreeFiles(others.merging(["k8s/auth.yaml": text]) { first, _ in first })))
  }

  static func autoscaler(_ most: String, kind: String = "Deployment") -> String {
    """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: auth}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: \(kind), name: auth}
      minReplicas: 4
      maxReplicas: \(most)

    """
  }

  @Test("have each container's own settings")
  func containers() throws {
    let reading = Self.read(Self.deployment)
    #expect(reading.problems.isEmpty)
    let services = reading.resources.filter { $0.kind == .service }
    #expect(services.map(\.identity.name) == ["auth", "auth/proxy"])
    #expect(reading.workloads.map(\.service.name) == ["auth", "auth/proxy"])
    #expect(reading.workloads.allSatisfy { $0.service.deployment == "k8s/auth.yaml" })
    let expected = [
      "image": "string(example/auth:4.2.0)", "replicas": "int(4)", "max_replicas": "int(4)",
      "surge": "int(1)", "peak_replicas": "int(5)", "memory_limit": "int(1073741824)",
      "cpu_limit": "double(0.5)", "liveness_path": "string(/actuator/health)",
      "liveness_timeout": "duration(1000000)", "liveness_failures": "int(1)",
    ]
    for (field, text) in expected { #expect(seen(field, services[0]) == text, "\(field)") }
    #expect(seen("liveness_path", services[1]) == "absent")
  }

  @Test(
    "count replicas and surge as the controller does",
    arguments: [
      ("strategy: {rollingUpdate: {maxSurge: 3}}", "int(3)", "int(7)"),
      ("strategy: {rollingUpdate: {maxSurge: 26%}}", "int(2)", "int(6)"),
      ("strategy: {rollingUpdate: {maxSurge: \"100%\"}}", "int(4)", "int(8)"),
      ("strategy: {rollingUpdate: {maxSurge: 0}}", "int(0)", "int(4)"),
      ("strategy: {type: Recreate}", "int(0)", "int(4)"),
      ("strategy: {rollingUpdate: {maxSurge: some}}", "unknown", "unknown"),
      ("strategy: {rollingUpdate: {maxSurge: \"{{ .surge }}\"}}", "unknown", "unknown"),
    ])
  func surge(line: String, surge: String, peak: String) throws {
    let text = Self.deployment.replacing("  replicas: 4\n", with: "  replicas: 4\n  \(line)\n")
    let service = try #require(Self.read(text).resources.first)
    #expect(seen("surge", service).hasPrefix(surge))
    #expect(seen("peak_replicas", service).hasPrefix(peak))
  }

  @Test(
    "of other kinds run as often as those kinds say",
    arguments: [
      ("StatefulSet", "replicas: 4", "int(4)", "int(4)"),
      ("DaemonSet", "replicas: 4", "unknown", "unknown"),
      ("Job", "parallelism: 3", "int(3)", "int(3)"),
      ("ReplicaSet", "minReadySeconds: 1", "int(1)", "int(1)"),
    ])
  func kinds(kind: String, line: String, replicas: String, peak: String) throws {
    let text = Self.deployment.replacing("kind: Deployment", with: "kind: \(kind)")
      .replacing("replicas: 4", with: line)
    let service = try #require(Self.read(text).resources.first)
    #expect(seen("replicas", service).hasPrefix(replicas))
    #expect(seen("peak_replicas", service).hasPrefix(peak))
  }

  @Test("take their most replicas from the autoscaler, in the same file or beside it")
  func autoscalers() throws {
    let scaler = Self.autoscaler("20")
    let both = try #require(Self.read(Self.deployment + "---\n" + scaler).resources.first)
    let beside = try #require(
      Self.read(Self.deployment, ["k8s/hpa.yaml": scaler]).resources.first)
    for service in [both, beside] {
      #expect(seen("replicas", service) == "int(4)")
      #expect(seen("max_replicas", service) == "int(20)")
      #expect(seen("surge", service) == "int(5)")
      #expect(seen("peak_replicas", service) == "int(25)")
    }
    let elsewhere = try #require(
      Self.read(Self.deployment, ["other/hpa.yaml": scaler]).resources.first)
    #expect(seen("max_replicas", elsewhere) == "int(4)")
    let other = try #require(
      Self.read(Self.deployment, ["k8s/hpa.yaml": Self.autoscaler("20", kind: "StatefulSet")])
        .resources.first)
    #expect(seen("max_replicas", other) == "int(4)")
    let open = try #require(
      Self.read(Self.deployment, ["k8s/hpa.yaml": Self.autoscaler("{{ .most }}")])
        .resources.first)
    #expect(seen("peak_replicas", open).hasPrefix("unknown"))
    let keda = scaler.replacing("kind: HorizontalPodAutoscaler", with: "kind: ScaledObject")
      .replacing("maxReplicas: 20", with: "maxReplicaCount: 30")
    let scaled = try #require(Self.read(Self.deployment, ["k8s/so.yaml": keda]).resources.first)
    #expect(seen("max_replicas", scaled) == "int(30)")
  }

  @Test("are found in lists, in cron jobs and as pods")
  func places() throws {
    let pod = """
      apiVersion: v1
      kind: List
      items:
        - apiVersion: v1
          kind: Pod
          metadata: {name: one}
          spec: {containers: [{name: a, image: "a:1"}]}
        - apiVersion: batch/v1
          kind: CronJob
          metadata: {name: two}
          spec:
            jobTemplate:
              spec:
                template:
                  spec:
                    initContainers:
                      - {name: first, image: "x:1"}
                      - {name: sidecar, image: "x:1", restartPolicy: Always}
                    containers: [{name: b, image: "b:1"}]
      """
    #expect(Self.read(pod).workloads.map(\.service.name) == ["one", "two", "two/sidecar"])
  }

  @Test("are reached under the names of the services that select them")
  func hosts() throws {
    let service = """
      apiVersion: v1
      kind: Service
      metadata: {name: login}
      spec: {selector: {app: auth}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: other}
      spec: {selector: {app: auth, tier: db}}
      """
    let reading = Self.read(Self.deployment, ["k8s/service.yaml": service])
    let first = try #require(reading.resources.first)
    #expect(seen("hosts", first) == "list(string(login))")
  }

  @Test("of a folder are one deployment")
  func deployments() {
    let worker = Self.deployment.replacing("name: auth", with: "name: worker")
    let reading = Self.read(Self.deployment, ["k8s/worker.yaml": worker])
    #expect(reading.workloads.allSatisfy { $0.service.deployment == "k8s" })
    #expect(reading.workloads.map(\.service.name) == ["auth", "auth/proxy"])
    #expect(reading.included.isEmpty)
    let all = Self.read(Self.deployment, ["k8s/all.yaml": Self.deployment + "---\n" + worker])
    #expect(all.workloads.allSatisfy { $0.service.deployment == "k8s/auth.yaml" })
  }

  @Test("of a template are said to be unknown, and never guessed")
  func templates() throws {
    let open = Self.deployment.replacing("replicas: 4", with: "replicas: {{ .Values.replicas }}")
    let reading = Self.read(open)
    #expect(reading.problems.isEmpty)
    let service = try #require(reading.resources.first)
    #expect(seen("replicas", service).hasPrefix("unknown"))
    #expect(seen("peak_replicas", service).hasPrefix("unknown"))
    let chart = Self.deployment.replacing(
      "  replicas: 4", with: "  {{- if .Values.x }}\n  replicas: 4\n  {{- end }}")
    let hidden = Self.read(chart)
    #expect(hidden.resources.isEmpty)
    #expect(hidden.problems.map(\.kind) == [.unknown])
  }

  @Test(
    "quantities are those of the API",
    arguments: [
      ("128974848", "int(128974848)"), ("129e6", "int(129000000)"), ("129M", "int(129000000)"),
      ("128974848000m", "int(128974848)"), ("123Mi", "int(128974848)"),
      ("1.5Gi", "int(1610612736)"),
      ("1k", "int(1000)"), ("1E", "int(1000000000000000000)"), ("some", "unknown"),
      ("1KB", "unknown"), ("-5", "unknown"),
    ])
  func quantities(text: String, bytes: String) throws {
    let manifest = Self.deployment.replacing("memory: 1Gi", with: "memory: \(text)")
    let service = try #require(Self.read(manifest).resources.first)
    #expect(seen("memory_limit", service).hasPrefix(bytes))
  }

  @Test(
    "only files with a kind that says something are manifests",
    arguments: [
      ("a.yaml", deployment, true), ("a.yml", "---\n" + deployment, true),
      ("a.txt", deployment, false),
      ("a.yaml", "apiVersion: v1\nkind: Config\n", false),
      ("a.yaml", "kind: Deployment\n", false),
      ("a.yaml", "apiVersion: v2\nname: chart\n", false),
      ("application.yaml", "apiVersion: v1\nkind: ConfigMap\n", true),
      ("a.yaml", "apiVersion: \"v1\"\nkind: 'Pod' # one\n", true),
    ])
  func recognition(path: String, text: String, isOwn: Bool) {
    let candidate = FileCandidate(path: path, head: Array(text.utf8))
    #expect((Catalog.recognise(candidate)?.name == "kubernetes") == isOwn)
  }
}

/// The value of a resource's field as tests compare it, with the elements of lists.
func seen(_ name: String, _ resource: any Resource) -> String {
  guard let field = Catalog.schema[resource.kind]?.field(named: name) else { return "no field" }
  let value = resource.value(of: field)
  if case .list(let values) = value { return "list(\(values.map(\.text).joined(separator: ", ")))" }
  return value.text
}

/// The two halves of a text around `---`.
func halves(_ text: String) -> (String, String) {
  guard let mark = text.firstRange(of: "---\n") else { return (text, "") }
  return (String(text[..<mark.lowerBound]), String(text[mark.upperBound...]))
}
