package import Git

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Keeps a repository small that grows by a few objects with every record: git packs them, without
/// anybody waiting for it or thinking of it.
package struct Maintenance: Sendable {
  /// Loose objects from which on they are packed: some 400 records.
  package static let looseLimit = 2_000
  /// Packs from which on they are put together.
  private static let packLimit = 50
  /// Seconds between two attempts, so that one that fails is not repeated with every record.
  private static let pause: Int64 = 300
  /// Seconds after which git's own lock was left by a process that is gone.
  private static let lockLimit: Int64 = 86_400
  /// Remembers the last attempt.
  private static let fileName = "maintenance"

  /// What git is told, each in a process of its own: to pack what is loose together with packs that
  /// are not much larger, and to write the graph of commits.
  ///
  /// `git maintenance` would need two runs to delete what it packed, and an index of packs that
  /// takes 150 bytes a record: 940 bytes a record against 760.
  package static let commands = [
    ["repack", "--geometric=2", "-d", "-q", "--window=50", "--depth=50"],
    ["commit-graph", "write", "--reachable", "--split", "--no-progress"],
  ]
  /// The same where some objects lie elsewhere, which `repack --geometric` of older gits minds.
  private static let carefulCommands = [
    [
      "maintenance", "run", "--quiet", "--task=loose-objects", "--task=incremental-repack",
      "--task=commit-graph",
    ]
  ]

  private let git: GitExecutable

  package init(_ git: GitExecutable) { self.git = git }

  /// Starts git in the background where there is something to do.
  ///
  /// It neither waits nor fails: records do not depend on it, and the next one tries again.
  ///
  /// - Returns: whether it was started.
  @discardableResult
  package func startIfDue(in log: borrowing AuditLog, now: Timestamp) -> Bool {
    let common = log.repository.commonDirectory
    guard Self.isDue(common), Self.isAllowed(in: log.repository) else { return false }
    // What goes wrong here costs space on the disk and nothing else.
    guard let directory = try? LogDirectory.opened(in: common, create: true) else { return false }
    let last = (try? directory.read(Self.fileName, limit: 64)).flatMap { $0 }
      .flatMap { Timestamp(String(decoding: $0, as: UTF8.self)) }
    // A clock that went back must not stop it for long.
    if let last, last <= now, now < last.advanced(bySeconds: Self.pause) { return false }
    try? directory.replace(Self.fileName, with: Array(now.description.utf8), flushed: false)
    Self.removeStaleLock(common, now)
    do {
      let isElsewhere = try log.repository.isPartialClone() || Self.hasAlternates(common)
      for words in isElsewhere ? Self.carefulCommands : Self.commands {
        try git.startDetached(words, in: common)
      }
    } catch { return false }
    return true
  }

  /// Whether enough objects or packs have gathered.
  ///
  /// Object ids are evenly distributed: one folder of 256 tells how many there are, as for git's
  /// own `gc --auto`.
  package static func isDue(_ commonDirectory: String) -> Bool {
    let loose = count(in: commonDirectory + "objects/17") { $0 == 38 }
    guard loose * 256 < looseLimit else { return true }
    return count(in: commonDirectory + "objects/pack", ending: ".pack") { _ in true } > packLimit
  }

  /// Nobody is served against their word: `audit.maintenance`, or else `maintenance.auto`.
  private static func isAllowed(in repository: borrowing Repository) -> Bool {
    for key in ["audit.maintenance", "maintenance.auto"] {
      // A configuration that cannot be read forbids nothing.
      guard let value = (try? repository.configuration(key)).flatMap({ $0 }) else { continue }
      return !["false", "no", "off", "0"].contains(value.lowercased())
    }
    return true
  }

  private static func hasAlternates(_ commonDirectory: String) -> Bool {
    var information = stat()
    return lstat(commonDirectory + "objects/info/alternates", &information) == 0
  }

  private static func removeStaleLock(_ commonDirectory: String, _ now: Timestamp) {
    let path = commonDirectory + "objects/maintenance.lock"
    var information = stat()
    guard lstat(path, &information) == 0 else { return }
    // Two that run at once do no harm; git never deletes the lock of one that was killed.
    if now.seconds - information.modifiedSeconds > lockLimit { unlink(path) }
  }

  /// The entries of a folder whose names have a wanted length and end.
  private static func count(
    in folder: String, ending end: String = "", isWanted: (Int) -> Bool
  ) -> Int {
    guard let handle = opendir(folder) else { return 0 }
    defer { closedir(handle) }
    var count = 0
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
      }
      if isWanted(name.utf8.count), name.hasSuffix(end) { count += 1 }
    }
    return count
  }
}
