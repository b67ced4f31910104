import Git

/// What a change is, and what it would be merged into.
struct GateRange: Sendable {
  let base: ObjectID
  let head: ObjectID
  /// Where the change left the history that it goes back to.
  let mergeBase: ObjectID
  /// The state that a merge would give, beside the base.
  let changes: FileChanges

  /// Whether everything of the head is in the base already.
  var isMerged: Bool { mergeBase == head }

  /// Finds both commits and merges them in memory.
  ///
  /// Nothing of either is checked out, run or followed.
  ///
  /// - Throws: `Failure` when a revision names no commit, the two have no common history, or git
  ///   cannot merge them by itself: what is not known cannot be judged.
  init(_ base: String, _ head: String, folder: String) throws(Failure) {
    let (old, new, common) = try RepositoryAccess.orFailure { () throws(GitError) in
      let repository = try Repository(at: folder)
      let old = try repository.commitID(of: base)
      let new = try repository.commitID(of: head)
      return (old, new, try repository.mergeBase(old, new))
    }
    guard let common else {
      throw Failure(
        "\(base) and \(head) have no common history, so that no merge can be judged",
        help: "is --base the branch that the change is for? In CI fetch the full history")
    }
    (self.base, self.head, mergeBase) = (old, new, common)
    if common == new {
      changes = try .between(old, old, folder: folder)
    } else if common == old {
      changes = try .between(old, new, folder: folder)
    } else {
      changes = try .merging(new, into: old, folder: folder)
    }
  }
}

extension FileChanges {
  /// What merging `theirs` makes of `ours`.
  static func merging(
    _ theirs: ObjectID, into ours: ObjectID, folder: String
  ) throws(Failure) -> FileChanges {
    let repository = try RepositoryAccess.open(folder)
    let merge = try RepositoryAccess.orFailure { () throws(GitError) in
      try repository.merge(theirs, into: ours)
    }
    switch merge.result {
    case .conflicts(let paths):
      let shown = paths.prefix(5).joined(separator: ", ")
      throw Failure(
        "the two versions cannot be merged: \(shown)\(paths.count > 5 ? ", …" : "") conflict",
        help: "merge the base into the change and run the gate again")
    case .files(let entries):
      let files = GitFiles(entries, in: repository)
      return FileChanges(head: FileState(files), deltas: merge.changes) { () throws(Failure) in
        [try commit(ours, folder)]
      }
    }
  }
}
