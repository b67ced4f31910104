#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A program that is given bytes and gives back bytes.
///
/// Its input and output are files without a name, not pipes: neither side can wait for the other
/// for ever, and what is written there is gone with the last process that holds it.
package struct ChildProgram: Sendable {
  /// The program, looked up in the path, and its arguments; no shell looks at them.
  private let words: [String]
  /// The variables of the process, each as `NAME=value`.
  private let environment: [String]

  package init(_ words: [String], environment: [String]) {
    self.words = words
    self.environment = environment
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - input: what it reads from standard input.
  ///   - showsErrors: whether the user sees what it says on standard error, and can answer it.
  ///   - folder: where the nameless files lie.
  /// - Throws: ``GitError`` `notFound` where there is no such program, `other`, `noSpace`.
  package func run(
    input: [UInt8], showsErrors: Bool = false, folder: String = "/tmp"
  ) throws(GitError) -> CommandResult {
    let given = try NamelessFile(in: folder)
    let taken = try NamelessFile(in: folder)
    let said = try NamelessFile(in: folder)
    try given.fill(with: input)
    let child = try start(
      input: given.descriptor, output: taken.descriptor,
      errors: showsErrors ? 2 : said.descriptor)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return CommandResult(
      status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: try taken.content(),
      errors: try said.content())
  }

  private func start(input: Int32, output: Int32, errors: Int32) throws(GitError) -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    if errors != 2 { posix_spawn_file_actions_adddup2(&actions, errors, 2) }
    let argv = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in argv + variables { free(text) } }
    var child = pid_t()
    let program = words.first ?? ""
    let status = posix_spawnp(&child, program, &actions, nil, argv, variables)
    guard status == 0 else {
      throw GitError(
        status == ENOENT ? .notFound : .other(status),
        "start \(program): \(String(cString: strerror(status)))",
        remedy: "install \(program), or put it into the PATH")
    }
    return child
  }
}

extension GitExecutable {
  /// Runs git with `input`, and waits for it.
  ///
  /// - Throws: ``GitError`` `notFound` when there is no git, `other` when it cannot be started.
  package func run(
    _ words: [String], in gitDirectory: String, input: [UInt8]
  ) throws(GitError) -> CommandResult {
    let arguments = arguments(words, in: gitDirectory).dropFirst()
    return try ChildProgram([program] + arguments, environment: environment)
      .run(input: input, folder: gitDirectory)
  }
}

/// A file that has no name and goes with its last user.
private final class NamelessFile {
  let descriptor: Int32
  /// What a program may say; more is not an answer to us.
  private static let limit = 16 << 20

  init(in folder: String) throws(GitError) {
    var template = Array((folder + "/headgate-XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw GitError(errno: errno, in: "make a file in \(folder)") }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Writes `bytes` and goes back to the beginning.
  func fill(with bytes: [UInt8]) throws(GitError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Self.writeSome(descriptor, buffer, from: written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw GitError(errno: errno, in: "write a temporary file") }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  func content() throws(GitError) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    lseek(descriptor, 0, SEEK_SET)
    guard size >= 0, size <= Self.limit else {
      throw GitError(.tooLarge, "a program said more than \(Self.limit) bytes")
    }
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Self.readSome(descriptor, buffer, from: filled)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  private static func writeSome(
    _ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, from offset: Int
  ) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    #if canImport(Glibc)
      return Glibc.write(descriptor, start + offset, buffer.count - offset)
    #else
      return Darwin.write(descriptor, start + offset, buffer.count - offset)
    #endif
  }

  private static func readSome(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, from offset: Int
  ) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    #if canImport(Glibc)
      return Glibc.read(descriptor, start + offset, buffer.count - offset)
    #else
      return Darwin.read(descriptor, start + offset, buffer.count - offset)
    #endif
  }
}
