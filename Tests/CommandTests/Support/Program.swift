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

  /// Everything that a user sees.
  var text: String { output + errors }
}

/// The built programs, run as a user runs them.
enum Program {
  /// The folder that the tests' own executable was built into.
  static let products: String = {
    #if canImport(Glibc)
      var buffer = [CChar](repeating: 0, count: 4_096)
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      let path = String(
        decoding: buffer[..<max(count, 0)].map(UInt8.init(bitPattern:)), as: UTF8.self)
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

  /// Runs a script of `/bin/sh`, in which `$headgate` is the built program.
  @discardableResult
  static func shell(
    _ script: String, in folder: String, environment: [String: String] = [:]
  ) throws -> Run {
    let variables = ["headgate": headgate].merging(environment) { _, given in given }
    return try run("/bin/sh", ["-c", script], in: folder, environment: variables)
  }

  /// Runs git with nobody's own settings.
  @discardableResult
  static func git(
    _ arguments: [String], in folder: String, environment: [String: String] = [:]
  ) throws -> Run {
    let run = try run("/usr/bin/env", ["git"] + arguments, in: folder, environment: environment)
    guard run.status == 0 else { throw ProgramError(text: "git \(arguments): \(run.errors)") }
    return run
  }

  static func run(
    _ path: String, _ arguments: [String], in folder: String,
    environment: [String: String] = [:], input: String = ""
  ) throws -> Run {
    let scratch = try TemporaryFolder()
    try scratch.write("in", input)
    let child = try start(path, arguments, in: folder, scratch: scratch, environment: environment)
    let status = wait(for: child)
    return Run(status: status, output: scratch.text("out"), errors: scratch.text("err"))
  }

  /// Starts `headgate` and kills it, as a crash of the machine would, after so many microseconds.
  ///
  /// - Returns: whether it was still running then.
  static func killHeadgate(
    _ arguments: [String], in folder: String, after microseconds: Int
  ) throws -> Bool {
    let scratch = try TemporaryFolder()
    try scratch.write("in", "")
    let child = try start(headgate, arguments, in: folder, scratch: scratch)
    usleep(UInt32(microseconds))
    kill(child, SIGKILL)
    return wait(for: child) == 128 + SIGKILL
  }

  private static func start(
    _ path: String, _ arguments: [String], in folder: String, scratch: TemporaryFolder,
    environment: [String: String] = [:]
  ) throws -> pid_t {
    // A shell changes the folder and redirects: posix_spawn alone cannot do the former everywhere.
    let script = """
      cd "$1" && shift && in=$1/in out=$1/out err=$1/err && shift && \
      exec "$@" <"$in" >"$out" 2>"$err"
      """
    let words = ["/bin/sh", "-c", script, "sh", folder, scratch.path, path] + arguments
    var variables = [
      "PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin",
      "HOME": scratch.path, "GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC", "LC_ALL": "C",
    ]
    variables.merge(environment) { _, given in given }
    let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    // A signal that this process blocks would stay blocked there: a shell waits for SIGCHLD.
    #if canImport(Glibc)
      var attributes = posix_spawnattr_t()
    #else
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // Nor would one that this process ignores, as what runs in a shell's background does, end it.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGINT)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var child: pid_t = 0
    let code = posix_spawn(&child, words[0], nil, &attributes, argv, envp)
    guard code == 0 else { throw ProgramError(text: "cannot start \(words[0]): \(code)") }
    return child
  }

  /// The exit code; 128 and the signal's number for a program that was killed.
  private static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { break } }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}

struct ProgramError: Error {
  let text: String
}
