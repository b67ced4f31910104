internal import CLibgit2
internal import Synchronization

/// libgit2's process-wide state.
///
/// Starting libgit2 costs some 52 million instructions (its TLS library parses the machine's
/// certificates), so nothing here happens before a repository is opened or an object is hashed.
package enum GitLibrary {
  private static let status: Int32 = {
    let started = git_libgit2_init()
    guard started >= 0 else { return started }
    // Strict hashes are libgit2's default; the audit log must not depend on a default.
    _ = headgate_git_set_strict_hashes(1)
    _ = headgate_git_accept_extensions()
    return started
  }()

  private static let durable = Mutex(false)

  /// Starts libgit2 once in the life of the process.
  static func start() throws(GitError) {
    try check(status, "start libgit2")
  }

  /// Whether objects, their directories and references are flushed to the disk when written.
  ///
  /// Off at first, as in libgit2. It holds for the whole process, because libgit2 keeps it so.
  package static func setDurable(_ enabled: Bool) throws(GitError) {
    try start()
    let result: Int32 = durable.withLock { current in
      if current == enabled { return 0 }
      current = enabled
      return headgate_git_set_fsync(enabled ? 1 : 0)
    }
    try check(result, "set fsync")
  }
}

/// A pointer from libgit2 together with the function that frees it.
struct Owned: ~Copyable {
  let pointer: OpaquePointer
  private let release: @convention(c) (OpaquePointer?) -> Void

  /// Calls `make` with the place for its result.
  init(
    _ subject: @autoclosure () -> String,
    freedBy release: @escaping @convention(c) (OpaquePointer?) -> Void,
    _ make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
  ) throws(GitError) {
    var made: OpaquePointer?
    let status = make(&made)
    try check(status, subject())
    guard let made else { throw GitError(.other(status), "\(subject()): no result") }
    pointer = made
    self.release = release
  }

  deinit { release(pointer) }
}
