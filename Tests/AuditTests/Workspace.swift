import FoundationEssentials
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A temporary directory with a git repository in it, removed at the end of the test.
///
/// A class, because the directory has to be removed exactly once, when the last user is done.
/// GitTests compile the same file, through a link: test targets cannot share code otherwise.
final class Workspace {
  let path: String

  /// Makes an empty repository; `arguments` are those of `git init`.
  init(_ arguments: String...) throws {
    var template = Array((TemporaryPath.directory + "/headgate-test-XXXXXX").utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
    try git(["init", "-q", "-b", "main"] + arguments + ["."])
  }

  deinit {
    // Left-over files in the temporary directory harm nobody, so that a failure may be ignored.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Runs git here, isolated from the machine's configuration, and returns what it printed.
  @discardableResult
  func git(_ arguments: [String], in directory: String = ".") throws -> String {
    let result = try Command.run(
      ["git", "-C", path + "/" + directory, "-c", "commit.gpgsign=false"] + arguments)
    try #require(result.status == 0, "git \(arguments.joined(separator: " ")): \(result.output)")
    return result.output
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String { try git(arguments) }

  func write(_ file: String, _ text: String) throws {
    let target = path + "/" + file
    let parent = target.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    try FileManager.default.createDirectory(
      atPath: parent.joined(separator: "/"), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: target))
  }

  /// Writes the files, stages and commits them, and returns the commit's id.
  @discardableResult
  func commit(_ files: [String: String], _ message: String = "change") throws -> String {
    for (file, text) in files { try write(file, text) }
    try git("add", "-A")
    try git("commit", "-q", "-m", message)
    return try git("rev-parse", "HEAD").trimmed
  }
}

enum TemporaryPath {
  /// Where temporary files go on this machine.
  static var directory: String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}

/// A child process.
enum Command {
  private static let environment = [
    "PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"),
    "HOME=/nonexistent", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
    "GIT_AUTHOR_NAME=An Author", "GIT_AUTHOR_EMAIL=author@example.org",
    "GIT_COMMITTER_NAME=A Committer", "GIT_COMMITTER_EMAIL=committer@example.org",
    "GIT_AUTHOR_DATE=1700000000 +0100", "GIT_COMMITTER_DATE=1700000060 +0100",
  ]

  /// Runs the program, and returns its exit status with standard output and error together.
  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    let argv = arguments.map { strdup($0) } + [nil]
    let envp = environment.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var child = pid_t()
    let spawned = posix_spawnp(&child, arguments[0], &actions, nil, argv, envp)
    close(ends[1])
    defer { close(ends[0]) }
    try #require(spawned == 0, "\(arguments[0]) cannot be started")
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(ends[0], &buffer, buffer.count), count > 0 {
      output += buffer[..<count]
    }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return (status == 0 ? 0 : max(1, status >> 8 & 0xff), String(decoding: output, as: UTF8.self))
  }
}
