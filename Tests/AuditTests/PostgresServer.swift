import FoundationEssentials
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A PostgreSQL of the test's own: on loopback, with a password, gone at the end.
///
/// A class, because it is stopped exactly once.
final class PostgresServer {
  private let folder: String
  private let port: Int

  static let password = "s3cret@word"

  /// Where the server's programs are; `nil` where they are not installed or nobody can run them.
  static let programs: String? = {
    // PostgreSQL refuses to run as root, which then has to become its user.
    if geteuid() == 0 {
      guard getpwnam("postgres") != nil, (try? Command.run(["runuser", "--version"])) != nil else {
        return nil
      }
    }
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let folders = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
    return (folders + ["/opt/homebrew/opt/postgresql/bin", "/usr/local/bin", "/usr/bin"])
      .first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  init() throws {
    let programs = try #require(Self.programs)
    var template = Array((TemporaryPath.directory + "/headgate-pg-XXXXXX").utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    port = Int.random(in: 20_000...50_000)
    let password = folder + "/password"
    try Data(Self.password.utf8).write(to: URL(filePath: password))
    if let user = getpwnam("postgres"), geteuid() == 0 {
      for path in [folder, password] {
        try #require(chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0)
      }
    }
    try Self.run([
      programs + "/initdb", "-D", folder + "/data", "-U", "audit", "--pwfile", password,
      "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync",
    ])
    try Self.run([
      programs + "/pg_ctl", "-D", folder + "/data", "-w", "-l", folder + "/log", "-o",
      "-c listen_addresses=127.0.0.1 -c port=\(port) -c unix_socket_directories='' -c fsync=off",
      "start",
    ])
  }

  deinit {
    // A server that is gone already needs no stopping, and what is left over harms nobody.
    if let programs = Self.programs {
      try? Self.run([programs + "/pg_ctl", "-D", folder + "/data", "-m", "immediate", "stop"])
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The address with its password, as somebody might give it on a command line.
  var address: String {
    "postgres://audit:s3cret%40word@127.0.0.1:\(port)/postgres?sslmode=disable"
  }

  private static func run(_ words: [String]) throws {
    let asUser = geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []
    let result = try Command.run(asUser + words)
    try #require(result.status == 0, "\(words[0]): \(result.output)")
  }
}
