extension SpringBoot {
  /// Spring Boot's page in the documentation.
  static var reference: TechnologyReference {
    TechnologyReference(
      files: "`application*` and `bootstrap*` as `.properties`, `.yml` and `.yaml`, other files of "
        + "these kinds that describe a data source, and what `spring.config.import` names.",
      notes: [
        "A pool is read once without a profile and once for each profile; the files of one folder "
          + "are read together, in Spring's order of precedence. Keys are matched as Spring does: "
          + "`maximum-pool-size`, `maximumPoolSize` and `MAXIMUM_POOL_SIZE` are one key.",
        "`${NAME:default}` runs with its default and keeps the provenance `placeholder`, because "
          + "the environment may set it; `${NAME}` without default is unknown.",
        "The keys of a pool are those of [HikariCP](hikaricp.md), below `spring.datasource.hikari`, "
          + "or of the pool that `spring.datasource.type` selects: [Tomcat JDBC](tomcat-jdbc.md), "
          + "[DBCP2](dbcp2.md), [Oracle UCP](oracle-ucp.md), [Druid](druid.md). Without a type the "
          + "keys tell which it is. Keys of a pool that is not selected have no effect.",
        "`spring.r2dbc` gives an [R2DBC pool](r2dbc-pool.md); its times are durations (`30s`, "
          + "`PT30S`, a bare number is milliseconds).",
      ],
      keys: HikariKey.all.filter { $0.until == nil }.map { key in
        TechnologyReference.Key(
          "spring.datasource.hikari." + Self.dashed(key.name), value: "as `\(key.name)`",
          field: key.field ?? "")
      })
  }

  /// `maximumPoolSize` as Spring's documentation spells it: `maximum-pool-size`.
  private static func dashed(_ name: String) -> String {
    name.reduce(into: "") { result, letter in
      if letter.isUppercase, result.last?.isUppercase == false, result.last != "-" {
        result += "-"
      }
      result += letter.lowercased()
    }
  }
}
