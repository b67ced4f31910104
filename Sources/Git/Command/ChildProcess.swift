#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension GitExecutable {
  /// Runs git and waits for it.
  ///
  /// - Parameters:
  ///   - words: the subcommand and its arguments; no shell looks at them.
  ///   - gitDirectory: the repository, so that no variable or folder decides it.
  /// - Throws: ``GitError`` `notFound` when there is no git, `other` when it cannot be started.
  package func run(
    _ words: [String], in gitDirectory: String
  ) throws(GitError) -> CommandResult {
    guard let output = Pipe(), let errors = Pipe() else {
      throw GitError(.other(errno), "start git: \(String(cString: strerror(errno)))")
    }
    let child = try start(
      arguments(words, in: gitDirectory), output: output.writing, errors: errors.writing)
    let streams = Pipe.read(output, errors, limit: Self.outputLimit)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return CommandResult(
      status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: streams.0,
      errors: streams.1)
  }

  /// Starts git, which goes on when this process has ended, and does not wait for it.
  package func startDetached(_ words: [String], in gitDirectory: String) throws(GitError) {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(null) }
    _ = try start(
      arguments(words, in: gitDirectory), output: null, errors: null, ownGroup: true)
  }

  private func start(
    _ arguments: [String], output: Int32, errors: Int32, ownGroup: Bool = false
  ) throws(GitError) -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    // A group of its own, so that an interruption at the terminal does not reach it.
    if ownGroup {
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
      posix_spawnattr_setpgroup(&attributes, 0)
    }
    let argv = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in argv + variables { free(text) } }
    var child = pid_t()
    let status = posix_spawnp(&child, program, &actions, &attributes, argv, variables)
    guard status == 0 else {
      throw GitError(
        status == ENOENT ? .notFound : .other(status),
        "start \(program): \(String(cString: strerror(status)))",
        remedy: "install git, or put it into the PATH")
    }
    return child
  }
}

/// Two ends of a pipe, both closed when nobody needs them any more.
private final class Pipe {
  private var ends: [Int32] = [-1, -1]

  /// `nil` when the system has no descriptors left, with the reason in `errno`.
  init?() {
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  deinit { for end in ends where end >= 0 { close(end) } }

  var writing: Int32 { ends[1] }

  private func closeWriting() {
    close(ends[1])
    ends[1] = -1
  }

  /// Reads both to their ends together, so that neither fills up while the other is waited for.
  ///
  /// What is over `limit` is read and dropped.
  static func read(_ first: Pipe, _ second: Pipe, limit: Int) -> ([UInt8], [UInt8]) {
    first.closeWriting()
    second.closeWriting()
    var found: [[UInt8]] = [[], []]
    var waiting = [first.ends[0], second.ends[0]].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while waiting.contains(where: { $0.fd >= 0 }) {
      if poll(&waiting, nfds_t(waiting.count), -1) < 0 && errno != EINTR { break }
      for index in waiting.indices where waiting[index].fd >= 0 && waiting[index].revents != 0 {
        #if canImport(Glibc)
          let count = Glibc.read(waiting[index].fd, &buffer, buffer.count)
        #else
          let count = Darwin.read(waiting[index].fd, &buffer, buffer.count)
        #endif
        if count < 0 && errno == EINTR { continue }
        if count <= 0 {
          waiting[index].fd = -1
        } else if found[index].count < limit {
          found[index] += buffer[..<count]
        }
      }
    }
    return (found[0], found[1])
  }
}
