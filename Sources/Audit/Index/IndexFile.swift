#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where the index of a repository lies: beside our lock, never in the work tree.
struct IndexFile: Sendable, Hashable {
  static let name = "index.sqlite"

  /// The path with every link above `headgate` resolved, so that SQLite may refuse links.
  let path: String

  /// Why the index cannot be a file here.
  enum Refusal: Error, Hashable {
    /// There is no place where we may write.
    case unwritable
    /// Others could have made it, or could change it while we read.
    case untrusted(String)
  }

  /// Finds the place, and makes its folder where it is missing.
  init(in commonDirectory: String) throws(Refusal) {
    guard let resolved = realpath(commonDirectory, nil) else { throw .unwritable }
    defer { free(resolved) }
    let folder = String(cString: resolved) + "/" + LogDirectory.name
    if mkdir(folder, 0o777) != 0 && errno != EEXIST { throw .unwritable }
    var status = stat()
    guard lstat(folder, &status) == 0 else { throw .unwritable }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .untrusted("\(folder) is not a folder")
    }
    // A group that shares the repository writes here too, but makes no file of ours.
    try Self.check(status, folder, writable: 0o002)
    path = folder + "/" + Self.name
    try check(path)
    // A journal that somebody else left would be played back into our file.
    try check(path + "-journal")
  }

  private func check(_ path: String) throws(Refusal) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
      throw .untrusted("\(path) is not a file of its own")
    }
    try Self.check(status, path, writable: 0o022)
  }

  private static func check(
    _ status: stat, _ path: String, writable: mode_t
  ) throws(Refusal) {
    guard status.st_uid == geteuid() else {
      throw .untrusted("\(path) belongs to somebody else")
    }
    guard status.st_mode & writable == 0 else {
      throw .untrusted("\(path) can be written by others")
    }
  }

  /// Removes the index: it is made anew from the log.
  func delete() {
    unlink(path)
    unlink(path + "-journal")
  }
}
