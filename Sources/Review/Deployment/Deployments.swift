import Catalog
import Model
import Syntax

/// The services that the files of a workspace deploy, and which of its files each of them runs.
struct Deployments: Sendable {
  /// One service that runs a file.
  struct Run: Sendable {
    let workload: Workload
    let binding: ServiceBinding
  }

  /// A recognised file.
  struct File: Sendable {
    let source: SourceText
    let technology: String

    var path: String { source.path }
  }

  /// The technologies whose files deploy others.
  static let technologies: Set<String> = [
    Technology.compose.name, "kubernetes", Technology.helmValues.name, Technology.systemd.name,
  ]

  private let workloads: [Workload]
  private let sources: [String: SourceText]
  /// The services whose server's or pooler's file stands inside the deployment's own.
  private let configured: Set<ServiceReference>
  private let lines: Lines
  private var places = RunPlaces()

  /// The services of entries that deploy.
  init(_ entries: [Collection.Entry]) {
    workloads = entries.flatMap(\.reading.workloads)
    configured = Set(
      entries.flatMap(\.reading.resources)
        .filter { $0.kind == .databaseServer || $0.kind == .pooler }
        .compactMap(\.identity.service))
    let all = workloads.isEmpty ? [] : entries.flatMap(\.reading.sources)
    sources = Dictionary(all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    lines = Lines(all)
    for workload in workloads { places.add(workload, lines) }
  }

  /// Whether nothing is deployed, so that every file counts as it stands.
  var isEmpty: Bool { workloads.isEmpty }

  /// Which services run which files.
  struct Found: Sendable {
    /// The services of each file's path, in the order of the deployments.
    var runs: [String: [Run]] = [:]
    /// What could not be told, at the services, by the path of the file that deploys them.
    var problems: [String: [Problem]] = [:]
  }

  /// The services that run each file.
  ///
  /// A file or folder that is mounted counts, then a folder that an image is built from; the
  /// deepest folder wins. What no place tells is inferred where only one answer is possible.
  func runs(of files: [File]) -> Found {
    guard !isEmpty else { return Found() }
    var runs: [String: [Run]] = [:]
    var problems: [String: [Problem]] = [:]
    for file in files {
      let found = places.runs(of: file)
      if !found.isEmpty { runs[file.path] = found }
    }
    let inferred = InferredRuns(files, bound: runs)
    for workload in workloads {
      let candidates = inferred.candidates(of: workload)
      guard candidates.all.count == 1 else {
        if let problem = candidates.problem(for: workload) {
          problems[problem.origin.path, default: []].append(problem)
        }
        continue
      }
      let binding = ServiceBinding(service: workload.service, evidence: candidates.evidence)
      for path in candidates.all[0] {
        let isKnown = runs[path]?.contains { $0.binding.service == workload.service } ?? false
        if !isKnown { runs[path, default: []].append(Run(workload: workload, binding: binding)) }
      }
    }
    return Found(runs: runs, problems: problems)
  }

  /// Servers, poolers and programs of images that no file of the workspace configures.
  ///
  /// - Parameter context: for a file's path, with the service.
  func imageServers(
    besides runs: [String: [Run]], _ files: [File],
    _ context: (String, Workload?) -> ReadingContext
  ) -> [Collection.Entry] {
    let technologies = Dictionary(
      files.map { ($0.path, $0.technology) }, uniquingKeysWith: { first, _ in first })
    var configured = configured
    for (path, runs) in runs {
      for run in runs
      where InferredRuns.isSame(run.workload.product, technologies[path] ?? "") {
        configured.insert(run.binding.service)
      }
    }
    let programs = Set(
      runs.flatMap { path, runs in
        technologies[path] == Technology.springBoot.name ? runs.map(\.binding.service) : []
      })
    return workloads.compactMap { workload in
      let origin = workload.resource.identity.origin
      guard !configured.contains(workload.service), let source = sources[origin.path] else {
        return nil
      }
      let place = lines.place(origin)
      if let technology = DatabaseImage.technology(of: workload) {
        let reading = DatabaseImage.reading(
          of: workload, in: source, context(origin.path, workload))
        return entry(technology, reading, workload, "the image at \(place)")
      }
      if workload.image?.product == Technology.pgbouncer.name {
        let reading = PgBouncerImage.reading(
          of: workload, in: source, context(origin.path, workload))
        return entry(.pgbouncer, reading, workload, "the image at \(place) and its environment")
      }
      guard SpringEnvironmentPools.isKnown(workload), !programs.contains(workload.service) else {
        return nil
      }
      let reading = SpringEnvironmentPools.reading(
        of: workload, in: source, context(origin.path, workload))
      guard !reading.resources.isEmpty else { return nil }
      return entry(.springBoot, reading, workload, "the environment at \(place)")
    }
  }

  private func entry(
    _ technology: Technology, _ reading: Reading, _ workload: Workload, _ evidence: String
  ) -> Collection.Entry {
    Collection.Entry(
      technology: technology, reading: reading,
      bindings: [
        ServiceBinding(
          service: workload.service, evidence: evidence,
          origin: workload.resource.identity.origin)
      ])
  }

  /// The entries, each pool once: of an address that a service's file takes from its environment
  /// the pool is the one of that file.
  ///
  /// - Parameter problems: what is said of files that deploy, by their paths.
  func completed(
    _ entries: [Collection.Entry], _ problems: [String: [Problem]]
  ) -> [Collection.Entry] {
    guard !isEmpty else { return entries }
    var taken: Set<Place> = []
    for entry in entries where !Self.technologies.contains(entry.technology.name) {
      for resource in entry.reading.resources where resource.kind == .pool {
        guard let service = resource.identity.service else { continue }
        for setting in resource.settings {
          if let origin = setting.origin { taken.insert(Place(service: service, origin: origin)) }
        }
      }
    }
    return entries.map { entry in
      var entry = entry
      let isDeploying = Self.technologies.contains(entry.technology.name)
      let kept = entry.reading.resources.filter { resource in
        guard isDeploying, resource.kind == .pool, let service = resource.identity.service else {
          return true
        }
        return !taken.contains(Place(service: service, origin: resource.identity.origin))
      }
      entry.reading = entry.reading.with(
        resources: kept, sources: isDeploying ? nil : withDeployments(entry.reading),
        problems: isDeploying && !entry.reading.workloads.isEmpty
          ? entry.path.flatMap { problems[$0] } ?? [] : [])
      return entry
    }
  }

  /// A value of a service.
  private struct Place: Hashable {
    let service: ServiceReference
    let origin: Origin
  }

  /// The files of a reading with those of deployments that give it values.
  private func withDeployments(_ reading: Reading) -> [SourceText]? {
    var known = Set(reading.sources.map(\.path))
    var further: [SourceText] = []
    for resource in reading.resources where resource.identity.service != nil {
      for setting in resource.settings {
        guard let path = setting.origin?.path, let source = sources[path],
          known.insert(path).inserted
        else { continue }
        further.append(source)
      }
    }
    return further.isEmpty ? nil : reading.sources + further
  }
}

/// The lines of files by offset.
struct Lines: Sendable {
  private let tables: [String: LineTable]

  init(_ sources: [SourceText]) {
    tables = Dictionary(
      sources.map { ($0.path, LineTable($0.bytes)) }, uniquingKeysWith: { first, _ in first })
  }

  /// `docker-compose.yml:8`; only the file where its text is not here.
  func place(_ origin: Origin) -> String {
    guard let table = tables[origin.path] else { return origin.path }
    return "\(origin.path):\(table.position(at: origin.range.lowerBound).line)"
  }
}
