package import Catalog
package import Findings

/// The files that a command works on, wherever they are: the work tree, the index, or a commit.
package struct Workspace: Sendable {
  package let files: any FileSource
  /// Every path of interest as shown to the user, with `/` between its parts, in byte order.
  package let paths: [String]
  /// The paths that somebody named: not recognising one of them is said, not passed over.
  package let named: Set<String>
  /// What was asked for and cannot be read.
  package let skipped: [SkippedFile]
  /// The path from the repository's root, which `.headgate.yaml` speaks of.
  package let rootPath: @Sendable (String) -> String
  /// Whether these are all files of their repository.
  package var isWhole = false

  /// Files of `paths`.
  ///
  /// - Parameter rootPath: turns a shown path into one from the root; by default they are the same.
  package init(
    files: any FileSource, paths: [String], named: Set<String> = [],
    skipped: [SkippedFile] = [],
    rootPath: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.files = files
    self.paths = paths
    self.named = named
    self.skipped = skipped
    self.rootPath = rootPath
  }
}

extension [Workspace] {
  /// The path from the root of a shown path, by the first workspace that knows it.
  func rootPath(_ path: String) -> String {
    for workspace in self {
      let rooted = workspace.rootPath(path)
      if rooted != path { return rooted }
    }
    return path
  }
}
