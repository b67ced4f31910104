internal import CLibgit2

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What a return code, category and text of libgit2 mean together.
///
/// libgit2 answers many different conditions with -1 or -3, so that its text has to be looked at
/// too. The texts are those of libgit2 1.5 to 1.9, found by provoking each condition.
struct FailureClass {
  let code: GitError.Code

  init(status: Int32, category: Int32, message: String) {
    code =
      Self.byStatus(status, message) ?? Self.byText(message)
      ?? Self.bySystemError(category, message)
      ?? Self.byCategory(status, category)
  }

  private static func byStatus(_ status: Int32, _ message: String) -> GitError.Code? {
    // libgit2 before 1.6 answers -3 when another user's repository is opened and no
    // `safe.directory` is configured at all.
    if message.contains("safe.directory") { return .foreignOwner }
    return switch git_error_code(rawValue: status) {
    case GIT_EOWNER: .foreignOwner
    case GIT_EEXISTS: .exists
    case GIT_EAMBIGUOUS: .ambiguous
    case GIT_EBAREREPO: .bareRepository
    case GIT_EUNBORNBRANCH: .unborn
    case GIT_EINVALIDSPEC: .invalidName
    case GIT_ELOCKED: .locked
    case GIT_EMODIFIED: .modified
    case GIT_EMISMATCH: .corrupt
    default: nil
    }
  }

  private static func byText(_ message: String) -> GitError.Code? {
    if message.contains("corrupted loose reference") || message.contains("packed-refs") {
      return .corruptReference
    }
    if message.contains("could not find repository") { return .notARepository }
    let unsupported = [
      "unsupported extension name", "unsupported repository version",
      "unsupported mandatory extension", "unsupported index version",
    ]
    return unsupported.contains { message.contains($0) } ? .unsupportedFormat : nil
  }

  /// libgit2 appends the system's own words for `errno`, which is all that is left of it.
  private static func bySystemError(_ category: Int32, _ message: String) -> GitError.Code? {
    guard category == Int32(GIT_ERROR_OS.rawValue) else { return nil }
    let known: [(Int32, GitError.Code)] = [
      (ENOSPC, .noSpace), (EDQUOT, .noSpace), (EROFS, .readOnly), (EACCES, .permissionDenied),
      (EPERM, .permissionDenied),
    ]
    for (number, code) in known {
      if let text = strerror(number), message.hasSuffix(String(cString: text)) { return code }
    }
    return nil
  }

  private static func byCategory(_ status: Int32, _ category: Int32) -> GitError.Code {
    if status == GIT_ENOTFOUND.rawValue { return .notFound }
    let damaged = [
      GIT_ERROR_ZLIB, GIT_ERROR_ODB, GIT_ERROR_OBJECT, GIT_ERROR_TREE, GIT_ERROR_INDEX,
    ]
    return damaged.contains { Int32($0.rawValue) == category } ? .corrupt : .other(status)
  }

  func describe(_ subject: String, _ message: String) -> String {
    switch code {
    case .notARepository: "\(subject): no git repository here or above"
    case .foreignOwner: "\(subject): the repository belongs to another user"
    case .locked: "\(subject): a lock file of git is in the way (\(message))"
    case .unsupportedFormat where message.contains("objectformat"):
      "\(subject): repositories with SHA-256 object ids cannot be read"
    case .unsupportedFormat where message.contains("refstorage"):
      "\(subject): repositories that keep references as reftable cannot be read"
    case .notFound where message.isEmpty: "\(subject): not found"
    default: "\(subject): \(message.isEmpty ? "failed without a reason" : message)"
    }
  }

  func remedy(_ subject: String) -> String? {
    switch code {
    case .notARepository: "run inside a git repository or name one with --repo"
    case .bareRepository: "run in a clone that has a work tree"
    case .foreignOwner: "git config --global --add safe.directory <absolute path of the repository>"
    case .unsupportedFormat:
      "use a repository with SHA-1 ids, file references and a plain index "
        + "(git update-index --no-split-index)"
    case .shallow: "git fetch --unshallow"
    case .unborn: "make a first commit"
    case .corrupt: "run git fsck and restore the object from another clone"
    case .corruptReference: "restore the reference from its reflog or from another clone"
    case .locked: "try again; if no git process is running, remove the named lock file"
    case .noSpace: "free space on the file system of the repository"
    case .readOnly: "mount the file system of the repository writable"
    case .permissionDenied: "give the user write access to the git directory"
    case .notFound, .modified, .exists, .ambiguous, .invalidName, .tooLarge, .other: nil
    }
  }
}
