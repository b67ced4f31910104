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
    let new = try RepositoryAccess.orFailure { () throws(GitError) in
      switch range.head {
      case .commit(let id):
        return try GitFiles(of: id, in: try Repository(at: folder))
      case .index:
        return try GitFiles(indexOf: try Repository(at: folder), indexFile: indexFile)
      }
    }
    let project = try new.project(products: products)
    let deltas = try Self.deltas(range, in: folder, indexFile: indexFile)
    let moved = Dictionary(
      deltas.compactMap { delta in
        delta.newPath.flatMap { new in delta.oldPath.map { (new, $0) } }
      }, uniquingKeysWith: { first, _ in first })
    let paths = Set(deltas.flatMap { [$0.oldPath, $0.newPath].compactMap { $0 } })
    let (earlier, later) = (
      project.collector.collect(Self.workspace(paths, in: old)),
      project.collector.collect(Self.workspace(paths, in: new))
    )
    // A file that joins or leaves an entry changes it: both versions of the entry are compared.
    let entries = earlier.touching(paths).entryPaths.union(later.touching(paths).entryPaths)
    let before = try Self.readable(earlier.touching(paths, or: entries))
    let after = try Self.readable(later.touching(paths, or: entries))
    let formats = before.formats.merging(after.formats) { _, new in new }
    var files: [File] = []
    for path in paths.sorted() {
      guard let format = formats[path], !moved.values.contains(path) || new.blob(at: path) != nil
      else { continue }
      let oldPath = moved[path] ?? path
      files.append(
        File(
          path: path, oldPath: oldPath == path ? nil : oldPath, format: format,
          old: try old.contents(oldPath), new: try new.contents(path)))
    }
    self.files = files
    self.range = range
    settings = SettingDifference.between(before, and: after)
    verdict = project.checker.check(
      [Self.workspace(paths, in: new)], reportingOnly: paths)
  }

  private static func deltas(
    _ range: ChangeRange, in folder: String, indexFile: String?
  ) throws(Failure) -> [FileDelta] {
    let repository = try RepositoryAccess.open(folder)
    do throws(GitError) {
      switch range.head {
      case .commit(let id):
        return try repository.changes(from: range.base, to: id)
      case .index:
        let index = try repository.index(file: indexFile)
        return try repository.stagedChanges(in: index)
      }
    } catch {
      throw Failure(error)
    }
  }

  private static func workspace(_ paths: Set<String>, in files: GitFiles) -> Workspace {
    Workspace(files: files, paths: EntrySelection.paths(touching: paths, of: files.paths))
  }

  private static func readable(_ collection: Collection) throws(Failure) -> Collection {
    // A record must not call a file removed because its content is not here.
    if let skipped = collection.skipped.first {
      throw Failure("\(skipped.path) \(skipped.reason)", help: "nothing was recorded")
    }
    return collection
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
