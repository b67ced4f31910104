#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Reading of small files in the git directory, for which libgit2 has no function.
enum FileContents {
  /// The whole content of the regular file at `path`.
  ///
  /// - Throws: ``GitError`` `notFound`, `permissionDenied`, or `tooLarge` above `limit` bytes.
  static func read(_ path: String, limit: Int) throws(GitError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw GitError(errno: errno, in: "read \(path)") }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      information.st_size <= limit
    else { throw GitError(.tooLarge, "read \(path): not a file of at most \(limit) bytes") }
    var bytes = [UInt8](repeating: 0, count: Int(information.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        readSome(descriptor, buffer, from: filled)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw GitError(errno: errno, in: "read \(path)") }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  private static func readSome(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, from offset: Int
  ) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    #if canImport(Glibc)
      return Glibc.read(descriptor, start + offset, buffer.count - offset)
    #else
      return Darwin.read(descriptor, start + offset, buffer.count - offset)
    #endif
  }
}

extension GitError {
  /// The failure of a system call.
  init(errno number: Int32, in subject: String) {
    let code: GitError.Code =
      switch number {
      case ENOENT: .notFound
      case EACCES, EPERM: .permissionDenied
      case EROFS: .readOnly
      case ENOSPC, EDQUOT: .noSpace
      default: .other(number)
      }
    self.init(code, "\(subject): " + (strerror(number).map { String(cString: $0) } ?? ""))
  }
}
