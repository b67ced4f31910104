import Model
import Syntax

extension Technology {
  /// MariaDB's and MySQL's server configuration: my.cnf and the files it includes.
  ///
  /// Behaviour and tables were read from MariaDB 10.11.19. `--product mysql=…` says that the file
  /// is MySQL's: then only names and values that both have are judged.
  package static let mariadb = Technology(
    name: "mariadb", title: "MariaDB", defaultVersion: Version(10, 11, 19),
    recognises: { MariaDB.recognise($0) },
    read: { source, context in MariaDBServer(source, context, product: .mariadb).reading },
    reference: { MariaDBVariable.reference })

  /// MySQL's configuration, read by the same rules: its own tables were not to be had.
  package static let mysql = Technology(
    name: "mysql", title: "MySQL", defaultVersion: Version(8, 0),
    recognises: { _ in .no },
    read: { source, context in MariaDBServer(source, context, product: .mysql).reading },
    reference: { MariaDBVariable.mysqlReference })
}

enum MariaDB {
  /// Whose server reads the file.
  enum Product: String {
    case mariadb, mysql
  }

  /// `my.cnf` and the like by name, other `.cnf` and `.ini` files by a group of the server.
  static func recognise(_ file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".cnf") || name == "my.ini" else { return .no }
    if ["my.cnf", "my.ini", "mariadb.cnf", "mysqld.cnf", "mysql.cnf"].contains(name) {
      return .byName
    }
    // OpenSSL's files end in .cnf as well.
    return INIDocument(SourceText(path: file.path, bytes: file.head), dialect: .mysql).sections
      .contains { isServerGroup($0.name) || $0.name == "client" } ? .byContent : .no
  }

  private static func isServerGroup(_ name: String) -> Bool {
    ["mysqld", "mariadb", "mariadbd", "server", "galera"].contains(name)
      || name.hasPrefix("mysqld-") || name.hasPrefix("mariadb-") || name.hasPrefix("mariadbd-")
  }

  /// Whether the server of a version reads a group; source: `load_default_groups` of the server.
  static func reads(_ group: String, _ product: Product, _ version: Version) -> Bool {
    let series = version.parts.prefix(2).map(String.init).joined(separator: ".")
    switch product {
    case .mysql: return ["mysqld", "server", "mysqld-\(series)"].contains(group)
    case .mariadb:
      return [
        "mysqld", "server", "mysqld-\(series)", "mariadb", "mariadb-\(series)", "mariadbd",
        "mariadbd-\(series)", "galera",
      ].contains(group)
    }
  }
}
