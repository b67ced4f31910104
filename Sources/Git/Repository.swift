internal import CLibgit2

/// An opened git repository.
///
/// It owns libgit2's handles and belongs to one thread: libgit2 allows one at a time, and its last
/// error is kept by thread. Nothing it returns refers back to it.
package struct Repository: ~Copyable {
  private let handle: Owned
  private let store: Owned

  /// Opens the repository of `path`.
  ///
  /// - Parameters:
  ///   - path: a directory inside a work tree, or a git directory.
  ///   - search: whether the directories above `path` are tried too.
  /// - Throws: ``GitError``, `notARepository`, `foreignOwner` and `unsupportedFormat` among others.
  package init(at path: String, search: Bool = true) throws(GitError) {
    try GitLibrary.start()
    let flags = search ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
    do {
      let opened = try Owned("open repository \(path)", freedBy: git_repository_free) {
        git_repository_open_ext($0, path, UInt32(flags), nil)
      }
      store = try Owned("open objects of \(path)", freedBy: git_odb_free) {
        git_repository_odb($0, opened.pointer)
      }
      handle = opened
    } catch let error {
      // With a path that does not exist libgit2 reports a file, not a repository, as missing.
      guard error.code == .notFound else { throw error }
      throw GitError(
        .notARepository, "open repository \(path): no git repository here or above",
        remedy: "run inside a git repository or name one with --repo")
    }
  }

  var pointer: OpaquePointer { handle.pointer }
  var objects: OpaquePointer { store.pointer }

  /// The git directory (`.git`), of a linked worktree its own; ends with a slash.
  package var gitDirectory: String {
    git_repository_path(pointer).map { String(cString: $0) } ?? ""
  }

  /// The git directory that all worktrees share: objects, references, our own files.
  package var commonDirectory: String {
    git_repository_commondir(pointer).map { String(cString: $0) } ?? gitDirectory
  }

  /// The root of the work tree with a slash at its end, or `nil` in a bare repository.
  package var workTree: String? {
    git_repository_workdir(pointer).map { String(cString: $0) }
  }

  package var isBare: Bool { git_repository_is_bare(pointer) == 1 }

  /// Whether history was cut off when this repository was cloned.
  package var isShallow: Bool { git_repository_is_shallow(pointer) == 1 }

  /// Another handle on the same repository, which has read nothing yet.
  ///
  /// libgit2 caches objects by handle, so that only a new one proves what is on the disk.
  package func reopened() throws(GitError) -> Repository {
    try Repository(at: gitDirectory, search: false)
  }
}

/// Where `HEAD` points.
package enum Head: Sendable, Hashable {
  /// A branch with commits; the name is short, `main`.
  case branch(String, ObjectID)
  /// A branch without a commit yet.
  case unborn(String)
  /// A commit without a branch.
  case detached(ObjectID)

  /// The commit checked out, `nil` before the first one.
  package var commit: ObjectID? {
    switch self {
    case .branch(_, let commit), .detached(let commit): commit
    case .unborn: nil
    }
  }
}

extension Repository {
  /// Where `HEAD` points now.
  package func head() throws(GitError) -> Head {
    if git_repository_head_detached(pointer) == 1 {
      var id = git_oid()
      try check(git_reference_name_to_id(&id, pointer, "HEAD"), "read HEAD")
      return .detached(ObjectID(id))
    }
    let symbolic = try Owned("read HEAD", freedBy: git_reference_free) {
      git_reference_lookup($0, pointer, "HEAD")
    }
    let target = git_reference_symbolic_target(symbolic.pointer).map { String(cString: $0) }
    let name = target.map { $0.hasPrefix("refs/heads/") ? String($0.dropFirst(11)) : $0 } ?? ""
    var id = git_oid()
    let status = git_reference_name_to_id(&id, pointer, "HEAD")
    if status == GIT_ENOTFOUND.rawValue { return .unborn(name) }
    try check(status, "read HEAD")
    return .branch(name, ObjectID(id))
  }

  /// The configured value of `key`, or `nil` where none is set.
  ///
  /// Reads the repository's, the user's and the system's configuration, as git does.
  package func configuration(_ key: String) throws(GitError) -> String? {
    let configuration = try Owned("read configuration", freedBy: git_config_free) {
      git_repository_config_snapshot($0, pointer)
    }
    var text: UnsafePointer<CChar>?
    let status = git_config_get_string(&text, configuration.pointer, key)
    if status == GIT_ENOTFOUND.rawValue { return nil }
    try check(status, "read configuration \(key)")
    return text.map { String(cString: $0) }
  }

  /// The configured `user.name` and `user.email`, or `nil` where one is missing or empty.
  package func configuredUser() throws(GitError) -> (name: String, email: String)? {
    guard let name = try configuration("user.name"), !name.isEmpty,
      let email = try configuration("user.email"), !email.isEmpty
    else { return nil }
    return (name, email)
  }

  /// Whether objects may be absent on purpose, because the clone was made with a filter.
  package func isPartialClone() throws(GitError) -> Bool {
    let configuration = try Owned("read configuration", freedBy: git_config_free) {
      git_repository_config_snapshot($0, pointer)
    }
    let status = headgate_git_has_configuration(
      configuration.pointer, #"^remote\..*\.promisor$"#)
    try check(status, "read configuration")
    return status == 1
  }

  /// The commits at which a shallow clone's history was cut; empty in a full clone.
  package func shallowBoundary() throws(GitError) -> Set<ObjectID> {
    guard isShallow else { return [] }
    let bytes = try FileContents.read(commonDirectory + "shallow", limit: 1 << 24)
    return Set(bytes.split(separator: UInt8(ascii: "\n")).compactMap { ObjectID(hexBytes: $0) })
  }
}
