internal import CLibgit2

/// How files that only moved are recognised.
package enum RenameDetection: Sendable, Hashable {
  case none
  /// Same content under another name; reads no file.
  case identical
  /// At least half alike, as `git diff -M`; reads the files added and deleted.
  case similar
}

/// One file that differs between two versions of a tree.
package struct FileDelta: Sendable, Hashable {
  package enum Status: Sendable, Hashable {
    case added, deleted, modified, renamed
    /// A file became a link, a submodule or the other way round.
    case typeChanged
    /// An unresolved merge.
    case conflicted
  }

  package let status: Status
  /// Absent for an added file.
  package let oldPath: String?
  package let oldID: ObjectID?
  package let oldMode: FileMode?
  /// Absent for a deleted file.
  package let newPath: String?
  package let newID: ObjectID?
  package let newMode: FileMode?

  /// The newest name of the file.
  package var path: String { newPath ?? oldPath ?? "" }
}

extension FileDelta {
  fileprivate init?(_ delta: git_diff_delta) {
    switch delta.status {
    case GIT_DELTA_ADDED, GIT_DELTA_COPIED, GIT_DELTA_UNTRACKED: status = .added
    case GIT_DELTA_DELETED: status = .deleted
    case GIT_DELTA_MODIFIED: status = .modified
    case GIT_DELTA_RENAMED: status = .renamed
    case GIT_DELTA_TYPECHANGE: status = .typeChanged
    case GIT_DELTA_CONFLICTED: status = .conflicted
    default: return nil
    }
    let old = status == .added ? nil : delta.old_file
    let new = status == .deleted ? nil : delta.new_file
    oldPath = old.flatMap { $0.path.map { String(cString: $0) } }
    oldID = old.map { ObjectID($0.id) }
    oldMode = old.map { FileMode(UInt32($0.mode)) }
    newPath = new.flatMap { $0.path.map { String(cString: $0) } }
    newID = new.map { ObjectID($0.id) }
    newMode = new.map { FileMode(UInt32($0.mode)) }
  }
}

extension Repository {
  /// What differs between two commits' files.
  ///
  /// - Parameter old: the earlier commit; `nil` compares with nothing, so that all is added.
  package func changes(
    from old: ObjectID?, to new: ObjectID, renames: RenameDetection = .similar
  ) throws(GitError) -> [FileDelta] {
    let newTree = try nativeTree(of: new)
    guard let old else {
      return try diff(renames) {
        git_diff_tree_to_tree($0, pointer, nil, newTree.pointer, $1)
      }
    }
    let oldTree = try nativeTree(of: old)
    return try diff(renames) {
      git_diff_tree_to_tree($0, pointer, oldTree.pointer, newTree.pointer, $1)
    }
  }

  /// libgit2's handle on the tree of `commit`.
  func nativeTree(of commit: ObjectID) throws(GitError) -> Owned {
    var id = try self.commit(commit).tree.native
    return try Owned("read tree of \(commit.short)", freedBy: git_tree_free) {
      git_tree_lookup($0, pointer, &id)
    }
  }

  /// Runs one of libgit2's comparisons and copies its result.
  func diff(
    _ renames: RenameDetection, flags: UInt32 = 0,
    _ compare: (UnsafeMutablePointer<OpaquePointer?>, UnsafePointer<git_diff_options>) -> Int32
  ) throws(GitError) -> [FileDelta] {
    var options = git_diff_options()
    try check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "compare trees")
    options.flags |= GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | flags
    let result = try Owned("compare trees", freedBy: git_diff_free) { compare($0, &options) }
    try findRenames(renames, in: result.pointer)
    var found: [FileDelta] = []
    for position in 0..<git_diff_num_deltas(result.pointer) {
      guard let delta = git_diff_get_delta(result.pointer, position)?.pointee else { continue }
      if let file = FileDelta(delta) { found.append(file) }
    }
    return found
  }

  private func findRenames(
    _ renames: RenameDetection, in result: OpaquePointer
  ) throws(GitError) {
    guard renames != .none else { return }
    var options = git_diff_find_options()
    try check(
      git_diff_find_options_init(&options, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION)), "find renames")
    options.flags = GIT_DIFF_FIND_RENAMES.rawValue | GIT_DIFF_FIND_FOR_UNTRACKED.rawValue
    if renames == .identical { options.flags |= GIT_DIFF_FIND_EXACT_MATCH_ONLY.rawValue }
    try check(git_diff_find_similar(result, &options), "find renames")
  }
}
