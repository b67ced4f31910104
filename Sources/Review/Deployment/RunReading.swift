import Catalog
import Model
import Syntax

/// One file as the services that run it read it.
struct RunReading {
  private let technology: Technology
  private let runs: [Deployments.Run]
  /// Reads the file, for a service or for none.
  private let read: (Workload?) -> Reading

  /// Technologies whose files the environment or the command line overrides.
  private static let overridden: Set<String> = [
    "spring-boot", "quarkus", "micronaut", "airflow", "postgresql", "mariadb", "mysql", "prisma",
    "rails", "database-url", "dropwizard", "sequelize", "knex", "typeorm",
  ]

  /// Whether a file of a product is read once for each service that runs it.
  static func isReadForEachService(_ technology: String) -> Bool {
    overridden.contains(technology)
  }

  /// Of these the environment is not read yet, so that a reading still has every variant.
  private static let unread: Set<String> = ["dropwizard", "sequelize", "knex", "typeorm"]

  /// Of these a file says one thing only: nothing is left of it beside what the services run.
  private static let single: Set<String> = [
    "airflow", "postgresql", "mariadb", "mysql", "prisma", "database-url",
  ]

  init(
    _ technology: Technology, _ runs: [Deployments.Run], _ read: @escaping (Workload?) -> Reading
  ) {
    self.technology = technology
    self.runs = runs
    self.read = read
  }

  var entry: Collection.Entry {
    guard !runs.isEmpty else {
      return Collection.Entry(technology: technology, reading: read(nil))
    }
    let bindings = runs.map(\.binding)
    guard Self.overridden.contains(technology.name) else {
      let reading = read(runs[0].workload)
      let only = runs.count == 1 ? runs[0] : nil
      return Collection.Entry(
        technology: technology,
        reading: reading.with(
          resources: only.map { Self.run(reading.resources, by: $0) } ?? reading.resources),
        bindings: bindings)
    }
    return Collection.Entry(technology: technology, reading: merged, bindings: bindings)
  }

  /// What the services run, with what is left of the file alone: variants that none of them runs.
  private var merged: Reading {
    let bare = read(nil)
    let readings = runs.map { run in (run, read(run.workload)) }
    let reads = !Self.unread.contains(technology.name)
    let own = Self.compared(
      readings.flatMap { run, reading in
        Self.run(reading.resources, by: run, all: reads)
      })
    let replaced = Set(own.map { Place($0) })
    let isSingle = Self.single.contains(technology.name)
    let rest = isSingle ? [] : bare.resources.filter { !replaced.contains(Place($0)) }
    var problems = bare.problems
    var known = Set(problems)
    var sources = bare.sources
    var paths = Set(sources.map(\.path))
    for (_, reading) in readings {
      problems += reading.problems.filter { known.insert($0).inserted }
      sources += reading.sources.filter { paths.insert($0.path).inserted }
    }
    return Reading(
      resources: own + rest, problems: problems, sources: sources, included: bare.included,
      assumption: bare.assumption)
  }

  /// What a service's resource stands for: all of its kind in the environment.
  private struct Place: Hashable {
    let kind: Kind
    let environment: String

    init(_ resource: any Resource) {
      let identity = resource.identity
      kind = identity.kind
      environment = identity.environment
    }
  }

  /// The resources; a pool whose size one service changes names another that keeps it.
  ///
  /// That tells a worker with a pool of its own size from a value that overrides the reviewed one
  /// wherever it runs.
  private static func compared(_ resources: [any Resource]) -> [any Resource] {
    var keepers: [PoolName: ServiceReference] = [:]
    for resource in resources where resource.kind == .pool && !isResized(resource) {
      if let service = resource.identity.service { keepers[PoolName(resource)] = service }
    }
    return resources.map { resource in
      guard resource.kind == .pool, isResized(resource), let pool = resource as? SettingsResource,
        let keeper = keepers[PoolName(resource)]
      else { return resource }
      return pool.with(facts: ["size_kept_by": .string(keeper.name)])
    }
  }

  /// One pool of one file, whoever runs it within a deployment.
  private struct PoolName: Hashable {
    let name: String
    let environment: String
    let deployment: String?

    init(_ resource: any Resource) {
      let identity = resource.identity
      name = identity.name
      environment = identity.environment
      deployment = identity.service?.deployment
    }
  }

  private static let sizeInFile = KindSchema.pool.field(named: "size_in_file")

  private static func isResized(_ resource: any Resource) -> Bool {
    guard let field = sizeInFile else { return false }
    if case .absent = resource.value(of: field) { return false }
    return true
  }

  /// Resources that run where the service runs, as its own.
  private static func run(
    _ resources: [any Resource], by run: Deployments.Run, all: Bool = false
  ) -> [any Resource] {
    let identity = run.workload.resource.identity
    return resources.compactMap { resource in
      guard resource.identity.service == nil, let resource = resource as? SettingsResource else {
        return resource
      }
      let environment = resource.identity.environment
      let isOwn = all || environment == "production" || environment == identity.environment
      return isOwn ? resource.run(by: run.binding.service) : resource
    }
  }
}

extension Reading {
  /// The same with other resources and files, and with further problems.
  func with(
    resources: [any Resource]? = nil, sources: [SourceText]? = nil, problems: [Problem] = []
  ) -> Reading {
    Reading(
      resources: resources ?? self.resources, problems: self.problems + problems,
      sources: sources ?? self.sources,
      included: included, assumption: assumption, workloads: workloads,
      embedded: embedded)
  }
}
