import Model
import Syntax

extension Technology {
  /// ProxySQL: proxysql.cnf, which fills the database that ProxySQL keeps on its first start.
  package static let proxysql = Technology(
    name: "proxysql", title: "ProxySQL", defaultVersion: PoolProduct.proxysql.version,
    recognises: { ProxySQL.recognise($0) },
    read: { source, context in ProxySQLFile(source, context).reading },
    reference: { ProxySQL.reference })
}

enum ProxySQL {
  private static let groups: Set<String> = [
    "admin_variables", "mysql_variables", "mysql_servers", "mysql_users", "pgsql_variables",
    "pgsql_servers", "pgsql_users", "mysql_query_rules", "proxysql_servers",
  ]

  /// By name, or by two of the groups that only ProxySQL has.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".cnf") || name.hasSuffix(".cfg") || name.hasSuffix(".conf") else {
      return .no
    }
    let isNamed = name.contains("proxysql")
    guard isNamed || mayBegin(file.head) else { return .no }
    let found = groups.count { startsLine($0, in: file.head) }
    if isNamed, found > 0 || name == "proxysql.cnf" { return .byName }
    return found >= 2 ? .byContent : .no
  }

  /// Whether the first line is a setting of libconfig, or a comment of the kind with slashes.
  private static func mayBegin(_ head: [UInt8]) -> Bool {
    guard let line = FirstLine.of(head) else { return false }
    // The sign may stand on the next line.
    return line.first == UInt8(ascii: "/") || FirstLine.isKey(line, followedBy: "=:")
      || FirstLine.word(line).endIndex == line.endIndex
  }

  /// Whether a line begins with a word and goes on with what a setting goes on with.
  private static func startsLine(_ word: String, in bytes: [UInt8]) -> Bool {
    let word = Array(word.utf8)
    var start = 0
    while let found = bytes[start...].firstIndex(of: word[0]) {
      start = found + 1
      guard bytes[found...].starts(with: word) else { continue }
      let before = bytes[..<found].last { $0 != 0x20 && $0 != 0x09 }
      let after = bytes[(found + word.count)...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
      let isAlone = before == nil || before == UInt8(ascii: "\n")
      if isAlone, let after, "=:\n".utf8.contains(after) { return true }
    }
    return false
  }

  static var reference: TechnologyReference {
    TechnologyReference(
      files: "Files ending in `.cnf`, `.cfg` or `.conf` with `proxysql` in their names, or with "
        + "two of ProxySQL's groups such as `mysql_variables` and `mysql_servers`.",
      notes: [
        "The file is read only when ProxySQL has no database yet: what was changed at run time "
          + "and saved wins over it from then on.",
        "A value outside a variable's range is dropped and the default runs. A server with "
          + "`max_connections` 0 gets no connection; each server of a hostgroup is a resource of "
          + "its own.",
        "Defaults of `pgsql_variables` (3.0 and later) are not known: what is written is shown.",
      ],
      keys: PoolProduct.proxysql.keys.map { $0.reference(prefix: "mysql_variables.") }
        + PoolProduct.proxysqlServer.keys.map { $0.reference(prefix: "mysql_servers.") }
        + PoolProduct.proxysqlUser.keys.map { $0.reference(prefix: "mysql_users.") })
  }
}
