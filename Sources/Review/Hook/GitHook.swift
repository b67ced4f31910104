#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The plain git hook: a file of four lines that hands over to `headgate hook run`.
package struct GitHook: Sendable {
  /// The file git runs, `HOOKS/pre-commit`.
  package let path: String

  /// The hook in the folder that git takes hooks from.
  ///
  /// - Parameter hooksFolder: `core.hooksPath`, or `hooks` in the common git directory.
  package init(hooksFolder: String) {
    path = "\(hooksFolder)/pre-commit"
  }

  package enum State: Sendable, Hashable { case absent, ours, foreign }

  /// What stands there now.
  package var state: State {
    guard let text = try? read() else { return .absent }  // no readable file: none that git runs
    return text.contains(Self.mark) ? .ours : .foreign
  }

  /// Writes the hook.
  ///
  /// - Parameter executable: where headgate is now, used when it is not in the committer's PATH.
  /// - Throws: `Failure` when another hook is there or the file cannot be written; nothing is
  /// changed then.
  package func install(executable: String) throws(Failure) {
    guard state != .foreign else {
      throw Failure(
        "another pre-commit hook is at \(path)",
        help: "add the line `headgate hook run || exit $?` to it")
    }
    try write(Self.script(executable: executable))
  }

  /// Removes the hook; nothing happens when there is none.
  ///
  /// - Throws: `Failure` when the hook there is not ours or cannot be removed.
  package func uninstall() throws(Failure) {
    switch state {
    case .absent: return
    case .foreign:
      throw Failure(
        "the pre-commit hook at \(path) is not Headgate's",
        help: "remove its line `headgate hook run` by hand")
    case .ours:
      guard unlink(path) == 0 else { throw failure("cannot remove \(path)") }
    }
  }

  private static let mark = "Installed by `headgate hook install`"

  private static func script(executable: String) -> String {
    let quoted =
      "'"
      + executable.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
    return """
      #!/bin/sh
      # \(mark); `headgate hook uninstall` removes it.
      headgate=$(command -v headgate || echo \(quoted))
      exec "$headgate" hook run

      """
  }

  private func read() throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw failure("cannot read \(path)") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = systemRead(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw failure("cannot read \(path)") }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  private func write(_ text: String) throws(Failure) {
    if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o777) }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o755)
    guard descriptor >= 0 else { throw failure("cannot write \(path)") }
    defer { close(descriptor) }
    guard WholeWrite.write(Array(text.utf8), to: descriptor), fchmod(descriptor, 0o755) == 0
    else { throw failure("cannot write \(path)") }
  }

  private func failure(_ message: String) -> Failure {
    Failure("\(message): \(String(cString: strerror(errno)))")
  }
}

/// The C function, whose name the method above hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int
{
  read(descriptor, buffer, count)
}
