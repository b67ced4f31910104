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
    let home = Self.home(of: folder)
    // What another deployment runs may be run by this one as well: compose and Kubernetes
    // variants of one system stand side by side.
    let name = workload.service.name
    let free = programs(below: home).filter { file in
      !(bound[file.path] ?? []).contains {
        $0.binding.service.deployment == workload.service.deployment
      }
    }
    let named = free.filter { file in
      // Most files have the word nowhere, and need not be read for it.
      guard file.source.bytes.firstRange(of: Array(name.utf8)) != nil else { return false }
      return SpringApplication.name(in: file.source) == name
    }
    if named.count == 1 {
      return [(named[0].path, run(workload, "inferred from spring.application.name"))]
    }
    guard named.isEmpty else { return [] }
    let names = [name, workload.image?.name].compactMap { $0 }.filter { !Self.isCommon($0) }
    let beside = free.filter { file in
      Self.programFolder(of: file.path).map(names.contains) == true
    }
    guard beside.count == 1 else { return [] }
    return [(beside[0].path, run(workload, "inferred from the name of its folder"))]
  }

  /// Folders that hold nothing but deployments: what they deploy stands beside them.
  private static let deploying: Set<Substring> = [
    "k8s", "kubernetes", "kube", "deploy", "deployment", "deployments", "manifests", "docker",
    "compose", "docker-compose", "infra", "infrastructure", "ops", "base", "overlays", "prod",
    "production", "staging", "dev", "local", "env", "environments", "gitops", "argocd",
  ]

  /// The folder whose programs a deployment in `folder` runs.
  static func home(of folder: String) -> String {
    var parts = folder.split(separator: "/")[...]
    while let last = parts.last, deploying.contains(last) { parts.removeLast() }
    return parts.joined(separator: "/")
  }

  /// Names that many programs have.
  private static func isCommon(_ name: String) -> Bool {
    ["app", "api", "web", "server", "backend", "service", "main", "core", "src", "application"]
      .contains(name)
  }

  /// The name of the folder of a program whose own file without profile `path` is.
  private static func programFolder(of path: String) -> String? {
    let file = path.split(separator: "/").last ?? ""
    guard ["application.yml", "application.yaml", "application.properties"].contains(file) else {
      return nil
    }
    var folder = RunPlaces.folder(path)
    for end in ["/src/main/resources/config", "/src/main/resources", "/config", "/resources"]
    where folder.hasSuffix(end) {
      folder = String(folder.dropLast(end.count))
      break
    }
    return folder.split(separator: "/").last.map(String.init)
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
