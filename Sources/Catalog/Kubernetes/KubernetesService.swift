import Model
import Syntax

/// The containers of a workload, each as the service that it is.
struct KubernetesServices {
  private(set) var workloads: [Workload] = []
  private(set) var problems: [Problem] = []
  /// The ConfigMaps of manifests that each workload sees as files.
  private(set) var mounts: [KubernetesMounts] = []

  private let folder: KubernetesFolder
  private let context: ReadingContext
  /// Variables of all containers that are still read.
  private var budget: Int

  /// Variables of one folder beyond which no more are read.
  private static let variableLimit = 100_000

  init(_ folder: KubernetesFolder, _ context: ReadingContext) {
    self.folder = folder
    self.context = context
    budget = Self.variableLimit
  }

  mutating func add(_ object: KubernetesObject) {
    guard let pod = object.pod, budget > 0 else { return }
    let sidecars = (pod["initContainers"]?.elements ?? []).filter {
      object.string($0["restartPolicy"]) == "Always"
    }
    let containers = (pod["containers"]?.elements ?? []) + sidecars
    let scale = KubernetesScale(object, in: folder)
    let hosts = folder.hosts(of: object)
    for (index, container) in containers.enumerated() where budget > 0 {
      budget -= 1
      let name = object.name ?? object.kind.lowercased()
      let own = object.string(container["name"]) ?? "\(index + 1)"
      let service = ServiceReference(
        deployment: folder.deployment(of: object),
        name: index == 0 ? name : "\(name)/\(own)")
      add(container, of: object, service, scale, hosts: hosts)
    }
  }

  private mutating func add(
    _ container: YAMLNode, of object: KubernetesObject, _ service: ServiceReference,
    _ scale: KubernetesScale, hosts: [String]
  ) {
    let environment = KubernetesEnvironment(
      container, of: object, in: folder, budget: &budget)
    problems += environment.problems
    let mounts = KubernetesMounts(container, of: object, in: folder)
    let words = (container["command"]?.elements ?? []) + (container["args"]?.elements ?? [])
    let command = words.map { object.string($0) ?? "" }
    let settings = KubernetesContainer(object, container).settings
    var facts = scale.facts
    facts["variables"] = .list(environment.variables.map { .string($0.name) })
    if !hosts.isEmpty { facts["hosts"] = .list(hosts.map { .string($0) }) }
    let isFirst = !service.name.contains("/")
    let declared =
      context.environment ?? TestTree.environment(of: object.source.path)
      ?? object.namespace.flatMap(SpringEnvironment.environment)
    let identity = ResourceIdentity(
      kind: .service, technology: Technology.kubernetes.name, version: nil, name: service.name,
      origin: isFirst ? object.place : container["name"].map(object.origin) ?? object.place,
      environment: declared ?? "production", environmentIsDeclared: declared != nil,
      service: service)
    func workload(_ settings: [Setting]) -> Workload {
      Workload(
        service: service,
        resource: SettingsResource(
          identity: identity, settings: settings, facts: facts,
          factSettings: scale.factSettings),
        variables: environment.variables, files: mounts.files, command: command,
        commandOrigins: words.map(object.origin))
    }
    let all = scale.settings + settings
    self.mounts.append(mounts)
    workloads.append(workload(all + [WorkloadProcesses.setting(of: workload(all))]))
  }
}

/// What one container says of itself.
struct KubernetesContainer {
  private let object: KubernetesObject
  private let container: YAMLNode

  init(_ object: KubernetesObject, _ container: YAMLNode) {
    self.object = object
    self.container = container
  }

  var settings: [Setting] {
    let limits = container.at("resources", "limits")
    let probe = container["livenessProbe"]
    var settings = [
      setting("image", "image", container["image"]) { .string($0) },
      setting("resources.limits.memory", "memory_limit", limits?["memory"], .byte) { text in
        KubernetesQuantity.bytes(text).map(Scalar.int)
      },
      setting("resources.limits.cpu", "cpu_limit", limits?["cpu"]) { text in
        KubernetesQuantity.value(text).map(Scalar.double)
      },
    ]
    guard let probe else { return settings }
    func count(_ key: String, _ field: String, _ unit: Unit, _ standard: Int64) -> Setting {
      setting("livenessProbe.\(key)", field, probe[key], unit, standard: .int(standard)) { text in
        Int64(text).flatMap { $0 >= 1 ? Scalar.int($0) : nil }
      }
    }
    if let request = probe["httpGet"] {
      // Without a path the root is asked.
      settings.append(
        setting(
          "livenessProbe.httpGet.path", "liveness_path", request["path"], standard: .string("/")
        ) { .string($0) })
    }
    // Source of both: the API reference of probes.
    settings.append(count("timeoutSeconds", "liveness_timeout", .second, 1))
    settings.append(count("failureThreshold", "liveness_failures", .none, 3))
    return settings
  }

  /// One setting; what is not written is `standard`, and nothing where there is none.
  private func setting(
    _ key: String, _ field: String, _ node: YAMLNode?, _ unit: Unit = .none,
    standard: Scalar = .null, _ read: (String) -> Scalar?
  ) -> Setting {
    let written = node?.resolved.map { object.source.text($0.range) }
    let origin = node.map(object.origin)
    switch object.value(node) {
    case .text(let text)?:
      let value = read(text)
      return Setting(
        key: key, field: field, written: written, effective: value, unit: unit,
        provenance: value == nil ? .unknown : .explicit, origin: origin,
        note: value == nil ? "\"\(text)\" is not understood" : nil)
    case .unknown(let reason)?:
      return Setting(
        key: key, field: field, written: written, effective: nil, unit: unit,
        provenance: .unknown, origin: origin, note: reason)
    case nil:
      return Setting(
        key: key, field: field, effective: standard, unit: unit, provenance: .default)
    }
  }
}
