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

  /// Held while libgit2's switch for flushing is on, because it has one for the whole process.
  private static let flushing = Mutex(())

  /// Starts libgit2 once in the life of the process.
  static func start() throws(GitError) {
    try check(status, "start libgit2")
  }

  /// Makes one call of libgit2 that flushes what it writes to the disk, if `enabled`.
  ///
  /// - Returns: the call's status.
  static func flushed(_ enabled: Bool, _ call: () -> Int32) -> Int32 {
    guard enabled else { return call() }
    return flushing.withLock { _ in
      _ = headgate_git_set_fsync(1)
      defer { _ = headgate_git_set_fsync(0) }
      return call()
    }
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
