#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Documentation {
  /// Writes every page below `folder`, which is made where it is missing.
  ///
  /// Pages of rules that are gone are left: whoever wants them away empties the folder first.
  package func write(to folder: String) throws(Failure) {
    for page in pages {
      let path = "\(folder)/\(page.path)"
      Self.makeFolders(around: path)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw Self.failure(path) }
      let isWritten = WholeWrite.write(Array(page.text.utf8), to: descriptor)
      let cause = errno
      close(descriptor)
      errno = cause
      guard isWritten else { throw Self.failure(path) }
    }
  }

  private static func failure(_ path: String) -> Failure {
    Failure("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }

  /// What cannot be made shows when the file is opened.
  private static func makeFolders(around path: String) {
    for index in path.indices where path[index] == "/" && index != path.startIndex {
      mkdir(String(path[..<index]), 0o777)
    }
  }
}
