import Catalog
package import Findings
import Git
package import Policy
import Syntax

/// What differs between two states of governed configuration, in what runs.
package struct ConfigurationDiff: Sendable {
  /// One governed file that differs.
  package struct File: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable { case added, removed, changed, renamed }

    package let path: String
    /// Its earlier name, where it moved.
    package let oldPath: String?
    /// The technology that reads it.
    package let technology: String
    package let status: Status
  }

  /// Sorted by path.
  package let files: [File]
  /// Sorted by path, resource and key.
  package let settings: [SettingDifference]
  /// Files of the team's own decisions that differ: what is allowed, and how it is judged.
  package let decisions: [String]
  /// What could not be read in one of the states: the comparison is not complete.
  package let skipped: [SkippedFile]

  /// Compares the states of `changes`.
  ///
  /// - Parameter collector: reads both states, by the decisions of one: what is declared
  ///   differently is no difference of the files.
  /// - Throws: `Failure` when a state cannot be read.
  package init(
    _ changes: FileChanges, collector: Collector, configuration: Configuration
  ) throws(Failure) {
    let inPlay = FilesInPlay(changes.touched, configuration)
    let base = try changes.base()
    let (earlier, later) = (
      collector.collect(inPlay.workspace(in: base)),
      collector.collect(inPlay.workspace(in: changes.head))
    )
    // A file that joins or leaves an entry changes it: both versions of the entry are compared.
    let entries = earlier.touching(changes.touched).entryPaths
      .union(later.touching(changes.touched).entryPaths)
    let before = earlier.touching(changes.touched, or: entries)
    let after = later.touching(changes.touched, or: entries)
    let formats = before.formats.merging(after.formats) { _, new in new }
    let oldNames = Dictionary(
      changes.renamed.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    files = changes.touched.sorted().compactMap { path in
      guard let technology = formats[path], changes.renamed[path] == nil else { return nil }
      let (old, isThere) = (oldNames[path], changes.changed.contains(path))
      let status: File.Status =
        if old != nil { .renamed } else if !isThere { .removed } else {
          before.formats[path] == nil ? .added : .changed
        }
      return File(path: path, oldPath: old, technology: technology, status: status)
    }
    settings = SettingDifference.between(
      before, and: after, moved: changes.renamed)
    decisions = changes.touched.filter { configuration.decides($0) }.sorted()
    var seen: Set<SkippedFile> = []
    skipped = (before.skipped + before.brokenFiles + after.skipped + after.brokenFiles)
      .filter { seen.insert($0).inserted }
  }

  /// Whether anything runs differently now.
  package var hasEffect: Bool { !settings.isEmpty }
  /// Whether every file could be read in both states.
  package var isComplete: Bool { skipped.isEmpty }
}

extension FilesInPlay {
  func workspace(in state: FileState) -> Workspace {
    Workspace(files: state.files, paths: selection(in: state).paths)
  }
}

extension Collection {
  /// The technology of each file that was read.
  fileprivate var formats: [String: String] {
    var formats: [String: String] = [:]
    for entry in entries {
      for source in entry.reading.sources { formats[source.path] = entry.technology.name }
    }
    return formats
  }
}

extension FileChanges {
  /// What differs in what runs, by the decisions of the later state.
  ///
  /// - Parameters:
  ///   - name: a file to read instead of `.headgate.yaml` in the root.
  ///   - products: versions given on the command line, `NAME=VERSION`.
  package func configurationDiff(
    configuration name: String?, products: [String]
  ) throws(Failure) -> ConfigurationDiff {
    let source =
      if let name { try WorkTree.readFile(name) } else {
        try Configuration.source(in: head.files)
      }
    let project = try Project(configuration: source, files: head.files, products: products)
    return try ConfigurationDiff(
      self, collector: project.collector, configuration: project.configuration)
  }
}
