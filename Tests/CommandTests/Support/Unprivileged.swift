#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A user that permissions hold for: the superuser, whom tests in containers run as, reads
/// everything.
enum Unprivileged {
  static let absence = "no other user can run the built program here"

  /// `nobody`, whose number is the same everywhere.
  static let user = "65534"

  static let isSuperuser = geteuid() == 0

  /// Whether the program can be started for that user: it may lie where nobody else can reach it.
  static let isPossible: Bool = {
    // Not being able to try is not being able to.
    (try? headgate(["--version"], in: "/"))?.status == 0
  }()

  /// Whether a test may mount file systems that nobody else sees.
  static let canMount: Bool = {
    guard isSuperuser else { return false }
    // Not being able to try is not being able to.
    return (try? Program.shell("unshare -m mount -t tmpfs none /mnt", in: "/"))?.status == 0
  }()

  static func headgate(_ arguments: [String], in folder: String) throws -> Run {
    guard isSuperuser else { return try Program.headgate(arguments, in: folder) }
    let words = ["setpriv", "--reuid", user, "--regid", user, "--clear-groups", Program.headgate]
    return try Program.run("/usr/bin/env", words + arguments, in: folder)
  }
}
