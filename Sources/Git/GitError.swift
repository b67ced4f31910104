internal import CLibgit2

/// A git operation that failed, with what the caller can do about it.
package struct GitError: Error, Hashable, CustomStringConvertible {
  /// What the caller can act on.
  package enum Code: Hashable, Sendable {
    /// An object, reference, path or configuration value does not exist.
    case notFound
    /// The directory lies in no git repository.
    case notARepository
    /// The operation needs a work tree or an index, which a bare repository lacks.
    case bareRepository
    /// The repository belongs to another user and `safe.directory` does not name it.
    case foreignOwner
    /// The repository or its index uses a format that libgit2 cannot read (SHA-256, reftable …).
    case unsupportedFormat
    /// The history ends at the boundary of a shallow clone.
    case shallow
    /// `HEAD` names a branch without commits.
    case unborn
    /// Stored bytes do not hash to their id, cannot be unpacked or are malformed.
    case corrupt
    /// A reference file holds something other than an object id.
    case corruptReference
    /// Another process holds git's lock file, or one that was killed left it.
    case locked
    /// The reference no longer has the value that was compared.
    case modified
    /// What was to be created exists.
    case exists
    /// More than one object matches a shortened id.
    case ambiguous
    /// A revision, reference name or path is malformed.
    case invalidName
    /// An object is larger than the limit the caller gave.
    case tooLarge
    case noSpace
    case readOnly
    case permissionDenied
    /// Anything else; the value is libgit2's return code.
    case other(Int32)
  }

  package let code: Code

  /// What failed and why, in one line for people.
  package let description: String

  /// What a person can type or change to get further, where we know it.
  package let remedy: String?

  package init(_ code: Code, _ description: String, remedy: String? = nil) {
    self.code = code
    self.description = description
    self.remedy = remedy
  }
}

extension GitError {
  /// The error behind a negative return code of libgit2.
  ///
  /// Must be made right after the call, on its thread: libgit2 keeps the last error by thread.
  init(status: Int32, in subject: String) {
    let last = git_error_last()
    let category = last.map { $0.pointee.klass } ?? 0
    let message = last.flatMap { $0.pointee.message.map { String(cString: $0) } } ?? ""
    git_error_clear()
    let found = FailureClass(status: status, category: category, message: message)
    self.init(found.code, found.describe(subject, message), remedy: found.remedy(subject))
  }
}

/// Throws the classified error unless `status` is a success.
///
/// - Parameter subject: what was being done, for people: `read object 1234…`.
func check(_ status: Int32, _ subject: @autoclosure () -> String) throws(GitError) {
  if status < 0 { throw GitError(status: status, in: subject()) }
}
