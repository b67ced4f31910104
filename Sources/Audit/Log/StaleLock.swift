#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Recognises git's lock on the log's reference when nobody holds it any more.
///
/// Git's lock is a file that outlives a killed process, and it blocks every later append. It is
/// only reported here: whether to delete it is for a person to decide.
enum StaleLock {
  /// A living writer holds the lock for milliseconds.
  static let ageLimit: Int64 = 60

  /// - Throws: ``AuditError`` `staleLock` when the file is older than a minute and not in use.
  static func check(_ path: String, now: Timestamp) throws(AuditError) {
    var information = stat()
    guard lstat(path, &information) == 0 else { return }
    let age = now.seconds - information.modifiedSeconds
    guard age > ageLimit, !isOpen(information) else { return }
    throw AuditError(
      .staleLock, "\(path) was left \(age) s ago by a process that has ended",
      remedy: "delete the file: no process has it open")
  }

  /// Git's lock on the log's reference.
  static func path(in commonDirectory: String) -> String {
    commonDirectory + AuditLog.reference + ".lock"
  }

  /// Whether a process that we may look at has the file at `path` open.
  static func isOpen(_ path: String) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && isOpen(information)
  }

  /// Whether a process that we may look at has the file open; `false` where there is no `/proc`.
  private static func isOpen(_ file: stat) -> Bool {
    entries(of: "/proc").contains { process in
      guard process.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      else { return false }
      let directory = "/proc/\(process)/fd"
      return entries(of: directory).contains { name in
        var other = stat()
        return stat("\(directory)/\(name)", &other) == 0 && other.st_ino == file.st_ino
          && other.st_dev == file.st_dev
      }
    }
  }

  private static func entries(of directory: String) -> [String] {
    guard let handle = opendir(directory) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names
  }
}

extension stat {
  /// When the file was last written, in seconds since 1970.
  var modifiedSeconds: Int64 {
    #if canImport(Glibc)
      Int64(st_mtim.tv_sec)
    #else
      Int64(st_mtimespec.tv_sec)
    #endif
  }
}
