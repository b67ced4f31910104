import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that is removed with the value that owns it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/headgate-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ProgramError(text: "cannot make a folder") }
    // macOS has /tmp behind a link; programs that resolve paths must see the one that we compare
    // with.
    guard let resolved = realpath(template, nil) else { throw ProgramError(text: "no folder") }
    path = String(cString: resolved)
    free(resolved)
  }

  /// A folder with these files.
  convenience init(_ files: [String: String]) throws {
    try self.init()
    for (name, text) in files { try write(name, text) }
  }

  /// A repository with one commit of these files; without files, without a commit.
  convenience init(repository files: [String: String]) throws {
    try self.init()
    try git("init", "-q", "-b", "main", ".")
    try git("config", "user.name", "Developer")
    try git("config", "user.email", "developer@example.org")
    try git("config", "gc.auto", "0")
    guard !files.isEmpty else { return }
    try commit(files, "first")
  }

  deinit {
    // What cannot be removed is left for the system to clean.
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = "\(path)/\(name)"
    let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: file, contents: Data(bytes)) else {
      throw ProgramError(text: "cannot write \(file)")
    }
  }

  func bytes(_ name: String) -> [UInt8] {
    Array(FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data())
  }

  func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }
}

extension TemporaryFolder {
  @discardableResult
  func git(_ arguments: String...) throws -> String {
    try Program.git(arguments, in: path).output
  }

  /// Commits the files, at a fixed time if one is given (`2024-06-10T09:12:00Z`).
  func commit(_ files: [String: String], _ message: String, at time: String? = nil) throws {
    for (name, text) in files { try write(name, text) }
    try git("add", "-A")
    let clock = time.map { ["GIT_AUTHOR_DATE": $0, "GIT_COMMITTER_DATE": $0] } ?? [:]
    try Program.git(["commit", "-q", "--no-verify", "-m", message], in: path, environment: clock)
  }

  /// Runs the built `headgate` here.
  func headgate(
    _ arguments: String..., environment: [String: String] = [:], input: String = ""
  ) throws -> Run {
    try Program.headgate(arguments, in: path, environment: environment, input: input)
  }

  /// Every file with its checksum, link, and git reference: what a command that fails leaves alone.
  func state() throws -> String {
    let script = """
      find . -type f -exec cksum {} + | sort -k 3
      find . -type l -exec ls -l {} + | sort
      git for-each-ref 2>/dev/null
      true
      """
    return try Program.shell(script, in: path).output
  }
}
