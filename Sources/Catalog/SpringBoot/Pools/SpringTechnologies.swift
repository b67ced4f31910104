import Model

/// Pools that are configured in Spring Boot's files only: their versions can be given, and each has
/// a page of its own.
extension Technology {
  /// Alibaba's Druid below `spring.datasource.druid`.
  package static let druid = springPool(.druid, below: "spring.datasource.druid.")

  /// Oracle's Universal Connection Pool below `spring.datasource.oracleucp`.
  package static let oracleUCP = springPool(.oracleUCP, below: "spring.datasource.oracleucp.")

  /// The pool of reactive connections below `spring.r2dbc.pool`.
  package static let r2dbcPool = springPool(.r2dbcPool, below: "spring.r2dbc.pool.")

  private static func springPool(_ product: PoolProduct, below prefix: String) -> Technology {
    Technology(
      name: product.technology, title: product.title, defaultVersion: product.version,
      recognises: { _ in .no },
      read: { source, context in SpringGroup(source, context).reading },
      reference: {
        TechnologyReference(
          files: "The files of [Spring Boot](spring-boot.md).",
          notes: [
            "Keys are matched as Spring Boot does: `\(prefix)max-active` and `maxActive` are one "
              + "key. A default that is not confirmed by the product's source is unknown."
          ],
          keys: product.keys.map { $0.reference(prefix: prefix) })
      })
  }
}
