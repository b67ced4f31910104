import Syntax

/// A manifest with those of the same folder, which are deployed together with it.
struct KubernetesFolder {
  let own: KubernetesFile
  let others: [KubernetesFile]
  let kustomization: Kustomization?
  /// Whether the own file is a patch of it.
  let isPatch: Bool
  /// What a ConfigMap may have been made from, by the name that it then has.
  let files: [String: String]
  private let configMaps: [String: [KubernetesObject]]
  private let secrets: [String: [KubernetesObject]]
  private let scalers: [String: [KubernetesObject]]
  private let services: [KubernetesObject]
  private let alone: Set<String>

  /// Manifests of one folder beyond which only the first are looked at.
  private static let fileLimit = 200

  init(_ source: SourceText, _ context: ReadingContext) {
    own = KubernetesFile(source)
    let folder = ConfigurationText.directory(of: source.path)
    let prefix = folder.isEmpty ? "" : folder.hasSuffix("/") ? folder : folder + "/"
    let names = context.files.names(in: folder)
    let manifests = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    let kustomization =
      Kustomization.names.lazy.filter(names.contains).compactMap { name in
        // A file that cannot be read is said where it is an entry of its own.
        (try? context.files.read(prefix + name)).map { Kustomization($0, context.files) }
      }.first
    self.kustomization = kustomization
    let patches = kustomization?.patches ?? []
    isPatch = patches.contains(source.path)
    var others: [KubernetesFile] = []
    for name in manifests.prefix(Self.fileLimit)
    where prefix + name != source.path && !patches.contains(prefix + name) {
      // A file that cannot be read is said where it is an entry of its own.
      guard let text = try? context.files.read(prefix + name),
        !Kubernetes.kinds(in: text.bytes).isEmpty
      else { continue }
      let file = KubernetesFile(text)
      if !file.objects.isEmpty { others.append(file) }
    }
    self.others = others
    files = Dictionary(
      names.map { (Self.configMapName($0), prefix + $0) }, uniquingKeysWith: { first, _ in first })
    alone = Self.alone([own] + others)
    let all = own.objects + others.flatMap(\.objects)
    configMaps = Self.byName(all, ["ConfigMap"]) { $0.name }
    secrets = Self.byName(all, ["Secret"]) { $0.name }
    scalers = Self.byName(all, ["HorizontalPodAutoscaler", "ScaledObject"]) {
      $0.string($0.root.at("spec", "scaleTargetRef", "name"))
    }
    services = all.filter { $0.kind == "Service" }
  }

  /// Every file that findings may lie in, the own one first.
  var sources: [SourceText] {
    [own.source] + others.map(\.source) + (kustomization.map { $0.sources } ?? [])
  }

  /// The workloads of all files.
  var workloads: [KubernetesObject] {
    (own.objects + others.flatMap(\.objects)).filter(\.isWorkload)
  }

  /// What deploys a workload: the folder, or the file where no other has workloads or another has
  /// the same ones, as a file of everything beside its parts.
  func deployment(of object: KubernetesObject) -> String {
    if alone.contains(object.source.path) { return object.source.path }
    let folder = ConfigurationText.directory(of: object.source.path)
    return folder.isEmpty ? "." : folder
  }

  /// The files whose workloads are a deployment of their own.
  private static func alone(_ files: [KubernetesFile]) -> Set<String> {
    var owners: [String: Set<String>] = [:]
    for object in files.flatMap(\.objects) where object.isWorkload {
      owners["\(object.kind) \(object.name ?? "")", default: []].insert(object.source.path)
    }
    let all = owners.values.reduce(into: Set()) { $0.formUnion($1) }
    let twice = owners.values.filter { $0.count > 1 }.reduce(into: Set()) { $0.formUnion($1) }
    return all.count > 1 ? twice : all
  }

  /// The ConfigMaps that `object` means by a name: one, unless the folder has several.
  func configMaps(_ name: String, for object: KubernetesObject) -> [KubernetesObject] {
    Self.meant(configMaps[name], by: object)
  }

  func secret(_ name: String, for object: KubernetesObject) -> KubernetesObject? {
    Self.meant(secrets[name], by: object).first
  }

  /// The autoscalers of a workload.
  func scalers(of object: KubernetesObject) -> [KubernetesObject] {
    let found = Self.meant(object.name.flatMap { scalers[$0] }, by: object)
    return found.filter { scaler in
      (scaler.string(scaler.root.at("spec", "scaleTargetRef", "kind")) ?? "Deployment")
        == object.kind
    }
  }

  /// The names of the services whose selector fits the pods of a workload.
  func hosts(of object: KubernetesObject) -> [String] {
    guard let labels = object.podMetadata?["labels"] else { return [] }
    let pairs = Dictionary(
      labels.mergedPairs.map { ($0.key.text, $0.value.string ?? "") },
      uniquingKeysWith: { _, last in last })
    return services.filter { service in
      let selector = service.root.at("spec", "selector")?.mergedPairs ?? []
      return service.isBeside(object) && !selector.isEmpty
        && selector.allSatisfy { pairs[$0.key.text] == ($0.value.string ?? "") }
    }.compactMap(\.name)
  }

  /// Those of the object's own file, else those of the others.
  private static func meant(
    _ found: [KubernetesObject]?, by object: KubernetesObject
  ) -> [KubernetesObject] {
    let found = (found ?? []).filter { $0.isBeside(object) }
    let own = found.filter { $0.source.path == object.source.path }
    return own.isEmpty ? found : own
  }

  private static func byName(
    _ objects: [KubernetesObject], _ kinds: Set<String>, _ name: (KubernetesObject) -> String?
  ) -> [String: [KubernetesObject]] {
    var found: [String: [KubernetesObject]] = [:]
    for object in objects where kinds.contains(object.kind) {
      if let name = name(object) { found[name, default: []].append(object) }
    }
    return found
  }

  /// The name that people give to a ConfigMap of one file: `pgbouncer-ini` for `pgbouncer.ini`.
  private static func configMapName(_ file: String) -> String {
    String(file.lowercased().map { "._ ".contains($0) ? "-" : $0 })
  }
}

extension KubernetesObject {
  /// The kinds that run pods.
  static let workloadKinds: Set<String> = [
    "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job",
    "CronJob", "Pod",
  ]

  var isWorkload: Bool { Self.workloadKinds.contains(kind) }

  /// What holds the pods' metadata and specification.
  private var template: YAMLNode? {
    switch kind {
    case "Pod": root
    case "CronJob": root.at("spec", "jobTemplate", "spec", "template")
    default: root.at("spec", "template")
    }
  }

  var podMetadata: YAMLNode? { template?["metadata"] }
  var pod: YAMLNode? { template?["spec"] }
}
