import Model

/// I5: PgBouncer may open all the files that it promises its clients.
///
/// It prints the sum at start as "max expected fd use" and leaves out the reserve, which is added
/// where it is used.
enum FileDescriptors {
  /// Files that it opens for itself, and those of its administration database.
  private static let own = 12.0

  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.compactMap { service in
      guard let pooler = service.poolers.first, pooler.technology == "pgbouncer",
        let limit = service.number(.fileLimit, field: "file_limit"),
        let clients = pooler.number("max_clients")
      else { return nil }
      let sizes = service.databases.map {
        PoolerSize(service: service, pooler: pooler, database: $0)
      }
      var left = [Term("clients", clients)]
      // What max_db_connections forbids is never opened, although the print counts it.
      left += sizes.map { size in
        Term(size.label, size.isBounded ? size.quantity : Quantity(size.size))
      }
      left += sizes.compactMap(\.furtherUsers)
      left.append(Term("of its own", Quantity(constant: own)))
      left += sizes.filter { !$0.isBounded }.compactMap { size in
        size.reserve.map { Term("reserve of \(size.label)", Quantity($0)) }
      }
      return Invariant(
        .fileDescriptors, of: deployment.name, subject: "open files of \(service.name)",
        left: left, right: [Term("RLIMIT_NOFILE", limit)],
        consequence: "\(service.name) cannot open what it promises")
    }
  }
}
