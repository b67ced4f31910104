import Catalog
import Model
import Syntax

/// The files and folders that deployments give to services.
struct RunPlaces: Sendable {
  private struct Folder {
    let run: Deployments.Run
    /// Whether the folder holds a whole program, of which only some places are configuration.
    let isProgram: Bool
  }

  private var files: [String: [Deployments.Run]] = [:]
  private var folders: [String: [Folder]] = [:]

  /// Products that are servers of their own: an application's folder may hold their files as well.
  private static let servers: Set<String> = [
    "nginx", "pgbouncer", "postgresql", "mariadb", "mysql", "odyssey", "pgcat", "pgpool",
    "proxysql", "maxscale", "haproxy",
  ]

  mutating func add(_ workload: Workload, _ lines: Lines) {
    func run(_ evidence: String, _ origin: Origin?) -> Deployments.Run {
      Deployments.Run(
        workload: workload,
        binding: ServiceBinding(service: workload.service, evidence: evidence, origin: origin))
    }
    let home = Self.folder(workload.service.deployment)
    for mount in workload.files {
      let place = mount.origin.map(lines.place) ?? workload.service.deployment
      let mounted = run("mounted at \(place)", mount.origin)
      files[mount.path, default: []].append(mounted)
      folders[mount.path, default: []].append(
        Folder(run: mounted, isProgram: mount.path == home || mount.path == workload.buildFolder))
    }
    if let folder = workload.buildFolder {
      let place = workload.buildOrigin.map(lines.place) ?? workload.service.deployment
      let name = folder.isEmpty ? "the repository" : folder
      folders[folder, default: []].append(
        Folder(run: run("built from \(name) at \(place)", workload.buildOrigin), isProgram: true))
    }
    var seen: Set<String> = [workload.service.deployment]
    for variable in workload.variables where seen.insert(variable.origin.path).inserted {
      files[variable.origin.path, default: []].append(
        run("its environment at \(lines.place(variable.origin))", variable.origin))
    }
  }

  /// The services that are given a file: by itself, or with the deepest folder around it.
  func runs(of file: Deployments.File) -> [Deployments.Run] {
    if let exact = files[file.path] { return Self.once(exact) }
    guard !Self.isTest(file.path) else { return [] }
    var folder = Self.folder(file.path)
    while true {
      let found = (folders[folder] ?? []).filter { isPlausible(file, $0, folder) }
      if !found.isEmpty { return Self.once(found.map(\.run)) }
      guard !folder.isEmpty, folder != "/" else { return [] }
      folder = Self.folder(folder)
    }
  }

  private func isPlausible(
    _ file: Deployments.File, _ folder: Folder, _ path: String
  ) -> Bool {
    let workload = folder.run.workload
    let product = workload.product
    if Self.servers.contains(file.technology) {
      let names = [workload.service.name, path.split(separator: "/").last.map(String.init) ?? ""]
      return InferredRuns.isSame(product, file.technology)
        || product == nil && names.contains { ImageName($0).product == file.technology }
    }
    guard product == nil else { return false }
    return !folder.isProgram || Self.isConfiguration(file.path, in: path)
  }

  /// Folders of a program, below its own or that of one module, whose files it reads when it runs.
  private static let configurationFolders: Set<String> = [
    "", "config", "conf", "src/main/resources", "src/main/resources/config", "resources", "app",
    "src", "prisma", "db", "database", "etc", "src/config", "config/database", "alembic",
  ]

  private static func isConfiguration(_ path: String, in folder: String) -> Bool {
    let start = folder.isEmpty ? 0 : folder.utf8.count + 1
    let inner = Self.folder(String(decoding: path.utf8.dropFirst(start), as: UTF8.self))
    if configurationFolders.contains(inner) { return true }
    guard let slash = inner.firstIndex(of: "/") else { return false }
    let rest = inner[inner.index(after: slash)...]
    return configurationFolders.contains(String(rest))
  }

  /// Whether a file is one that only a program's tests read.
  static func isTest(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return zip(parts, parts.dropFirst()).contains { $0 == "src" && $1 == "test" }
  }

  private static func once(_ runs: [Deployments.Run]) -> [Deployments.Run] {
    var seen: Set<ServiceReference> = []
    return runs.filter { seen.insert($0.binding.service).inserted }
  }

  /// The folder of a path, empty for the root's own.
  static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
