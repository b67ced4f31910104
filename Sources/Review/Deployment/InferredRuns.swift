import Catalog
import Model
import Syntax

/// Files that no deployment names, where only one of them can be what a service runs.
struct InferredRuns {
  /// The files of Spring Boot, by `spring.application.name` and by the name of their folder: a
  /// repository of a thousand services is asked for each of them.
  private let byName: [String: [Deployments.File]]
  private let byProgram: [String: [Deployments.File]]
  private let bound: [String: [Deployments.Run]]
  /// The technologies that each service is known to have a file of.
  private var known: [ServiceReference: Set<String>] = [:]
  private let byFolder: [String: [Deployments.File]]

  init(_ files: [Deployments.File], bound: [String: [Deployments.Run]]) {
    let programs = files.filter {
      $0.technology == Technology.springBoot.name && !RunPlaces.isTest($0.path)
    }.sorted { $0.path < $1.path }
    var byName: [String: [Deployments.File]] = [:]
    var byProgram: [String: [Deployments.File]] = [:]
    for file in programs {
      if let name = Self.applicationName(file) { byName[name, default: []].append(file) }
      if let folder = Self.programFolder(of: file.path) {
        byProgram[Self.name(of: folder), default: []].append(file)
      }
    }
    self.byName = byName
    self.byProgram = byProgram
    self.bound = bound
    for file in files {
      for run in bound[file.path] ?? [] {
        known[run.binding.service, default: []].insert(file.technology)
      }
    }
    byFolder = Dictionary(grouping: files) { RunPlaces.folder($0.path) }
  }

  /// Programs and servers of which one is what a service runs.
  struct Candidates {
    /// The files of each.
    var all: [[String]] = []
    var evidence = ""
    /// What several of them have, so that none can be told from the others.
    var likeness = ""

    /// What is said where there are several.
    func problem(for workload: Workload) -> Problem? {
      guard all.count > 1, workload.product != Technology.nginx.name else { return nil }
      let shown = all.prefix(3).compactMap(\.first).joined(separator: ", ")
      let more = all.count > 3 ? " and \(all.count - 3) more" : ""
      return Problem(
        kind: .unknown, origin: workload.resource.identity.origin,
        message: "which of several files \"\(workload.service.name)\" runs with is not known: "
          + "\(shown)\(more) \(likeness)",
        help: "a mount or the folder of a `build` tells it; for the load path, `files:` of the "
          + "service in .headgate.yaml")
    }
  }

  /// The files that can be a service's own; of several none is taken.
  func candidates(of workload: Workload) -> Candidates {
    let own = known[workload.service] ?? []
    if let product = workload.product {
      guard !own.contains(where: { Self.isSame(product, $0) }) else { return Candidates() }
      return servers(product, of: workload)
    }
    guard !own.contains(Technology.springBoot.name) else { return Candidates() }
    // What another deployment runs may be run by this one as well: compose and Kubernetes
    // variants of one system stand side by side.
    let name = workload.service.name
    let home = Self.home(of: workload)
    func free(_ files: [Deployments.File]) -> [Deployments.File] {
      files.filter { file in
        Self.isFolder(RunPlaces.folder(file.path), in: home)
          && !(bound[file.path] ?? []).contains {
            $0.binding.service.deployment == workload.service.deployment
          }
      }
    }
    let named = free(byName[name] ?? [])
    guard named.isEmpty else {
      return Candidates(
        all: Self.programs(named), evidence: "inferred from spring.application.name",
        likeness: "have this spring.application.name")
    }
    let names = [name, workload.image?.name].compactMap { $0 }.filter { !Self.isCommon($0) }
    let beside = Set(names).sorted().flatMap { free(byProgram[$0] ?? []) }
    return Candidates(
      all: Self.programs(beside), evidence: "inferred from the name of its folder",
      likeness: "are in folders of this name")
  }

