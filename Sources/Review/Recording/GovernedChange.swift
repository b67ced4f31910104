import Catalog
import Findings
import Git
import Policy
import Syntax

/// What a range of versions changes in governed configuration files.
package struct GovernedChange: Sendable {
  /// One governed file in both versions.
  package struct File: Sendable {
    package let path: String
    package let oldPath: String?
    /// The technology that reads it.
    package let format: String
    package let old: [UInt8]?
    package let new: [UInt8]?
  }

  package let range: ChangeRange
  package let files: [File]
  /// Settings that differ, sorted by path, resource and key.
  package let settings: [SettingDifference]
  /// What the check says of the new version of these files.
  package let verdict: Verdict

  /// Compares the two versions of `range`.
  ///
  /// - Parameters:
  ///   - folder: a folder of the repository.
  ///   - indexFile: what `GIT_INDEX_FILE` names, for a staged change.
  ///   - products: versions given on the command line, `NAME=VERSION`.
  /// - Throws: `Failure` when a version cannot be read.
  package init(
    _ range: ChangeRange, in folder: String, indexFile: String? = nil, products: [String] = []
  ) throws(Failure) {
    let old = try RepositoryAccess.orFailure { () throws(GitError) in
      try GitFiles(of: range.base, in: try Repository(at: folder))
    }
    let (new, deltas) = try Self.later(range, in: folder, indexFile: indexFile)
    let project = try new.project(products: products)
    let earlier = Self.earlierDecisions(deltas, old)
    let compared = try Comparison(deltas, from: old, to: new, project.collector) { path in
      project.configuration.decides(path) || earlier?.decides(path) == true
    }
    files = compared.files
    settings = compared.settings
    self.range = range
    let paths = compared.paths
    verdict = project.checker.check(
      [Comparison.workspace(paths, in: new)], reportingOnly: paths)
  }

  /// What the team had decided before, where the change decides something else: files that are no
  /// longer decisions were some.
  private static func earlierDecisions(
    _ deltas: [FileDelta], _ old: GitFiles
  ) -> Configuration? {
    guard deltas.contains(where: { $0.path == Configuration.fileName }) else { return nil }
    // Earlier mistakes are mended by the change, not told about it.
    return (try? old.project(products: []))?.configuration
  }

  /// The later version, and what differs from the earlier one.
  private static func later(
    _ range: ChangeRange, in folder: String, indexFile: String?
  ) throws(Failure) -> (GitFiles, [FileDelta]) {
    let repository = try RepositoryAccess.open(folder)
    do throws(GitError) {
      switch range.head {
      case .commit(let id):
        return (
          try GitFiles(of: id, in: try Repository(at: folder)),
          try repository.changes(from: range.base, to: id)
        )
      case .index:
        return (
          try GitFiles(indexOf: try Repository(at: folder), indexFile: indexFile),
          try repository.stagedChanges(in: repository.index(file: indexFile))
        )
      case .workTree: break
      }
    } catch {
      throw Failure(error)
    }
    guard let base = range.base else { throw Failure("there is no commit to compare with") }
    let version = try WorkTreeVersion(since: base, in: folder)
    return (version.files, version.deltas)
  }
}

/// The governed files and settings that differ between two versions.
struct Comparison {
  let files: [GovernedChange.File]
  /// Sorted by path, resource and key.
  let settings: [SettingDifference]
  /// Every path that differs, governed or not.
  let paths: Set<String>

  /// - Parameters:
  ///   - isTolerant: whether a file that cannot be read is named without its settings, instead of
  ///     ending everything: the past cannot be mended.
  ///   - decides: whether a file is one of the team's own decisions.
  init(
    _ deltas: [FileDelta], from old: GitFiles, to new: GitFiles, _ collector: Collector,
    isTolerant: Bool = false, decides: (String) -> Bool
  ) throws(Failure) {
    let moved = Dictionary(
      deltas.compactMap { delta in
        delta.newPath.flatMap { new in delta.oldPath.map { (new, $0) } }
      }, uniquingKeysWith: { first, _ in first })
    let paths = Set(deltas.flatMap { [$0.oldPath, $0.newPath].compactMap { $0 } })
    let (earlier, later) = (
      collector.collect(Self.workspace(paths, in: old)),
      collector.collect(Self.workspace(paths, in: new))
    )
    // A file that joins or leaves an entry changes it: both versions of the entry are compared.
    let entries = earlier.touching(paths).entryPaths.union(later.touching(paths).entryPaths)
    let before = earlier.touching(paths, or: entries)
    let after = later.touching(paths, or: entries)
    var formats = before.formats.merging(after.formats) { _, new in new }
    for skipped in before.skipped + after.skipped {
      guard isTolerant else {
        // A record must not call a file removed because its content is not here.
        throw Failure("\(skipped.path) \(skipped.reason)", help: "nothing was recorded")
      }
      if formats[skipped.path] == nil { formats[skipped.path] = "" }
    }
    let decisions = paths.filter { formats[$0] == nil && decides($0) }
    for path in decisions { formats[path] = Configuration.recordedFormat }
    var files: [GovernedChange.File] = []
    var others: [SettingDifference] = []
    for path in paths.sorted() {
      guard let format = formats[path], !moved.values.contains(path) || new.blob(at: path) != nil
      else { continue }
      let oldPath = moved[path] ?? path
      let file = GovernedChange.File(
        path: path, oldPath: oldPath == path ? nil : oldPath, format: format,
        old: try old.contents(oldPath), new: try new.contents(path))
      // A link or a submodule has no content to record.
      guard file.old != nil || file.new != nil else { continue }
      files.append(file)
      if decisions.contains(path) {
        others += DecisionDifference.between(file.old, file.new, path: path)
      }
    }
    self.files = files
    self.paths = paths
    settings = (SettingDifference.between(before, and: after) + others).sorted {
      ($0.path, $0.resource, $0.key) < ($1.path, $1.resource, $1.key)
    }
  }

  static func workspace(_ paths: Set<String>, in files: GitFiles) -> Workspace {
    Workspace(files: files, paths: EntrySelection.paths(touching: paths, of: files.paths))
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

extension GitFiles {
  /// The content of one side; a side that is absent, a link or a submodule has none to record.
  fileprivate func contents(_ path: String) throws(Failure) -> [UInt8]? {
    guard blob(at: path) != nil else { return nil }
    do throws(FileRefusal) { return try read(path).bytes } catch {
      throw Failure("\(path) \(error.reason)", help: "nothing was recorded")
    }
  }
}
