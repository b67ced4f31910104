import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of its own for one test, removed with all that is in it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/headgate-test-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  deinit { Self.remove(path) }

  func file(_ name: String, _ text: String = "a=1\n", mode: mode_t = 0o644) {
    file(name, bytes: Array(text.utf8), mode: mode)
  }

  func file(_ name: String, bytes: [UInt8], mode: mode_t = 0o644) {
    let number = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, mode)
    let written = bytes.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
    close(number)
    #expect(written == bytes.count, "the test could not write \(name)")
  }

  /// A file of `size` bytes that takes no room on the disk.
  func sparse(_ name: String, size: Int) {
    file(name, "")
    truncate("\(path)/\(name)", off_t(size))
  }

  func folder(_ names: String..., mode: mode_t = 0o755) {
    for name in names { mkdir("\(path)/\(name)", mode) }
  }

  func link(_ name: String, to target: String) { symlink(target, "\(path)/\(name)") }

  func pipe(_ name: String) { mkfifo("\(path)/\(name)", 0o644) }

  func remove(_ name: String) { Self.remove("\(path)/\(name)") }

  /// Whether the tests run as a user whom no permission keeps out.
  static var userIsRoot: Bool { geteuid() == 0 }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) else {
      unlink(path)
      return
    }
    chmod(path, 0o755)
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { remove("\(path)/\(name)") }
    }
    closedir(stream)
    rmdir(path)
  }
}
