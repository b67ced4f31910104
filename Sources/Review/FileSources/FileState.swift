package import Catalog
import Git
import Syntax

/// One state of a repository's files: a commit, the index, the work tree, or what a merge gives.
package struct FileState: Sendable {
  package let files: any FileSource
  /// Every path from the root, in byte order.
  package let paths: [String]

  package init(files: any FileSource, paths: [String]) {
    self.files = files
    self.paths = paths
  }

  init(_ files: GitFiles) { self.init(files: files, paths: files.paths) }
}

/// Two states of a repository and which files differ between them.
package struct FileChanges: Sendable {
  package let head: FileState
  /// The paths in the later state that are new or have other content.
  package let changed: Set<String>
  /// The paths of the earlier state that the later one lacks.
  package let removed: Set<String>
  /// New names by the old ones, of files that moved.
  package let renamed: [String: String]
  /// Paths that hold the two sides of a merge that nobody resolved.
  package let unmerged: [String]
  /// The blobs of each path in the first earlier state and in the later one.
  let blobs: [String: Blobs]
  private let makeBases: @Sendable () throws(Failure) -> [FileState]

  /// Two states.
  ///
  /// - Parameter bases: the earlier states; in a merge every side is one. Asked for only where
  ///   something has to be compared.
  init(
    head: FileState, deltas: [FileDelta],
    bases: @escaping @Sendable () throws(Failure) -> [FileState]
  ) {
    self.head = head
    let changed = Set(deltas.filter { $0.status != .conflicted }.compactMap(\.newPath))
    self.changed = changed
    removed = Set(deltas.compactMap(\.oldPath).filter { !changed.contains($0) })
    renamed = Dictionary(
      deltas.filter { $0.status == .renamed }.compactMap { delta in
        delta.oldPath.flatMap { old in delta.newPath.map { (old, $0) } }
      }, uniquingKeysWith: { first, _ in first })
    var blobs: [String: Blobs] = [:]
    for delta in deltas {
      if let path = delta.oldPath { blobs[path, default: Blobs()].old = delta.oldID }
      if let path = delta.newPath { blobs[path, default: Blobs()].new = delta.newID }
    }
    self.blobs = blobs
    unmerged = deltas.filter { $0.status == .conflicted }.map(\.path).sorted()
    makeBases = bases
  }

  /// A path's content in both states; `nil` where it has none.
  struct Blobs: Sendable, Hashable {
    var old: ObjectID?
    var new: ObjectID?
  }

  /// Every path that differs, by its names in both states.
  package var touched: Set<String> { changed.union(removed) }

  /// The earlier states.
  ///
  /// - Throws: `Failure` when one cannot be read.
  package func bases() throws(Failure) -> [FileState] { try makeBases() }

  /// The first of the earlier states: what the change is made to.
  package func base() throws(Failure) -> FileState {
    try bases().first ?? FileState(files: MemoryFiles([]), paths: [])
  }
}

extension FileChanges {
  /// What is about to be committed, beside the commit checked out.
  ///
  /// - Parameters:
  ///   - folder: a folder inside the work tree.
  ///   - indexFile: what `GIT_INDEX_FILE` names; git gives hooks a temporary index for `commit -a`.
  /// - Throws: `Failure` when this is no work tree or the index cannot be read.
  package static func staged(folder: String, indexFile: String?) throws(Failure) -> FileChanges {
    let file = indexFile.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    return try RepositoryAccess.orFailure { () throws(GitError) in
      let repository = try Repository(at: folder)
      let index = try repository.index(file: file)
      let deltas = try repository.stagedChanges(in: index, renames: .similar)
      let others = try repository.mergeHeads()
      let head = GitFiles(index.entries, in: repository)
      return FileChanges(head: FileState(head), deltas: deltas) { () throws(Failure) in
        var states = [FileState(head.before(deltas))]
        for other in others {
          states.append(
            FileState(
              try RepositoryAccess.orFailure { () throws(GitError) in
                try GitFiles(of: other, in: try Repository(at: folder))
              }))
        }
        return states
      }
    }
  }

  /// The work tree, staged or not, beside where it left the history of `revision`.
  ///
  /// - Throws: `Failure` when the revision names no commit or there is no work tree.
  ///
  /// - Parameter isExact: whether the revision itself is compared with, whatever others did there.
  package static func since(
    _ revision: String, folder: String, isExact: Bool = false
  ) throws(Failure) -> FileChanges {
    let (base, deltas, root) = try RepositoryAccess.orFailure { () throws(GitError) in
      let repository = try Repository(at: folder)
      guard let root = repository.workTree else {
        throw GitError(
          .bareRepository, "compare with \(revision): a bare repository has no work tree",
          remedy: "run in a clone, or compare two revisions with `headgate diff`")
      }
      let named = try repository.commitID(of: revision)
      let head = try repository.head().commit
      // What others have done on their side since is no change of this one.
      var base = named
      if let head, !isExact { base = try repository.mergeBase(named, head) ?? named }
      return (base, try repository.changesInWorkTree(since: base), root)
    }
    do throws(FileRefusal) {
      let files = try WorkTreeFiles(root: root)
      let state = FileState(files: files, paths: PathDiscovery(files).paths)
      return FileChanges(head: state, deltas: deltas) { () throws(Failure) in
        [try commit(base, folder)]
      }
    } catch {
      throw Failure("\(root) \(error.reason)")
    }
  }

  /// Two revisions.
  ///
  /// - Throws: `Failure` when one names no commit.
  package static func between(
    _ base: String, _ head: String, folder: String
  ) throws(Failure) -> FileChanges {
    let ids = try RepositoryAccess.orFailure { () throws(GitError) in
      let repository = try Repository(at: folder)
      return (try repository.commitID(of: base), try repository.commitID(of: head))
    }
    return try between(ids.0, ids.1, folder: folder)
  }

  /// Two commits, or nothing and a commit.
  ///
  /// - Throws: `Failure` when a commit cannot be read.
  static func between(
    _ base: ObjectID?, _ head: ObjectID, folder: String
  ) throws(Failure) -> FileChanges {
    let (deltas, files) = try RepositoryAccess.orFailure { () throws(GitError) in
      let repository = try Repository(at: folder)
      let deltas = try repository.changes(from: base, to: head)
      return (deltas, try GitFiles(of: head, in: repository))
    }
    return FileChanges(head: FileState(files), deltas: deltas) { () throws(Failure) in
      [try commit(base, folder)]
    }
  }

  static func commit(_ id: ObjectID?, _ folder: String) throws(Failure) -> FileState {
    FileState(
      try RepositoryAccess.orFailure { () throws(GitError) in
        try GitFiles(of: id, in: try Repository(at: folder))
      })
  }
}