  /// The files of a server or pooler: where a deployment keeps them, and those that the command
  /// names before all others.
  private func servers(_ product: String, of workload: Workload) -> Candidates {
    let isUnit = workload.resource.identity.technology == Technology.systemd.name
    let folder = RunPlaces.folder(workload.service.deployment)
    let home = Self.home(of: workload)
    let around =
      isUnit ? byFolder.filter { Self.isFolder($0.key, in: home) }.flatMap(\.value) : []
    let found = (isUnit ? around : byFolder[folder] ?? []).filter {
      Self.isSame(product, $0.technology)
    }
    let arguments = Set(workload.command.map { Self.name(of: $0) })
    let named = found.filter { arguments.contains(Self.name(of: $0.path)) }
    return Candidates(
      all: (named.isEmpty ? found : named).map { [$0.path] }.sorted { $0[0] < $1[0] },
      evidence: isUnit
        ? "inferred from what its ExecStart runs" : "inferred from the image's name",
      likeness: "are of this product")
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  private static func isFolder(_ path: String, in home: String) -> Bool {
    home.isEmpty || path == home || path.hasPrefix(home + "/")
  }

  /// The files of each program: those of one folder are read together.
  private static func programs(_ files: [Deployments.File]) -> [[String]] {
    var places: [String: Int] = [:]
    var all: [[String]] = []
    for file in files {
      let folder = programFolder(of: file.path) ?? file.path
      if let place = places[folder] {
        all[place].append(file.path)
      } else {
        places[folder] = all.count
        all.append([file.path])
      }
    }
    return all
  }

  /// Folders that hold nothing but deployments: what they deploy stands beside them.
  private static let deploying: Set<Substring> = [
    "k8s", "kubernetes", "kube", "deploy", "deployment", "deployments", "manifests", "docker",
    "compose", "docker-compose", "infra", "infrastructure", "ops", "base", "overlays", "prod",
    "production", "staging", "dev", "local", "env", "environments", "gitops", "argocd", "systemd",
    "units", "helm", "chart", "charts",
  ]

  /// The folder whose programs a workload may run.
  private static func home(of workload: Workload) -> String {
    let folder = RunPlaces.folder(workload.service.deployment)
    // A chart's folder has the name of the program, which stands elsewhere.
    let isChart = workload.resource.identity.technology == Technology.helmValues.name
    return home(of: isChart ? RunPlaces.folder(folder) : folder)
  }

  /// The folder whose programs a deployment in `folder` runs.
  static func home(of folder: String) -> String {
    var parts = folder.split(separator: "/")[...]
    while let last = parts.last, deploying.contains(last) { parts.removeLast() }
    let home = parts.joined(separator: "/")
    return folder.hasPrefix("/") && !home.isEmpty ? "/\(home)" : home
  }

  /// Names that many programs have.
  private static func isCommon(_ name: String) -> Bool {
    ["app", "api", "web", "server", "backend", "service", "main", "core", "src", "application"]
      .contains(name)
  }

  /// The folder of a program whose own file without profile `path` is.
  private static func programFolder(of path: String) -> String? {
    let file = path.split(separator: "/").last ?? ""
    let stem = file.prefix { $0 != "." }
    guard ["application", "bootstrap"].contains(stem), !file.contains("-") else { return nil }
    var folder = RunPlaces.folder(path)
    for end in ["/src/main/resources/config", "/src/main/resources", "/config", "/resources"]
    where folder.hasSuffix(end) {
      folder = String(folder.dropLast(end.count))
      break
    }
    return folder
  }

  /// What a file of Spring Boot calls its program; most say nothing, and need not be read for it.
  private static func applicationName(_ file: Deployments.File) -> String? {
    let word = Array("application".utf8)
    let isSaid = file.source.bytes.withUnsafeBufferPointer { bytes in
      var place = 0
      while let found = bytes[place...].firstIndex(of: word[0]) {
        if bytes[found...].starts(with: word) { return true }
        place = found + 1
      }
      return false
    }
    return isSaid ? SpringApplication.name(in: file.source) : nil
  }

  /// Whether an image's product reads the files of a technology: a my.cnf is of either server.
  static func isSame(_ product: String?, _ technology: String) -> Bool {
    let family: Set<String> = ["mysql", "mariadb"]
    return product == technology
      || product.map(family.contains) == true && family.contains(technology)
  }
}
