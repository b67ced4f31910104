internal import CLibgit2

/// The paths that the next commit will contain.
package struct Index: ~Copyable {
  package struct Entry: Sendable, Hashable {
    /// From the root of the work tree; bytes that are not UTF-8 appear as U+FFFD.
    package let path: String
    package let id: ObjectID
    package let mode: FileMode
    /// 0, or 1 to 3 for the sides of an unresolved merge: base, ours, theirs.
    package let stage: Int
    /// Whether it was only announced by `git add --intent-to-add`: it has no content yet.
    package let isIntentToAdd: Bool

    /// An entry as it would be if that content were staged.
    package init(path: String, id: ObjectID, mode: FileMode) {
      self.init(path: path, id: id, mode: mode, stage: 0, isIntentToAdd: false)
    }

    init(path: String, id: ObjectID, mode: FileMode, stage: Int, isIntentToAdd: Bool) {
      self.path = path
      self.id = id
      self.mode = mode
      self.stage = stage
      self.isIntentToAdd = isIntentToAdd
    }
  }

  private let handle: Owned

  init(_ handle: consuming Owned) { self.handle = handle }

  var pointer: OpaquePointer { handle.pointer }

  package var count: Int { git_index_entrycount(pointer) }

  /// All entries, ordered by path and stage.
  package var entries: [Entry] {
    var found: [Entry] = []
    found.reserveCapacity(count)
    for position in 0..<count {
      if let entry = git_index_get_byindex(pointer, position) { found.append(Entry(entry)) }
    }
    return found
  }

  /// The merged entry of `path`, or `nil` where there is none.
  package subscript(path: String) -> Entry? {
    git_index_get_bypath(pointer, path, 0).map { Entry($0) }
  }
}

extension Index.Entry {
  fileprivate init(_ entry: UnsafePointer<git_index_entry>) {
    self.init(
      path: String(cString: entry.pointee.path), id: ObjectID(entry.pointee.id),
      mode: FileMode(entry.pointee.mode), stage: Int(headgate_git_index_stage(entry)),
      isIntentToAdd: headgate_git_is_intent_to_add(entry) != 0)
  }
}

extension Repository {
  /// Reads the index.
  ///
  /// - Parameter file: the index to read instead of the repository's own. Git names a temporary one
  ///   in `GIT_INDEX_FILE` while it runs hooks for `git commit -a` or `git commit PATH`; reading
  ///   the usual one would then check content that is not being committed.
  /// - Throws: ``GitError`` `bareRepository`, `unsupportedFormat`, `corrupt`.
  package func index(file: String? = nil) throws(GitError) -> Index {
    guard !isBare || file != nil else {
      throw GitError(
        .bareRepository, "read the index: a bare repository has none",
        remedy: "run in a clone that has a work tree")
    }
    let opened = try Owned("read the index", freedBy: git_index_free) {
      if let file { git_index_open($0, file) } else { git_repository_index($0, pointer) }
    }
    try check(git_index_read(opened.pointer, 0), "read the index")
    return Index(opened)
  }

  /// What differs between the commit checked out and `index`; every file where there is no commit.
  package func stagedChanges(
    in index: borrowing Index, renames: RenameDetection = .identical
  ) throws(GitError) -> [FileDelta] {
    let deltas: [FileDelta]
    if let commit = try head().commit {
      let tree = try nativeTree(of: commit)
      deltas = try diff(renames) {
        git_diff_tree_to_index($0, pointer, tree.pointer, index.pointer, $1)
      }
    } else {
      deltas = try diff(renames) {
        git_diff_tree_to_index($0, pointer, nil, index.pointer, $1)
      }
    }
    // An announced file would look like an empty one.
    return deltas.filter { delta in
      delta.status != .added || delta.newPath.flatMap { index[$0] }?.isIntentToAdd != true
    }
  }
}
