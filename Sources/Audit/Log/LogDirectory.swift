#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `headgate` in the common git directory: our lock and our memory of the log, never committed.
///
/// It is reached through a descriptor and no symbolic link is followed, so that nobody who can
/// write a link into a shared checkout makes us write elsewhere.
struct LogDirectory: ~Copyable {
  static let name = "headgate"
  static let lockName = "append.lock"

  let descriptor: Descriptor
  let path: String

  /// Opens the directory.
  ///
  /// - Returns: `nil` when it does not exist and `create` is `false`.
  static func opened(
    in commonDirectory: String, create: Bool
  ) throws(AuditError) -> LogDirectory? {
    let path = commonDirectory + name
    if create && mkdir(path, 0o777) != 0 && errno != EEXIST {
      throw AuditError(errno: errno, "create \(path)")
    }
    guard let opened = Descriptor(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
    else {
      if errno == ENOENT && !create { return nil }
      throw AuditError(errno: errno, "open \(path)")
    }
    return LogDirectory(descriptor: opened, path: path)
  }

  private init(descriptor: consuming Descriptor, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// The whole content of a file, or `nil` where there is none.
  func read(_ name: String, limit: Int) throws(AuditError) -> [UInt8]? {
    let subject = "read \(path)/\(name)"
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC
    guard let file = Descriptor(uninterrupted { openat(descriptor.number, name, flags) }) else {
      if errno == ENOENT { return nil }
      throw AuditError(errno: errno, subject)
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = buffer.withUnsafeMutableBytes { readSome(file.number, $0) }
      guard count >= 0 else { throw AuditError(errno: errno, subject) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw AuditError(.storage, "\(subject): larger than \(limit) bytes")
      }
    }
  }

  /// Replaces a file's content in one step.
  ///
  /// - Parameter flushed: whether the new content is written out before it takes the name, so that
  ///   after a power failure the file holds the one or the other.
  func replace(_ name: String, with bytes: [UInt8], flushed: Bool) throws(AuditError) {
    let subject = "write \(path)/\(name)"
    let temporary = name + ".new"
    // One left by a process that was killed; we hold the lock, so that nobody is writing it.
    unlinkat(descriptor.number, temporary, 0)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    guard
      let file = Descriptor(uninterrupted { openat(descriptor.number, temporary, flags, 0o666) })
    else {
      throw AuditError(errno: errno, subject)
    }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { writeSome(file.number, $0, from: written) }
      guard count > 0 else { throw AuditError(errno: errno, subject) }
      written += count
    }
    guard !flushed || uninterrupted({ fsync(file.number) }) == 0,
      renameat(descriptor.number, temporary, descriptor.number, name) == 0
    else { throw AuditError(errno: errno, subject) }
  }

  /// Gives a file of ours another name.
  func rename(_ name: String, to other: String) throws(AuditError) {
    guard renameat(descriptor.number, name, descriptor.number, other) == 0 else {
      throw AuditError(errno: errno, "rename \(path)/\(name)")
    }
  }

  /// Moves a file from elsewhere here, where it is kept.
  func take(_ file: String, as name: String) throws(AuditError) {
    guard renameat(AT_FDCWD, file, descriptor.number, name) == 0 else {
      throw AuditError(errno: errno, "move \(file) to \(path)/\(name)")
    }
  }

  /// Whether something elsewhere has this name.
  static func isThere(_ file: String) -> Bool {
    var status = stat()
    return lstat(file, &status) == 0
  }

  /// Deletes a file elsewhere.
  static func remove(_ file: String) throws(AuditError) {
    guard unlink(file) == 0 || errno == ENOENT else {
      throw AuditError(errno: errno, "delete \(file)")
    }
  }
}

/// An open file that is closed when nobody needs it any more.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes what an opening function returned; `nil` if that is an error, which is in `errno`.
  init?(_ number: Int32) {
    guard number >= 0 else { return nil }
    self.number = number
  }

  deinit { close(number) }
}

private func readSome(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  guard let start = buffer.baseAddress else { return 0 }
  return uninterrupted { read(descriptor, start, buffer.count) }
}

private func writeSome(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, from: Int) -> Int {
  guard let start = buffer.baseAddress else { return 0 }
  return uninterrupted { write(descriptor, start + from, buffer.count - from) }
}

/// Makes a system call again as long as a signal comes in between.
private func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    guard result < 0, errno == EINTR else { return result }
  }
}

extension AuditError {
  /// The failure of a system call.
  init(errno number: Int32, _ subject: String) {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    let remedy: String? =
      switch number {
      case ENOSPC, EDQUOT: "free space on the file system of the repository"
      case EROFS: "mount the file system of the repository writable"
      case EACCES, EPERM: "give the user write access to the git directory"
      case ELOOP, ENOTDIR: "remove the symbolic link or file that stands there"
      default: nil
      }
    self.init(.storage, "\(subject): \(reason)", remedy: remedy)
  }
}
