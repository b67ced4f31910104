import Model
import Syntax

extension Technology {
  /// PgBouncer: pgbouncer.ini and the files it includes.
  ///
  /// Behaviour was read from versions 1.18.0 and 1.25.2. Where no version is given, 1.25.2 supplies
  /// the defaults and keys of newer versions are accepted.
  package static let pgbouncer = Technology(
    name: "pgbouncer", title: "PgBouncer", defaultVersion: Version(1, 25, 2),
    recognises: { PgBouncer.recognise($0) },
    read: { source, context in PgBouncerProcess(source, context).reading },
    reference: { PgBouncer.reference })
}

/// What is known of PgBouncer: the tables are in PgBouncerKeys.swift.
enum PgBouncer {
  /// The version that a configuration is read for.
  struct Release {
    let version: Version
    /// Whether it was given, by the user or the repository, or assumed.
    let isDeclared: Bool

    init(_ context: ReadingContext) {
      version = context.versions["pgbouncer"] ?? Technology.pgbouncer.defaultVersion
      isDeclared = context.versions["pgbouncer"] != nil
    }

    /// Whether a key that came with `since` may be used.
    func accepts(since: Version) -> Bool { !isDeclared || version >= since }
  }

  static let sections = ["pgbouncer", "databases", "users", "peers"]

  /// By name, or by the section that PgBouncer does not start without.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".ini") else { return .no }
    if name.contains("pgbouncer") { return .byName }
    let mark = Array("[pgbouncer]".utf8)
    var offset = 0
    while let open = file.head[offset...].firstIndex(of: UInt8(ascii: "[")) {
      let before = file.head[..<open].last { $0 != 0x20 && $0 != 0x09 }
      if before == nil || before == UInt8(ascii: "\n"), file.head[open...].starts(with: mark) {
        return .byContent
      }
      offset = open + 1
    }
    return .no
  }
}

/// A line that sets a key, in whichever file it stands.
struct PgBouncerLine {
  let entry: INIEntry
  let source: SourceText

  var written: String { source.text(entry.valueRange) }
  var origin: Origin { Origin(path: source.path, range: entry.valueRange) }
  var keyOrigin: Origin { Origin(path: source.path, range: entry.keyRange) }
  var line: Int { source.line(at: entry.keyRange.lowerBound) }
}
