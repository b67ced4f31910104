import Model
import Syntax

extension Technology {
  /// The values of a Helm chart, as far as charts agree on their names.
  package static let helmValues = Technology(
    name: "helm-values", title: "Helm values", defaultVersion: Version(3),
    recognises: { HelmValues.recognise($0) },
    read: { source, context in HelmValues(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`values.yaml` and `values-*.yaml` beside a `Chart.yaml`.",
        notes: [
          "Only the names that `helm create` gives are read; templates may use them otherwise, and "
            + "what the templates make is checked best as `helm template` writes it.",
          "A file `values-prod.yaml` is read over `values.yaml`.",
          "Whether a roll-out starts pods before it stops others is the template's to say.",
        ],
        keys: [
          .init("replicaCount", value: "integer", field: "replicas"),
          .init("autoscaling.maxReplicas", value: "integer", field: "max_replicas"),
          .init("image.repository, image.tag", value: "text", field: "image"),
          .init("resources.limits.memory", value: "quantity", field: "memory_limit"),
          .init("resources.limits.cpu", value: "quantity", field: "cpu_limit"),
          .init("livenessProbe.httpGet.path", value: "text", field: "liveness_path"),
        ])
    })
}

/// One file of values, over the chart's own where it is another one.
struct HelmValues {
  private let values: KubernetesObject?
  private let base: KubernetesObject?
  private let errors: [Problem]
  private let source: SourceText
  private let context: ReadingContext
  private let chart: String?

  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name
    guard name.hasPrefix("values"), name.hasSuffix(".yaml") || name.hasSuffix(".yml"),
      let next = name.dropFirst("values".count).first, "-._".contains(next)
    else { return .no }
    let isChart = candidate.head.split(separator: 0x0A).contains { line in
      keys.contains { line.starts(with: $0.utf8) }
    }
    return isChart ? .byContent : .no
  }

  private static let keys = [
    "replicaCount:", "autoscaling:", "image:", "resources:", "env:", "extraEnv", "podAnnotations:",
  ]

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
    let folder = ConfigurationText.directory(of: source.path)
    let prefix = folder.isEmpty ? "" : folder + "/"
    // Without a chart beside it the file is somebody else's.
    let chart = try? context.files.read(prefix + "Chart.yaml")
    self.chart = chart.map { text in
      YAMLFile(parsing: KubernetesText(text).masked).documents.first?.root?["name"]?.string
        ?? ConfigurationText.name(of: folder)
    }
    let (own, yaml) = Self.object(source)
    values = own
    errors = yaml.errors.map { Problem($0, in: source) }
    let standard = prefix + "values.yaml"
    base =
      standard == source.path
      ? nil
      // A chart need not have values of its own.
      : (try? context.files.read(standard)).flatMap { Self.object($0).0 }
  }

  private static func object(_ source: SourceText) -> (KubernetesObject?, YAMLFile) {
    let text = KubernetesText(source)
    let yaml = YAMLFile(parsing: text.masked)
    return (yaml.documents.first?.root.map { KubernetesObject(text, $0, "values") }, yaml)
  }

  var reading: Reading {
    guard let chart, let values else {
      return Reading(resources: [], problems: [], sources: [source])
    }
    let service = ServiceReference(deployment: source.path, name: chart)
    let environment = context.environment ?? SpringEnvironment.environment(of: variant)
    let place = Origin(path: source.path, range: 0..<0)
    let variables = variables
    let identity = ResourceIdentity(
      kind: .service, technology: Technology.helmValues.name, version: nil, name: chart,
      origin: found("replicaCount", "image").map { $0.0.origin($0.1) } ?? place,
      environment: environment ?? "production", environmentIsDeclared: environment != nil,
      service: service)
    let resource = SettingsResource(
      identity: identity, settings: settings,
      facts: ["variables": .list(variables.map { .string($0.name) })])
    // Values that say nothing of how a program runs are settings of the chart's own.
    guard !variables.isEmpty || settings.contains(where: { $0.written != nil }) else {
      return Reading(resources: [], problems: errors, sources: [values.source])
    }
    let workload = Workload(service: service, resource: resource, variables: variables)
    let sources = [source] + (base.map { [$0.source] } ?? [])
    let pools = EnvironmentPools(workload, sources: sources, context, environment: environment)
    return Reading(
      resources: [resource] + pools.resources, problems: errors + pools.problems,
      sources: sources, included: [], workloads: [workload])
  }

  /// What the file's name says besides that it holds values: `staging` of `values-staging.yaml`.
  private var variant: String {
    let name = ConfigurationText.name(of: source.path).dropFirst("values".count)
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    return String(stem.drop { "-._".contains($0) })
  }

  /// The first of these keys that is written, in this file before the chart's own.
  private func found(_ paths: String...) -> (KubernetesObject, YAMLNode)? {
    for object in [values, base].compactMap({ $0 }) {
      for path in paths {
        let steps = path.split(separator: ".").map(String.init)
        if let node = object.root.at(steps) { return (object, node) }
      }
    }
    return nil
  }

  private func text(_ path: String) -> String? {
    found(path).flatMap { $0.0.string($0.1) }
  }

  private var settings: [Setting] {
    var settings = [number("replicaCount", "replicas")]
    let isScaled = text("autoscaling.enabled")
    switch isScaled {
    case "true": settings.append(number("autoscaling.maxReplicas", "max_replicas"))
    case "false", nil: break
    default:
      settings.append(
        Setting(
          key: "autoscaling.maxReplicas", field: "max_replicas", effective: nil, unit: .process,
          provenance: .unknown, note: "whether autoscaling is on is not known"))
    }
    settings.append(
      Setting(
        key: "maxSurge", field: "surge", effective: nil, unit: .process, provenance: .unknown,
        note: "the chart's templates decide it"))
    settings.append(
      Setting(
        key: "peak replicas", field: "peak_replicas", effective: nil, unit: .process,
        provenance: .unknown, note: "the chart's templates decide the surge of a roll-out"))
    if let (object, node) = found("image.repository", "image") {
      let name = object.string(node)
      let tag = text("image.tag").flatMap { $0.isEmpty ? nil : ":\($0)" } ?? ""
      let registry = text("image.registry").flatMap { $0.isEmpty ? nil : "\($0)/" } ?? ""
      settings.append(
        Setting(
          key: "image", field: "image", written: name,
          effective: name.map { .string(registry + $0 + tag) },
          provenance: name == nil ? .unknown : .explicit, origin: object.origin(node),
          note: name == nil ? "its parts are put together by the chart" : nil))
    }
    for object in [values, base].compactMap({ $0 })
    where object.root["resources"] != nil || object.root["livenessProbe"] != nil {
      settings += KubernetesContainer(object, object.root).settings.filter { $0.field != "image" }
      break
    }
    return settings
  }

  private func number(_ path: String, _ field: String) -> Setting {
    guard let (object, node) = found(path) else {
      return Setting(
        key: path, field: field, effective: nil, unit: .process, provenance: .unknown,
        note: "\(path) is not written")
    }
    let number = object.string(node).flatMap { Int64($0) }
    return Setting(
      key: path, field: field, written: node.raw, effective: number.map(Scalar.int),
      unit: .process, provenance: number == nil ? .unknown : .explicit,
      origin: object.origin(node),
      note: number == nil ? "\"\(node.raw)\" is not a whole number" : nil)
  }

  /// Variables of the environment that are read; more are no configuration.
  private static let variableLimit = 10_000

  /// The variables, as a list of names and values or as a mapping; this file's count last.
  private var variables: [EnvironmentVariable] {
    var variables: [EnvironmentVariable] = []
    for object in [base, values].compactMap({ $0 }) {
      for key in ["env", "envVars", "environment", "extraEnv", "extraEnvVars", "config"] {
        guard let node = object.root[key] else { continue }
        variables += Self.variables(node, of: object).prefix(
          Self.variableLimit - min(variables.count, Self.variableLimit))
      }
    }
    return variables
  }

  private static func variables(
    _ node: YAMLNode, of object: KubernetesObject
  ) -> [EnvironmentVariable] {
    func variable(_ name: String, _ value: YAMLNode?, _ place: YAMLNode) -> EnvironmentVariable {
      switch object.value(value) {
      case .text(let text)?:
        EnvironmentVariable(name: name, value: text, origin: object.origin(value ?? place))
      case .unknown(let reason)?:
        EnvironmentVariable(
          name: name, value: nil, reason: reason, origin: object.origin(value ?? place))
      case nil:
        EnvironmentVariable(
          name: name, value: nil, reason: "the cluster says it", origin: object.origin(place))
      }
    }
    if node.kind == .sequence {
      return node.elements.compactMap { entry in
        object.string(entry["name"]).map { variable($0, entry["value"], entry) }
      }
    }
    // A mapping whose keys are no names of variables is a chart's own.
    return node.mergedPairs.filter { pair in
      pair.key.text.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
    }.map { variable($0.key.text, $0.value, $0.key) }
  }
}
