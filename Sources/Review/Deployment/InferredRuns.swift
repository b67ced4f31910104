import Catalog
import Model
import Syntax

/// Files that no deployment names, where only one of them can be what a service runs.
struct InferredRuns {
  /// The files of Spring Boot, by path.
  private let programs: [Deployments.File]
  private let bound: [String: [Deployments.Run]]
  /// The technologies that each service is known to have a file of.
  private var known: [ServiceReference: Set<String>] = [:]
  private let byFolder: [String: [Deployments.File]]

  init(_ files: [Deployments.File], bound: [String: [Deployments.Run]]) {
    programs = files.filter { $0.technology == Technology.springBoot.name }
      .sorted { $0.path < $1.path }
    self.bound = bound
    for file in files {
      for run in bound[file.path] ?? [] {
        known[run.binding.service, default: []].insert(file.technology)
      }
    }
    byFolder = Dictionary(grouping: files) { RunPlaces.folder($0.path) }
  }

  /// The files of a service and why they are believed to be its own.
  func runs(of workload: Workload) -> [(path: String, run: Deployments.Run)] {
    let own = known[workload.service] ?? []
    let folder = RunPlaces.folder(workload.service.deployment)
    let product = workload.image?.product
    if let product {
      guard !own.contains(where: { Self.isSame(product, $0) }) else { return [] }
      let found = (byFolder[folder] ?? []).filter { Self.isSame(product, $0.technology) }
      guard found.count == 1 else { return [] }
      return [(found[0].path, run(workload, "inferred from the image's name"))]
    }
    guard !own.contains(Technology.springBoot.name) else { return [] }
    // What another deployment runs may be run by this one as well: compose and Kubernetes
    // variants of one system stand side by side.
    let name = workload.service.name
    let named = programs(below: folder).filter { file in
      // Most files have the word nowhere, and need not be read for it.
      guard file.source.bytes.firstRange(of: Array(name.utf8)) != nil else { return false }
      let isTaken = (bound[file.path] ?? []).contains {
        $0.binding.service.deployment == workload.service.deployment
      }
      return !isTaken && SpringApplication.name(in: file.source) == name
    }
    guard named.count == 1 else { return [] }
    return [(named[0].path, run(workload, "inferred from spring.application.name"))]
  }

  private func programs(below folder: String) -> ArraySlice<Deployments.File> {
    guard !folder.isEmpty else { return programs[...] }
    let start = folder + "/"
    var low = 0
    var high = programs.count
    while low < high {
      let middle = (low + high) / 2
      if programs[middle].path < start { low = middle + 1 } else { high = middle }
    }
    return programs[low...].prefix { $0.path.hasPrefix(start) }
  }

  private func run(_ workload: Workload, _ evidence: String) -> Deployments.Run {
    Deployments.Run(
      workload: workload,
      binding: ServiceBinding(service: workload.service, evidence: evidence))
  }

  /// Whether an image's product reads the files of a technology: a my.cnf is of either server.
  static func isSame(_ product: String?, _ technology: String) -> Bool {
    let family: Set<String> = ["mysql", "mariadb"]
    return product == technology
      || product.map(family.contains) == true && family.contains(technology)
  }
}
