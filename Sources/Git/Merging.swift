internal import CLibgit2

/// What a merge of two commits gives.
package enum MergedFiles: Sendable {
  /// The files of the result, ordered by path.
  case files([Index.Entry])
  /// The paths that git cannot merge by itself.
  case conflicts([String])
}

extension Repository {
  /// The files that merging `theirs` into `ours` gives, and how they differ from those of `ours`.
  ///
  /// Nothing is checked out, no driver or filter of the repository is run, and what the merge
  /// writes stays in memory: it can be read through this handle only, and the disk is as before.
  package func merge(
    _ theirs: ObjectID, into ours: ObjectID
  ) throws(GitError) -> (result: MergedFiles, changes: [FileDelta]) {
    let subject = "merge \(theirs.short) into \(ours.short)"
    try keepWritesInMemory()
    let mine = try nativeCommit(ours)
    let other = try nativeCommit(theirs)
    var options = git_merge_options()
    try check(git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION)), subject)
    let index = Index(
      try Owned(subject, freedBy: git_index_free) {
        git_merge_commits($0, pointer, mine.pointer, other.pointer, &options)
      })
    let entries = index.entries
    let conflicts = Set(entries.filter { $0.stage != 0 }.map(\.path))
    guard conflicts.isEmpty else { return (.conflicts(conflicts.sorted()), []) }
    let tree = try nativeTree(of: ours)
    let changes = try diff(.similar) {
      git_diff_tree_to_index($0, pointer, tree.pointer, index.pointer, $1)
    }
    return (.files(entries), changes)
  }

  private func nativeCommit(_ id: ObjectID) throws(GitError) -> Owned {
    var native = id.native
    return try Owned("read commit \(id.short)", freedBy: git_commit_free) {
      git_commit_lookup($0, pointer, &native)
    }
  }

  /// Makes this handle write objects to memory instead of the disk.
  private func keepWritesInMemory() throws(GitError) {
    try check(headgate_git_keep_in_memory(objects), "keep objects in memory")
  }
}
