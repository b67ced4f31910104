package import Model

/// Everything that Headgate knows of products: what it reads and the fields that rules may use.
package enum Catalog {
  /// In the order in which they are asked; among equals the earlier one gets the file.
  package static let technologies: [Technology] = [
    .compose,
    .kubernetes, .helmValues, .systemd, .puma, .sidekiq, .gunicorn,
    .hikariCP, .quarkus, .micronaut, .springBoot, .pgbouncer, .postgresql, .mariadb, .mysql,
    .tomcatJDBC, .dbcp2, .c3p0, .agroal, .druid, .oracleUCP, .r2dbcPool, .dropwizard, .nginx,
    .sqlalchemy, .airflow, .psycopgPool, .environmentFile, .pgxpool, .prisma, .sqlclient, .npgsql,
    .rails, .sequelize, .knex, .typeorm,
    .odyssey, .pgcat, .proxysql, .haproxy, .pgpool, .maxscale,
  ]

  /// The names that `--product` knows.
  package static var productNames: [String] { technologies.map(\.name) }

  /// The technology that is surest that `file` is its own; `nil` when none is.
  ///
  /// - Parameter formats: a team's own, whose patterns win over what the catalog recognises.
  package static func recognise(
    _ file: FileCandidate, formats: [FormatMapping] = []
  ) -> Technology? {
    if let own = formats.first(where: { $0.recognises(file) }) { return own.technology }
    var best: (technology: Technology, recognition: Recognition)?
    for technology in technologies {
      let recognition = technology.recognises(file)
      guard recognition > best?.recognition ?? .no else { continue }
      best = (technology, recognition)
      if recognition == .byName { break }
    }
    return best?.technology
  }

  /// The fields of every kind of resource.
  package static let schema = Schema(
    [
      .pool, .pooler, .poolerDatabase, .proxy, .proxyServer, .databaseServer, .service, .invariant,
      .setting,
    ] + NginxSchema.all, functions: NginxTextFunctions.all,
    timeText: [nginxName: { NginxUnits.timeText(microseconds: $0) }])
}
