import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a finished program said.
struct Run {
  let status: Int32
  let output: String
  let errors: String
}

/// The built programs, run as a user runs them.
enum Program {
  /// The folder that the tests' own executable was built into.
  private static let products: String = {
    #if canImport(Glibc)
      var buffer = [CChar](repeating: 0, count: 4_096)
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      let path = String(decoding: buffer[..<max(count, 0)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    #else
      let path = CommandLine.arguments[0]
    #endif
    return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }()

  static let headgate = "\(products)/headgate"

  /// Runs the built `headgate`.
  static func headgate(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    input: String = ""
  ) throws -> Run {
    try run(headgate, arguments, in: folder, environment: environment, input: input)
  }

  /// Runs git with nobody's own settings.
  @discardableResult
  static func git(_ arguments: [String], in folder: String, environment: [String: String] = [:])
    throws -> Run
  {
    let run = try run("/usr/bin/env", ["git"] + arguments, in: folder, environment: environment)
    guard run.status == 0 else { throw ProgramError(text: "git \(arguments): \(run.errors)") }
    return run
  }

  static func run(
    _ path: String, _ arguments: [String], in folder: String,
    environment: [String: String] = [:], input: String = ""
  ) throws -> Run {
    let scratch = try TemporaryFolder()
    let (stdin, stdout, stderr) = (scratch.path + "/in", scratch.path + "/out", scratch.path + "/err")
    try scratch.write("in", input)
    // A shell changes the folder and redirects: posix_spawn alone cannot do the former everywhere.
    let script = "cd \"$1\" && shift && in=$1 out=$2 err=$3 && shift 3 && exec \"$@\" <\"$in\" >\"$out\" 2>\"$err\""
    let words = ["/bin/sh", "-c", script, "sh", folder, stdin, stdout, stderr, path] + arguments
    var variables = [
      "PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin",
      "HOME": scratch.path, "GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC", "LC_ALL": "C",
    ]
    variables.merge(environment) { _, given in given }
    let status = try spawn(words, variables)
    return Run(
      status: status, output: scratch.text("out"), errors: scratch.text("err"))
  }

  private static func spawn(_ words: [String], _ variables: [String: String]) throws -> Int32 {
    let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, words[0], nil, nil, argv, envp)
    guard code == 0 else { throw ProgramError(text: "cannot start \(words[0]): \(code)") }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { break } }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}

struct ProgramError: Error {
  let text: String
}

/// A folder that is removed with the value that owns it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/headgate-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ProgramError(text: "cannot make a folder") }
    // macOS has /tmp behind a link; programs that resolve paths must see the one that we compare with.
    guard let resolved = realpath(template, nil) else { throw ProgramError(text: "no folder") }
    path = String(cString: resolved)
    free(resolved)
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

  func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data(), as: UTF8.self)
  }

  /// A repository with one commit of `files`.
  func makeRepository(_ files: [String: String]) throws {
    try Program.git(["init", "-q", "-b", "main", "."], in: path)
    try Program.git(["config", "user.name", "Developer"], in: path)
    try Program.git(["config", "user.email", "developer@example.org"], in: path)
    for (name, text) in files { try write(name, text) }
    guard !files.isEmpty else { return }
    try Program.git(["add", "-A"], in: path)
    try Program.git(["commit", "-q", "-m", "first"], in: path)
  }
}
