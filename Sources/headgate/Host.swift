import Review

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The machine as the executable sees it: libraries are given what they need of it as values.
enum Host {
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// Where this program is, for hooks that run without the user's PATH.
  static var executable: String {
    #if canImport(Glibc)
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      if count > 0 {
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
    #endif
    let name = CommandLine.arguments.first ?? "headgate"
    return name.hasPrefix("/") || !name.contains("/") ? name : "\(currentFolder)/\(name)"
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Milliseconds since 1970-01-01T00:00:00Z.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Sixteen bytes from the system's random source.
  static func nonce() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// All of standard input, at most `limit` bytes; `nil` when there is more.
  static func standardInput(limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit { return nil }
    }
  }
}

extension Host {
  /// Columns of the terminal; 100 where there is none.
  static var terminalWidth: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return 100 }
    return min(Int(size.ws_col), 120)
  }

  /// Writes a file whole, or fails with its name.
  static func writeFile(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard descriptor >= 0 else { throw failure("cannot write \(path)") }
    defer { close(descriptor) }
    guard WholeWrite.write(bytes, to: descriptor) else { throw failure("cannot write \(path)") }
  }

  private static func failure(_ message: String) -> Failure {
    Failure("\(message): \(String(cString: strerror(errno)))")
  }
}

extension Host {
  /// How a record comes about here: by hand, or in a CI job that names itself.
  ///
  /// A claim, not a proof: whoever sets the variables decides it.
  static var origin: String {
    if let repository = environment("GITHUB_REPOSITORY"), let run = environment("GITHUB_RUN_ID") {
      return "ci:github:\(repository):\(run)"
    }
    if let project = environment("CI_PROJECT_PATH"), let job = environment("CI_JOB_ID") {
      return "ci:gitlab:\(project):\(job)"
    }
    return "local"
  }
}

extension Host {
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
