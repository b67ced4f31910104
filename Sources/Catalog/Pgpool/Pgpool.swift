import Model
import Syntax

extension Technology {
  /// Pgpool-II: pgpool.conf and the files it includes.
  ///
  /// What it makes of values was tried on 4.3.5.
  package static let pgpool = Technology(
    name: "pgpool", title: "Pgpool-II", defaultVersion: PoolProduct.pgpool.version,
    recognises: { Pgpool.recognise($0) },
    read: { source, context in PgpoolFile(source, context).reading },
    reference: { Pgpool.reference })
}

enum Pgpool {
  private static let marks = [
    "num_init_children", "max_pool", "backend_hostname0", "child_life_time", "pcp_port",
    "sr_check_period", "connection_life_time", "load_balance_mode",
  ]

  /// By name, or by two keys that only Pgpool-II has.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".conf") else { return .no }
    if name.hasPrefix("pgpool") { return .byName }
    guard let line = FirstLine.of(file.head), FirstLine.isKey(line, followedBy: "=") else {
      return .no
    }
    var found: Set<String> = []
    for line in file.head.split(separator: UInt8(ascii: "\n")) {
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      guard let first = text.first, "nmbcpsl".utf8.contains(first) else { continue }
      guard let mark = marks.first(where: { text.starts(with: $0.utf8) }) else { continue }
      let rest = text.dropFirst(mark.utf8.count).drop { $0 == 0x20 || $0 == 0x09 }
      if rest.first == UInt8(ascii: "=") { found.insert(mark) }
    }
    return found.count >= 2 ? .byContent : .no
  }

  static var reference: TechnologyReference {
    TechnologyReference(
      files: "Files called `pgpool*.conf`, files with two keys that only Pgpool-II has, and what "
        + "`include` names.",
      notes: [
        "Each child serves one client at a time and keeps up to `max_pool` connections to every "
          + "server: clients are limited to `num_init_children`, connections to a server to the "
          + "product of the two.",
        "Numbers are read as PostgreSQL reads them: `010` is 8, 1.5 is 2. A unit must touch its "
          + "number: of `5 min` only the 5 is read, as 5 seconds; 300ms rounds to 0. "
          + "`connect_timeout` takes no unit. Unknown keys are ignored.",
      ],
      keys: PoolProduct.pgpool.keys.map { $0.reference() })
  }
}
