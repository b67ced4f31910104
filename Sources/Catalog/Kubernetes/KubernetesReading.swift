import Model
import Syntax

/// One manifest file as an entry: its workloads, and what stands in its ConfigMaps.
struct KubernetesReading {
  private let folder: KubernetesFolder
  private let context: ReadingContext

  init(_ source: SourceText, _ context: ReadingContext) {
    folder = KubernetesFolder(source, context)
    self.context = context
  }

  var reading: Reading {
    let own = folder.own
    if Kustomization.names.contains(ConfigurationText.name(of: own.source.path)) {
      return kustomization
    }
    if let control = own.text.control { return template(control) }
    // What a patch says stands in no object of its own: the kustomization is told so.
    if folder.isPatch { return Reading(resources: [], problems: [], sources: [own.source]) }
    var problems = own.yaml.errors.map { error in
      // Blanks stand for templates in what was read: the file says which line has one.
      Problem(error, in: own.source, unlessTemplate: line(of: error.range))
    }
    var services = KubernetesServices(folder, context)
    for object in own.objects where object.isWorkload { services.add(object) }
    problems += services.problems
    var resources: [any Resource] = services.workloads.map(\.resource)
    for workload in services.workloads {
      let pools = EnvironmentPools(
        workload, sources: folder.sources, context, environment: environment(of: workload))
      resources += pools.resources
      problems += pools.problems
    }
    let embedded = embedded
    resources += embedded.resources
    problems += embedded.problems
    return Reading(
      resources: resources, problems: problems, sources: folder.sources, included: [],
      workloads: services.workloads, embedded: embedded.runs)
  }

  private var kustomization: Reading {
    let own = folder.own
    let errors = own.yaml.errors.map { error in
      Problem(error, in: own.source, unlessTemplate: line(of: error.range))
    }
    let problems = Kustomization(own.source, context.files).problems
    return Reading(resources: [], problems: errors + problems, sources: [own.source])
  }

  private func environment(of workload: Workload) -> String? {
    let identity = workload.resource.identity
    return identity.environmentIsDeclared ? identity.environment : nil
  }

  /// The files in the ConfigMaps of this manifest, as the workloads of the whole folder see them.
  private var embedded: EmbeddedConfigurations {
    var embedded = EmbeddedConfigurations(context)
    let maps = folder.own.objects.filter { $0.kind == "ConfigMap" }
    guard maps.contains(where: \.mayHoldFiles) else { return embedded }
    var all = KubernetesServices(folder, context)
    for object in folder.workloads { all.add(object) }
    var readers: [String: [EmbeddedConfigurations.Reader]] = [:]
    for (workload, mounts) in zip(all.workloads, all.mounts) {
      for entry in mounts.entries where entry.map.source.path == folder.own.source.path {
        readers[entry.map.id, default: []].append((workload, entry.key, entry.target))
      }
    }
    for map in maps {
      let place = Origin(path: map.source.path, range: map.root.range)
      embedded.read(map.texts, at: place, by: readers[map.id] ?? [])
    }
    return embedded
  }

  /// A file whose lines a template decides: what it deploys is not known before it is rendered.
  private func template(_ control: Range<Int>) -> Reading {
    let kinds = Kubernetes.kinds(in: folder.own.source.bytes)
    let runs = !kinds.isDisjoint(with: KubernetesObject.workloadKinds)
    let problem = Problem(
      kind: .unknown, origin: Origin(path: folder.own.source.path, range: control),
      message: "a template decides what this manifest deploys",
      help: "check what the template makes: `helm template` writes it")
    return Reading(resources: [], problems: runs ? [problem] : [], sources: [folder.own.source])
  }

  private func line(of range: Range<Int>) -> String {
    let bytes = folder.own.source.bytes
    let place = min(range.lowerBound, bytes.count)
    let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return folder.own.source.text(start..<(bytes[place...].firstIndex(of: 0x0A) ?? bytes.count))
  }
}

extension KubernetesObject {
  /// Tells a ConfigMap from the others of its file.
  fileprivate var id: String { String(root.range.lowerBound) }

  /// The values of a ConfigMap whose keys can be the names of files.
  fileprivate var texts: [EmbeddedText] {
    (root["data"]?.mergedPairs ?? []).compactMap { pair in
      guard let node = pair.value.resolved, string(node) != nil,
        pair.key.text.firstIndex(of: "/") == nil
      else { return nil }
      return EmbeddedText(
        source, name: "\(name ?? "ConfigMap")/\(pair.key.text)", key: origin(pair.key),
        value: node)
    }
  }

  /// Whether a key of it looks like the name of a file.
  fileprivate var mayHoldFiles: Bool {
    (root["data"]?.mergedPairs ?? []).contains { pair in
      pair.key.text.contains(".") && pair.value.resolved?.kind == .scalar
    }
  }
}
