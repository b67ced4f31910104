package import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Replaces a file whole or not at all, keeping its permissions.
package enum FileReplacement {
  /// Writes `source` where it was read from.
  ///
  /// - Throws: `Failure` when the path is no regular file or cannot be written; the file is as it
  /// was then.
  package static func write(_ source: SourceText, in folder: String) throws(Failure) {
    let path = source.path.hasPrefix("/") ? source.path : "\(folder)/\(source.path)"
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure("\(source.path) is not a regular file and is left as it is")
    }
    let temporary = "\(path).headgate-\(getpid())"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, status.st_mode & 0o7777)
    guard descriptor >= 0 else { throw failure("cannot write beside \(source.path)") }
    let isWritten =
      fchmod(descriptor, status.st_mode & 0o7777) == 0
      && WholeWrite.write(source.bytes, to: descriptor) && fsync(descriptor) == 0
    let cause = errno
    close(descriptor)
    guard isWritten, rename(temporary, path) == 0 else {
      let code = isWritten ? errno : cause
      unlink(temporary)
      throw Failure("cannot write \(source.path): \(String(cString: strerror(code)))")
    }
  }

  /// Writes a file that is ours alone: a new one, or in place of one that we wrote.
  static func create(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    let temporary = "\(path).headgate-\(getpid())"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure("cannot write beside \(path)") }
    let isWritten = WholeWrite.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let cause = errno
    close(descriptor)
    guard isWritten, rename(temporary, path) == 0 else {
      let code = isWritten ? errno : cause
      unlink(temporary)
      throw Failure("cannot write \(path): \(String(cString: strerror(code)))")
    }
  }

  private static func failure(_ message: String) -> Failure {
    Failure("\(message): \(String(cString: strerror(errno)))")
  }
}
