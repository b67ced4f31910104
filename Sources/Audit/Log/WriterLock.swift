#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The lock that all our writers take, held until the value is gone.
///
/// The kernel gives it up when its holder ends in whatever way, so that it cannot become stale. Its
/// file is empty but while its holder is about to move a reference: a mark in it otherwise is what
/// a killed one left.
struct WriterLock: ~Copyable {
  private let file: Descriptor
  private let path: String
  /// Whether the last holder ended while it moved a reference.
  let wasLeftMoving: Bool

  fileprivate init(_ file: consuming Descriptor, path: String) {
    var status = stat()
    wasLeftMoving = fstat(file.number, &status) == 0 && status.st_size > 0
    self.file = file
    self.path = path
  }

  /// Says that a reference is being moved.
  func mark() throws(AuditError) {
    var byte: UInt8 = 0x6D
    while pwrite(file.number, &byte, 1, 0) != 1 {
      guard errno == EINTR else { throw AuditError(errno: errno, "write \(path)") }
    }
  }

  /// Says that it is over; a mark that stays harms nobody.
  func unmark() { _ = ftruncate(file.number, 0) }
}

extension LogDirectory {
  /// Waits for the lock that all our writers take.
  func lock(_ pacing: Pacing) throws(AuditError) -> WriterLock {
    let place = "\(path)/\(Self.lockName)"
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
    guard let file = Descriptor(openat(descriptor.number, Self.lockName, flags, 0o666)) else {
      throw AuditError(errno: errno, "lock \(place)")
    }
    var wait = pacing.waits(longest: .milliseconds(25))
    while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw AuditError(errno: errno, "lock \(place)")
      }
      guard wait.next() else {
        throw AuditError(
          .busy, "lock \(place): another process has been writing for \(Pacing.limit)",
          remedy: "try again when it has finished")
      }
    }
    return WriterLock(file, path: place)
  }
}
