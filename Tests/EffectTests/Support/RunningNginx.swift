import FoundationEssentials
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An nginx that runs in a temporary folder until the value is gone.
///
/// The folder is its prefix and its working directory, so that a configuration names everything in
/// it by relative paths: `listen unix:front.sock;`, `server unix:back.sock;`, `root www;`. Words
/// such as `PORT1` become free ports of 127.0.0.1. It runs as whoever runs the tests.
final class RunningNginx: Sendable {
  /// What tests say that need it and cannot have it.
  static let absence: Comment = "nginx is not installed"
  static let isInstalled = path != nil

  /// The program, where it is installed.
  static let path: String? = {
    let search = getenv("PATH").map { String(cString: $0) } ?? ""
    let folders = search.split(separator: ":").map(String.init)
    return (folders + ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"])
      .map { $0 + "/nginx" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  let folder: TemporaryFolder
  private let ports: [Int]
  private let process: GuardedProcess

  /// Starts nginx and waits until it accepts connections.
  ///
  /// - Parameters:
  ///   - http: what the `http` block holds.
  ///   - main: what stands outside of it.
  ///   - events: what the `events` block holds.
  ///   - files: other files of the folder, by their relative path.
  ///   - folder: a folder that a backend listens in already.
  /// - Throws: ``EffectError`` with nginx's own words when it does not start.
  init(
    http: String, main: String = "", events: String = "worker_connections 512;",
    files: [String: String] = [:], folder: TemporaryFolder? = nil
  ) throws {
    let folder = try folder ?? TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let text = Self.configuration(http: http, main: main, events: events)
    // Somebody else may take a port before nginx does.
    for attempt in 0... {
      let ports = try Self.ports(in: text)
      try folder.write("nginx.conf", Self.filled(text, ports))
      let process = try GuardedProcess(Self.command(folder), in: folder)
      if Self.isUp(process, folder) {
        (self.folder, self.ports, self.process) = (folder, ports, process)
        return
      }
      process.stop()
      let said = folder.text("output")
      guard attempt < 5, !ports.isEmpty, said.contains("Address already in use") else {
        throw EffectError("nginx does not start: \(said)")
      }
    }
    throw EffectError("nginx does not start")
  }

  deinit { stop() }

  func stop() { process.stop() }

  /// What it wrote to its error log, from the level of notices on.
  var errorLog: String { folder.text("error.log") }

  /// The address of `listen unix:NAME`.
  func socket(_ name: String = "front.sock") -> SocketAddress { .unix("\(folder.path)/\(name)") }

  /// The port that stands for `PORT1`, `PORT2` and so on.
  func port(_ number: Int) -> Int { ports[number - 1] }

  /// Sends one request on a connection of its own and reads the answer.
  ///
  /// - Parameters:
  ///   - target: what stands between the method and the version, byte for byte.
  ///   - headers: whole lines without their ends, `Host` and `Connection` among them.
  func get(
    _ target: String, headers: [String] = ["Host: localhost"], method: String = "GET",
    at address: SocketAddress? = nil
  ) throws -> RawAnswer {
    let connection = try RawConnection(to: address ?? socket())
    let lines = ["\(method) \(target) HTTP/1.1"] + headers + ["Connection: close", "", ""]
    try connection.send(lines.joined(separator: "\r\n"))
    return connection.answer(hasBody: method != "HEAD")
  }

  /// Whether nginx would start with a configuration, and what it says.
  static func test(http: String, main: String = "", files: [String: String] = [:]) throws -> String
  {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let text = configuration(http: http, main: main, events: "")
    try folder.write("nginx.conf", filled(text, try ports(in: text)))
    return try test(command(folder), in: folder)
  }

  /// What nginx, called with these words and `-t`, says of a folder's configuration.
  static func test(_ words: [String], in folder: TemporaryFolder) throws -> String {
    let process = try GuardedProcess(words + ["-t"], in: folder)
    for _ in 0..<1_000 where !process.isOver { usleep(10_000) }
    process.stop()
    return folder.text("output")
  }
}

// What stands around the text of a test.
extension RunningNginx {
  private static func command(_ folder: TemporaryFolder) -> [String] {
    [path ?? "nginx", "-p", folder.path + "/", "-c", folder.path + "/nginx.conf"]
  }

  /// A whole file that writes nowhere but in its prefix, whatever its build would do.
  private static func configuration(http: String, main: String, events: String) -> String {
    let user = geteuid() == 0 ? "user root;\n" : ""
    let bodies = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \($0)_temp;" }.joined(separator: " ")
    return """
      \(user)daemon off; pid nginx.pid; lock_file nginx.lock; error_log error.log notice;
      \(main)
      events { \(events) }
      http { access_log access.log; \(bodies)
      \(http)
      }
      """
  }

  private static func ports(in text: String) throws -> [Int] {
    var ports: [Int] = []
    while ports.count < 9, text.contains("PORT\(ports.count + 1)") {
      ports.append(try SocketAddress.freePort())
    }
    return ports
  }

  private static func filled(_ text: String, _ ports: [Int]) -> String {
    var text = text
    for (index, port) in ports.enumerated() {
      text = text.split(separator: "PORT\(index + 1)", omittingEmptySubsequences: false)
        .joined(separator: "\(port)")
    }
    return text
  }

  /// Waits for the file that nginx writes once its sockets listen: first created, then filled.
  private static func isUp(_ process: GuardedProcess, _ folder: TemporaryFolder) -> Bool {
    for _ in 0..<2_000 {
      if folder.text("nginx.pid").hasSuffix("\n") { return true }
      if process.isOver { return false }
      usleep(5_000)
    }
    return false
  }
}
