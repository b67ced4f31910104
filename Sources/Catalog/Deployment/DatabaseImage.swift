import Model
package import Syntax

/// Database servers that run as their image makes them, without a file of the repository.
package enum DatabaseImage {
  /// Whether a workload is a database server of a product whose defaults are known.
  package static func isServer(_ workload: Workload) -> Bool {
    technology(of: workload) != nil
  }

  /// The technology that the server is of.
  package static func technology(of workload: Workload) -> Technology? {
    switch workload.image?.product {
    case "postgresql": .postgresql
    case "mariadb": .mariadb
    case "mysql": .mysql
    default: nil
    }
  }

  /// The server: the product's defaults under the flags of its command.
  ///
  /// - Parameters:
  ///   - source: the file that deploys it.
  ///   - context: with the workload.
  package static func reading(
    of workload: Workload, in source: SourceText, _ context: ReadingContext
  ) -> Reading {
    if let file = ownFile(workload) {
      return Reading(
        resources: [],
        problems: [
          Problem(
            kind: .unknown, origin: file,
            message: "the configuration of \(workload.service.name) is not here",
            help: "its limits are then not known")
        ], sources: [source], included: [])
    }
    let reading =
      switch workload.image?.product {
      case "postgresql": PostgreSQLServer(source, context, image: workload).reading
      case "mariadb":
        MariaDBServer(source, context, product: .mariadb, image: workload).reading
      default: MariaDBServer(source, context, product: .mysql, image: workload).reading
      }
    return Reading(
      resources: reading.resources, problems: reading.problems, sources: [source], included: [])
  }

  /// What shows that the server reads a file that is not of the repository.
  private static func ownFile(_ workload: Workload) -> Origin? {
    let words = ["config_file=", "--config-file=", "--defaults-file", "--defaults-extra-file"]
    for (index, word) in workload.command.enumerated()
    where words.contains(where: { word.firstPlace(of: $0) != nil }) {
      return workload.origin(ofWord: index)
    }
    let mount = workload.files.first { file in
      file.target.hasSuffix(".cnf") || file.target.hasSuffix("postgresql.conf")
        || ["/etc/mysql", "/etc/postgresql"].contains { start in
          file.target == start || file.target.hasPrefix(start + "/")
        }
    }
    return mount.map { $0.origin ?? workload.resource.identity.origin }
  }
}
