internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Repository {
  /// The object that `name` (`refs/heads/main`) refers to, or `nil` where there is none such.
  ///
  /// - Throws: ``GitError`` `corruptReference` when the reference's file holds something else.
  package func reference(_ name: String) throws(GitError) -> ObjectID? {
    var id = git_oid()
    var status = git_reference_name_to_id(&id, pointer, name)
    if status == GIT_ENOTFOUND.rawValue {
      guard try mayHide(name) else { return nil }
      status = git_reference_name_to_id(&id, pointer, name)
      if status == GIT_ENOTFOUND.rawValue { return nil }
    }
    try check(status, "read \(name)")
    return ObjectID(id)
  }

  /// Moves `name` from `old` to `new` in one step, or not at all.
  ///
  /// The comparison is made while git's own lock on the reference is held, so that it also holds
  /// against other programs.
  ///
  /// - Parameters:
  ///   - old: the value that the reference must have; `ObjectID.zero` if it must not exist.
  ///   - message: the line for the reference's log.
  ///   - flushed: whether the new value is on the disk when this returns.
  /// - Throws: ``GitError`` `modified` or `exists` when the value differs, `locked` when another
  ///   writer is at it.
  package func swapReference(
    _ name: String, from old: ObjectID, to new: ObjectID, message: String, flushed: Bool = false
  ) throws(GitError) {
    var current = old.native
    var target = new.native
    let subject = "move \(name) to \(new.short)"
    let status = GitLibrary.flushed(flushed) {
      var own: OpaquePointer?
      // Whether it flushes is decided by libgit2 when a handle first looks at references.
      if flushed {
        let status = git_repository_open_ext(
          &own, gitDirectory, GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, nil)
        guard status >= 0 else { return status }
      }
      defer { git_repository_free(own) }
      var made: OpaquePointer?
      let status = git_reference_create_matching(
        &made, own ?? pointer, name, &target, old == .zero ? 0 : 1, &current, message)
      if let made { git_reference_free(made) }
      return status
    }
    // The reference was deleted since `old` was read.
    if status == GIT_ENOTFOUND.rawValue && old != .zero {
      git_error_clear()
      throw GitError(.modified, "\(subject): the reference has disappeared")
    }
    try check(status, subject)
  }

  /// Deletes `name`, which must refer to `id`.
  ///
  /// - Throws: ``GitError`` `modified` when it refers to something else by now.
  package func deleteReference(_ name: String, holding id: ObjectID) throws(GitError) {
    let found = try Owned("read \(name)", freedBy: git_reference_free) {
      git_reference_lookup($0, pointer, name)
    }
    guard let target = git_reference_target(found.pointer), ObjectID(target.pointee) == id else {
      throw GitError(.modified, "delete \(name): it refers to something else by now")
    }
    try check(git_reference_delete(found.pointer), "delete \(name)")
  }

  /// Makes git keep a log of `name`'s values, which it does not do outside the usual names.
  package func ensureReferenceLog(_ name: String) throws(GitError) {
    git_error_clear()
    errno = 0
    let status = git_reference_ensure_log(pointer, name)
    let number = errno
    // libgit2 has no words of its own for a file that cannot be made.
    if status < 0, git_error_last() == nil, number != 0 {
      throw GitError(errno: number, in: "keep a log of \(name)")
    }
    try check(status, "keep a log of \(name)")
  }

  /// The values that git's log of `name` holds, newest first; none where there is no log.
  package func referenceLog(_ name: String, limit: Int) throws(GitError) -> [ObjectID] {
    let log = try Owned("read the log of \(name)", freedBy: git_reflog_free) {
      git_reflog_read($0, pointer, name)
    }
    return (0..<min(limit, git_reflog_entrycount(log.pointer))).compactMap { index in
      guard let entry = git_reflog_entry_byindex(log.pointer, index),
        let id = git_reflog_entry_id_new(entry)
      else { return nil }
      return ObjectID(id.pointee)
    }
  }

  /// The names of the configured remotes, as git lists them.
  package func remotes() throws(GitError) -> [String] {
    var names = git_strarray()
    try check(git_remote_list(&names, pointer), "list the remotes")
    defer { git_strarray_dispose(&names) }
    return (0..<names.count).compactMap { index in
      names.strings[index].map { String(cString: $0) }
    }
  }

  /// The commit that `revision` (`HEAD~2`, `main`, a shortened id …) names.
  ///
  /// - Throws: ``GitError`` `notFound`, `ambiguous`, `invalidName`, or `unborn` for `HEAD` before
  ///   the first commit.
  package func commitID(of revision: String) throws(GitError) -> ObjectID {
    guard !revision.isEmpty, !revision.utf8.contains(0) else {
      throw GitError(.invalidName, "find revision: the name is empty or holds a zero byte")
    }
    if revision == "HEAD", case .unborn(let branch) = try head() {
      throw GitError(
        .unborn, "find revision HEAD: branch \(branch) has no commit yet",
        remedy: "make a first commit")
    }
    let subject = "find revision \(revision)"
    let object = try Owned(subject, freedBy: git_object_free) {
      git_revparse_single($0, pointer, revision)
    }
    let commit = try Owned("\(subject) as a commit", freedBy: git_object_free) {
      git_object_peel($0, object.pointer, GIT_OBJECT_COMMIT)
    }
    guard let id = git_object_id(commit.pointer) else {
      throw GitError(.notFound, "\(subject): not found")
    }
    return ObjectID(id.pointee)
  }
}
