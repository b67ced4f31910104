import Model
import Syntax

extension Technology {
  /// Kubernetes manifests: what runs how often with which environment and files.
  package static let kubernetes = Technology(
    name: "kubernetes", title: "Kubernetes", defaultVersion: Version(1),
    recognises: { Kubernetes.recognise($0) },
    read: { source, context in KubernetesReading(source, context).reading },
    reference: { Kubernetes.reference })
}

/// What is known of Kubernetes.
enum Kubernetes {
  /// Technologies that deploy others: none of them stands inside a ConfigMap to be read there.
  static let deployments: Set<String> = ["kubernetes", "compose", "helm-values", "systemd"]

  /// The kinds that say something about services.
  private static let kinds: Set<String> = KubernetesObject.workloadKinds.union([
    "ConfigMap", "Secret", "Service", "HorizontalPodAutoscaler", "ScaledObject", "List",
  ])

  /// A manifest has both keys at the beginning of a line, and only the kinds that are read count.
  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return .no }
    if Kustomization.names.contains(name) { return kustomization(candidate.head) }
    return kinds(in: candidate.head).isEmpty ? .no : .byName
  }

  /// Whether a file of kustomize's name has one of the keys of which something is said.
  private static func kustomization(_ bytes: [UInt8]) -> Recognition {
    let keys = ["resources:", "bases:", "patches", "configMapGenerator:", "components:"]
    let isOwn = bytes.split(separator: 0x0A).contains { line in
      keys.contains { line.starts(with: $0.utf8) }
    }
    return isOwn ? .byName : .no
  }

  /// The kinds of the objects that a file has, of those that are read; empty where it has none or
  /// is no manifest.
  static func kinds(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var isManifest = false
    bytes.withUnsafeBufferPointer { buffer in
      var start = 0
      while start < buffer.count {
        let end = buffer[start...].firstIndex(of: 0x0A) ?? buffer.count
        let line = buffer[start..<end]
        start = end + 1
        switch line.first {
        case UInt8(ascii: "a"): isManifest = isManifest || line.starts(with: "apiVersion:".utf8)
        case UInt8(ascii: "k"):
          guard line.starts(with: "kind:".utf8) else { continue }
          let rest = line.dropFirst(5).drop { " \"'".utf8.contains($0) }
          let word = rest.prefix { !" \t\r\"'#".utf8.contains($0) }
          let kind = String(decoding: word, as: UTF8.self)
          if kinds.contains(kind) || kind.hasSuffix("List") { found.insert(kind) }
        default: continue
        }
      }
    }
    return isManifest ? found : []
  }

  static let reference = TechnologyReference(
    files: "`*.yaml` and `*.yml` with `apiVersion:` and `kind:` of a workload, ConfigMap, Secret, "
      + "Service or autoscaler; several documents and lists. All manifests of one folder are "
      + "deployed together.",
    notes: [
      "Each container of a workload is a service: the first one by the workload's name, a further "
        + "one as `workload/container`. Pods of a CronJob that overlap are not counted.",
      "Most replicas are the autoscaler's (HorizontalPodAutoscaler, or KEDA's ScaledObject); a "
        + "roll-out adds `maxSurge` of them, 25 % where nothing is written, rounded up.",
      "`env` and `envFrom` are filled in from the ConfigMaps of the folder and of "
        + "`kustomization.yaml`; what a Secret holds is unknown and never shown. `$(NAME)` refers "
        + "to what comes before.",
      "A ConfigMap's text that any product reads is read as that file, at its own lines; a file "
        + "of the folder is taken for the ConfigMap that is named after it, `pgbouncer-ini` for "
        + "`pgbouncer.ini`, where no manifest has it.",
      "Templates are unknown. Of `kustomization.yaml` the replicas and generated ConfigMaps of its "
        + "own folder count; patches, and what it makes of other folders, are not applied, which "
        + "is said for each.",
    ],
    keys: [
      .init(
        "spec.replicas", place: "workload", value: "integer", field: "replicas", standard: "1"),
      .init(
        "spec.maxReplicas", place: "autoscaler", value: "integer", field: "max_replicas"),
      .init(
        "spec.strategy.rollingUpdate.maxSurge", place: "Deployment",
        value: "integer or percentage", field: "surge", standard: "25%"),
      .init("image", place: "container", value: "text", field: "image"),
      .init(
        "resources.limits.memory", place: "container", value: "quantity", field: "memory_limit"),
      .init("resources.limits.cpu", place: "container", value: "quantity", field: "cpu_limit"),
      .init(
        "livenessProbe.httpGet.path", place: "container", value: "text", field: "liveness_path"),
      .init(
        "livenessProbe.timeoutSeconds", place: "container", value: "integer, time in s",
        field: "liveness_timeout", standard: "1"),
      .init(
        "livenessProbe.failureThreshold", place: "container", value: "integer",
        field: "liveness_failures", standard: "3"),
    ])
}
