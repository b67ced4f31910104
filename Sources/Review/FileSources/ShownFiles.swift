package import Catalog
package import Syntax

/// Files under the paths that people typed, over a source that knows them from its root.
///
/// Findings and includes both use paths as shown; a `../` in them must neither leave the root nor
/// look like it did.
package struct ShownFiles: FileSource {
  /// How a shown path becomes one from the root.
  package enum Mapping: Sendable, Hashable {
    /// Shown from a folder inside the root, `""` for the root itself; absolute paths below `root`
    /// mean the same files.
    case fromFolder(String, root: String)
    /// Shown behind the root's own path as typed, such as `../service`.
    case behind(String)
  }

  private let files: any FileSource
  private let mapping: Mapping

  package init(_ files: any FileSource, mapping: Mapping) {
    self.files = files
    self.mapping = mapping
  }

  package func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let inner = rootPath(path) else { throw .outsideRoot }
    return SourceText(path: path, bytes: try files.read(inner).bytes)
  }

  package func names(in directory: String) -> [String] {
    rootPath(directory).map { files.names(in: $0) } ?? []
  }

  /// The path from the root, `nil` when it lies outside.
  package func rootPath(_ path: String) -> String? {
    switch mapping {
    case .fromFolder(let folder, let root):
      if path.hasPrefix("/") {
        if path == root { return "" }
        let base = root.hasSuffix("/") ? root : root + "/"
        guard path.hasPrefix(base) else { return nil }
        return RelativePath.normal(String(path.dropFirst(base.count)))
      }
      return RelativePath.normal(folder.isEmpty ? path : "\(folder)/\(path)")
    case .behind(let prefix):
      let prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
      if path == prefix { return "" }
      guard path.hasPrefix(prefix + "/") else { return nil }
      return RelativePath.normal(String(path.dropFirst(prefix.count + 1)))
    }
  }
}
