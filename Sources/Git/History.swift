internal import CLibgit2

/// A commit with its id, as history walks return it.
package struct HistoryEntry: Sendable, Hashable {
  package let id: ObjectID
  package let commit: CommitObject
}

extension Repository {
  /// The commits reachable from `tip` through first parents, newest first.
  ///
  /// In a shallow clone the walk ends at the boundary without an error; ask ``isShallow``.
  ///
  /// - Parameter limit: the largest number of commits returned.
  package func firstParents(
    of tip: ObjectID, limit: Int
  ) throws(GitError) -> [HistoryEntry] {
    let boundary = try shallowBoundary()
    var found: [HistoryEntry] = []
    var next: ObjectID? = tip
    while let id = next, found.count < limit {
      let commit = try commit(id)
      found.append(HistoryEntry(id: id, commit: commit))
      next = boundary.contains(id) ? nil : commit.parents.first
    }
    return found
  }

  /// The commits reachable from `tip` and not from `base`, children before parents.
  ///
  /// - Parameters:
  ///   - base: commits that are left out with all their ancestors; `nil` leaves none out.
  ///   - limit: the largest number of commits returned.
  /// - Throws: ``GitError`` `shallow` when the walk would pass the boundary of a shallow clone.
  package func ancestors(
    of tip: ObjectID, excluding base: ObjectID? = nil, limit: Int
  ) throws(GitError) -> [HistoryEntry] {
    let walk = try Owned("walk history", freedBy: git_revwalk_free) {
      git_revwalk_new($0, pointer)
    }
    _ = git_revwalk_sorting(walk.pointer, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue)
    var start = tip.native
    try checkHistory(git_revwalk_push(walk.pointer, &start), "walk history of \(tip.short)")
    if var hidden = base?.native {
      try checkHistory(git_revwalk_hide(walk.pointer, &hidden), "walk history of \(tip.short)")
    }
    var found: [HistoryEntry] = []
    var id = git_oid()
    while found.count < limit {
      let status = git_revwalk_next(&id, walk.pointer)
      if status == GIT_ITEROVER.rawValue { break }
      try checkHistory(status, "walk history of \(tip.short)")
      let entry = ObjectID(id)
      found.append(HistoryEntry(id: entry, commit: try commit(entry)))
    }
    return found
  }

  /// The best common ancestor, or `nil` where the two share none.
  ///
  /// - Throws: ``GitError`` `shallow` when the answer lies beyond the boundary of a shallow clone.
  package func mergeBase(_ one: ObjectID, _ two: ObjectID) throws(GitError) -> ObjectID? {
    var id = git_oid()
    var first = one.native
    var second = two.native
    let status = git_merge_base(&id, pointer, &first, &second)
    if status == GIT_ENOTFOUND.rawValue && !isShallow && contains(one) && contains(two) {
      git_error_clear()
      return nil
    }
    try checkHistory(status, "find the common ancestor of \(one.short) and \(two.short)")
    return ObjectID(id)
  }

  /// Whether `ancestor` can be reached from `commit`, or is it.
  package func isAncestor(
    _ ancestor: ObjectID, of commit: ObjectID
  ) throws(GitError) -> Bool {
    if ancestor == commit { return true }
    var old = ancestor.native
    var new = commit.native
    let status = git_graph_descendant_of(pointer, &new, &old)
    try checkHistory(status, "look for \(ancestor.short) below \(commit.short)")
    return status == 1
  }

  /// libgit2 1.5 knows nothing of shallow clones and reports a missing object there.
  private func checkHistory(_ status: Int32, _ subject: String) throws(GitError) {
    guard status < 0 else { return }
    let error = GitError(status: status, in: subject)
    guard [.notFound, .corrupt].contains(error.code), isShallow else { throw error }
    throw GitError(
      .shallow, "\(subject): the history of this clone is cut off",
      remedy: "git fetch --unshallow (in CI: a checkout with full depth)")
  }
}
