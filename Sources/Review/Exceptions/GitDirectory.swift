#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The git directory of a work tree, found and looked into by plain reads.
///
/// libgit2 costs more to start than a whole check; all that is asked here is whether there is a
/// log, and what its reference holds.
struct GitDirectory {
  /// The directory that all worktrees share; absolute, without a slash at its end.
  let common: String

  /// The directory of the repository around `folder`; `nil` where there is none.
  init?(around folder: String) {
    guard let resolved = realpath(folder, nil) else { return nil }
    defer { free(resolved) }
    var here = String(cString: resolved)
    while true {
      if let common = Self.common(of: here == "/" ? "/.git" : here + "/.git") {
        self.common = common
        return
      }
      guard here != "/", let slash = here.lastIndex(of: "/") else { return nil }
      here = slash == here.startIndex ? "/" : String(here[..<slash])
    }
  }

  private static func common(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFDIR { return path }
    // In a linked worktree or a submodule it is a file that names the place.
    guard let text = Self.text(path), text.hasPrefix("gitdir:") else { return nil }
    let own = Self.joined(
      String(path.dropLast("/.git".count)), Self.trimmed(text.dropFirst("gitdir:".count)))
    return Self.text(own + "/commondir").map { Self.joined(own, Self.trimmed($0[...])) } ?? own
  }

  /// The object that the reference `name` names, in hexadecimal; `nil` where there is none.
  func reference(_ name: String) -> String? {
    if let text = Self.text("\(common)/\(name)") {
      let id = Self.trimmed(text[...])
      // Something else than an id is for libgit2 to complain about.
      return id.isEmpty ? "unreadable" : id
    }
    guard let packed = Self.text(common + "/packed-refs") else { return nil }
    for line in packed.split(separator: "\n") where line.hasSuffix(" " + name) {
      return String(line.prefix { $0 != " " })
    }
    return nil
  }

  /// Repositories with a hundred thousand packed references stay below.
  private static let sizeLimit = 64 << 20

  private static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return WholeRead.read(descriptor, limit: sizeLimit).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func joined(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}

/// Reading all of an open file.
enum WholeRead {
  /// The file's bytes; `nil` when it cannot be read or has more than `limit`.
  static func read(_ descriptor: Int32, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = systemRead(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { return nil }
    }
  }
}

/// The C function, whose name the method above hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int
{
  read(descriptor, buffer, count)
}
