import Model
import Syntax

extension Technology {
  /// PgCat: pgcat.toml.
  package static let pgcat = Technology(
    name: "pgcat", title: "PgCat", defaultVersion: PoolProduct.pgcat.version,
    recognises: { PgCat.recognise($0) },
    read: { source, context in PgCatFile(source, context).reading },
    reference: { PgCat.reference })
}

enum PgCat {
  /// By name, or by the users and shards that only PgCat's pools have.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".toml") else { return .no }
    if name.contains("pgcat") { return .byName }
    let text = file.head
    guard contains(text, "[pools."), contains(text, ".users.") else { return .no }
    return contains(text, "pool_size") || contains(text, ".shards.") ? .byContent : .no
  }

  private static func contains(_ bytes: [UInt8], _ word: String) -> Bool {
    let word = Array(word.utf8)
    var start = 0
    while let found = bytes[start...].firstIndex(of: word[0]) {
      if bytes[found...].starts(with: word) { return true }
      start = found + 1
    }
    return false
  }

  static var reference: TechnologyReference {
    TechnologyReference(
      files: "Files ending in `.toml` with `pgcat` in their names, or with `[pools.NAME.users.N]` "
        + "tables.",
      notes: [
        "Each user of a pool is a resource of its own. It may have as many connections as its "
          + "`pool_size` says to every server of every shard.",
        "Times of a user win over those of its pool, and these over `[general]`; all are in "
          + "milliseconds but `ban_time`. `connect_timeout` is the wait for a connection of the "
          + "pool. A time or size of 0 is not accepted where the pool is made.",
      ],
      keys: PoolProduct.pgcat.keys.map { $0.reference(prefix: "general.") }
        + PoolProduct.pgcatPool.keys.map { $0.reference(prefix: "pools.*.users.*.") })
  }
}
