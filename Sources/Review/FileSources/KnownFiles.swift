package import Catalog
package import Syntax

/// Files that were read already, and the others of the place they come from.
///
/// What one file includes was mostly looked at on its own before: it is not read twice, and can't
/// have changed in between.
package struct KnownFiles: FileSource {
  private let texts: [String: SourceText]
  private let base: any FileSource

  /// The files of `base`, of which `texts` are known by their paths.
  package init(_ texts: [SourceText], over base: any FileSource) {
    self.texts = Dictionary(texts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    self.base = base
  }

  package func read(_ path: String) throws(FileRefusal) -> SourceText {
    if let text = texts[path] { return text }
    return try base.read(path)
  }

  package func names(in directory: String) -> [String] { base.names(in: directory) }
}
