extension MariaDBVariable {
  /// MariaDB's page in the documentation.
  static var reference: TechnologyReference {
    TechnologyReference(
      files:
        "`my.cnf`, `my.ini`, `mariadb.cnf`, `mysqld.cnf`, `mysql.cnf`, other `.cnf` files with a "
        + "group of the server, and what `!include` and `!includedir` name.",
      notes: [
        "The groups `[mysqld]`, `[server]`, `[mariadb]`, `[mariadbd]`, `[galera]` and those with the "
          + "series behind (`[mariadb-10.11]`) are read in file order; the last line that sets a "
          + "variable wins, whatever its group.",
        "`-` and `_` are one, letter case does not matter, a unique beginning of a name is enough. "
          + "Behind the digits of a number only one letter counts, as a factor: `10min` is 10 "
          + "times 1,048,576, `1e3` is beyond every bound.",
        "What lies outside a variable's bounds is adjusted with a warning; the tables were read from "
          + "MariaDB 10.11.19.",
      ],
      keys: all.filter { $0.kind != .option }.map(\.referenceKey))
  }

  /// MySQL's page in the documentation.
  static var mysqlReference: TechnologyReference {
    TechnologyReference(
      files: "The same files as [MariaDB](mariadb.md), once `--product mysql=VERSION` or "
        + "`products:` says that MySQL reads them.",
      notes: [
        "Read by MariaDB's rules. A variable that MariaDB does not have is reported as unknown, and "
          + "defaults carry a note: they are MariaDB's."
      ],
      keys: all.filter { MariaDBFacts.of($0.name).field != nil }.map(\.referenceKey))
  }

  private var referenceKey: TechnologyReference.Key {
    let facts = MariaDBFacts.of(name)
    return TechnologyReference.Key(
      name, value: valueWords(facts), field: facts.field ?? "",
      standard: standard ?? "the machine decides")
  }

  private func valueWords(_ facts: MariaDBFacts) -> String {
    let range = bounds.map { ", \($0.low) to \($0.high)" } ?? ""
    switch kind {
    case .unsigned, .signed: return facts.unit.described("integer") + range
    case .real: return facts.unit.described("number") + range
    case .bool: return "on or off"
    case .word: return words.map { "`\($0)`" }.joined(separator: ", ")
    case .words: return "some of " + words.map { "`\($0)`" }.joined(separator: ", ")
    case .text, .option: return "text"
    }
  }
}
