import Catalog
package import Findings

/// The files below a folder that could be configuration, in an order that never changes.
///
/// Folders of version control, of packages and of builds are not entered: what is in them is
/// somebody else's. Symbolic links are passed over; what they name inside the root is found at its
/// own place, and includes reach it through the link.
package struct PathDiscovery: Sendable {
  /// Files by their path from the root, in byte order.
  package let paths: [String]
  /// Folders that could not be listed, or not wholly: never silence.
  package let skipped: [SkippedFile]

  /// Folders that are not entered, wherever they are.
  package static let passedOver: Set<String> = [
    ".git", ".hg", ".svn", ".bzr", ".jj", "CVS", "_darcs", "node_modules", ".build", "vendor",
  ]

  /// The deepest folder that is entered below the first; no path a system accepts is much deeper.
  package static let depthLimit = 128

  /// The most files that one walk collects: ten times the largest repositories people lint.
  package static let fileLimit = 1_000_000

  /// Walks the folder `directory` of `files`.
  ///
  /// - Parameters:
  ///   - limit: the most files that are collected.
  ///   - directory: empty for the root.
  package init(
    _ files: WorkTreeFiles, below directory: String = "", limit: Int = PathDiscovery.fileLimit
  ) {
    var walk = Walk(files: files, limit: limit)
    walk.run(from: directory)
    paths = walk.paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    skipped = walk.skipped
  }
}

/// A walk with its own stack, so that no tree is too deep for the program's.
private struct Walk {
  let files: WorkTreeFiles
  let limit: Int
  private(set) var paths: [String] = []
  private(set) var skipped: [SkippedFile] = []
  private var folders: [(path: String, depth: Int)] = []

  init(files: WorkTreeFiles, limit: Int) {
    self.files = files
    self.limit = limit
  }

  mutating func run(from directory: String) {
    folders = [(RelativePath.normal(directory) ?? directory, 0)]
    while let folder = folders.popLast() {
      guard paths.count < limit else {
        skip(folder.path, "more than \(limit) files stand before it")
        return
      }
      list(folder.path, folder.depth)
    }
  }

  private mutating func list(_ folder: String, _ depth: Int) {
    let entries: [(name: String, kind: EntryKind)]
    do {
      entries = try files.entries(in: folder)
    } catch {
      return skip(folder, error.reason)
    }
    let products = Self.buildFolders(beside: Set(entries.map(\.name)))
    // Pushed backwards, so that the stack gives them in order.
    for entry in entries.reversed() where !products.contains(entry.name) {
      let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
      switch entry.kind {
      case .file: paths.append(path)
      case .folder where !PathDiscovery.passedOver.contains(entry.name):
        if depth < PathDiscovery.depthLimit {
          folders.append((path, depth + 1))
        } else {
          skip(path, "deeper than \(PathDiscovery.depthLimit) folders")
        }
      case .folder, .symbolicLink, .other: break
      }
    }
  }

  /// The folders that the build tools of `names` write copies of the sources to.
  private static func buildFolders(beside names: Set<String>) -> Set<String> {
    if names.contains("pom.xml") { return ["target"] }
    if names.contains("build.gradle") || names.contains("build.gradle.kts") { return ["build"] }
    return []
  }

  private mutating func skip(_ path: String, _ reason: String) {
    skipped.append(SkippedFile(path: path.isEmpty ? "." : path, reason: reason))
  }
}
