import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that never outlives this one.
///
/// A shell around it waits at a pipe whose other end only this process holds: when that end is
/// closed, by ``stop()`` or because this process died, the shell ends the program and whatever the
/// program has started.
final class GuardedProcess: Sendable {
  private let shell: pid_t
  private let lifeline: Int32
  private let hasEnded = Mutex(false)

  /// The group dies with the program; the subshell ends both after the lifeline is cut.
  private static let script = """
    cd "$1" || exit 1
    shift
    exec 3<&0
    "$@" </dev/null 3<&- &
    program=$!
    { cat <&3 >/dev/null; kill -TERM "$program"; sleep 3; kill -KILL 0; } 2>/dev/null &
    wait "$program"
    kill -KILL 0
    """

  /// Starts a program in `folder`; both its outputs go to the file `output` there.
  init(_ words: [String], in folder: TemporaryFolder) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw EffectError.system("pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    lifeline = ends[1]
    defer { close(ends[0]) }
    shell = try Self.spawn(
      ["/bin/sh", "-c", Self.script, "sh", folder.path] + words, input: ends[0],
      output: folder.path + "/output")
  }

  deinit { stop() }

  /// Whether the program has ended, by itself or not.
  var isOver: Bool {
    hasEnded.withLock { ended in
      if !ended, waitpid(shell, nil, WNOHANG) == shell { ended = true }
      return ended
    }
  }

  /// Ends the program and waits until it is gone.
  func stop() {
    hasEnded.withLock { ended in
      guard !ended else { return }
      close(lifeline)
      while waitpid(shell, nil, 0) < 0, errno == EINTR {}
      ended = true
    }
  }

  private static func spawn(_ words: [String], input: Int32, output: String) throws -> pid_t {
    #if canImport(Glibc)
      var attributes = posix_spawnattr_t()
      var actions = posix_spawn_file_actions_t()
    #else
      var attributes: posix_spawnattr_t?
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    // A signal that this process blocks would stay blocked there; a group of its own is killed
    // whole.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    let variables = ["PATH=\(path)", "LC_ALL=C"]
    let envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, words[0], &actions, &attributes, argv, envp)
    guard code == 0 else { throw EffectError("cannot start \(words): \(code)") }
    return child
  }
}
