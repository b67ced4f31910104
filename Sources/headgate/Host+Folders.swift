import Review

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Host {
  /// Makes a folder that may exist.
  static func makeFolder(_ path: String) throws(Failure) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw Failure("cannot make \(path): \(String(cString: strerror(errno)))")
    }
  }

  /// Makes the folders that a file below `root` stands in.
  static func makeFolder(below root: String, for path: String) throws(Failure) {
    var folder = root
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      try makeFolder(folder)
    }
  }

  /// Lets people run a file; where that is not possible, a shell still reads it.
  static func makeProgram(_ path: String) { chmod(path, 0o755) }
}
