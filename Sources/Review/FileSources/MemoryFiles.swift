package import Catalog
package import Syntax

/// Files that are not on a disk: standard input under a name, and tests.
package struct MemoryFiles: FileSource {
  private let sources: [String: SourceText]
  private let base: (any FileSource)?

  /// The given files, before those of `base`.
  ///
  /// - Parameters:
  ///   - sources: by their paths; of two with one path the later one counts.
  ///   - base: where everything else is looked up: the includes of a file on standard input.
  package init(_ sources: [SourceText], over base: (any FileSource)? = nil) {
    var byPath: [String: SourceText] = [:]
    for source in sources { byPath[Self.normal(source.path)] = source }
    self.sources = byPath
    self.base = base
  }

  package func read(_ path: String) throws(FileRefusal) -> SourceText {
    let path = Self.normal(path)
    if let source = sources[path] {
      guard !source.bytes.contains(0) else { throw .notText(source.bytes) }
      return source
    }
    if let base { return try base.read(path) }
    throw names(in: path).isEmpty ? .notFound : .isDirectory
  }

  package func names(in directory: String) -> [String] {
    let directory = Self.normal(directory)
    let prefix = directory.isEmpty || directory == "/" ? directory : directory + "/"
    var names = Set(base?.names(in: directory) ?? [])
    for path in sources.keys where path.utf8.starts(with: prefix.utf8) {
      names.insert(String(path.dropFirst(prefix.count).prefix { $0 != "/" }))
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// One spelling for each path; a path that leads out keeps its own.
  private static func normal(_ path: String) -> String {
    guard path.hasPrefix("/") else { return RelativePath.normal(path) ?? path }
    return RelativePath.normal(String(path.drop { $0 == "/" })).map { "/" + $0 } ?? path
  }
}
