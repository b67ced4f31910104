import Model

extension Technology {
  /// Sequelize's `config/config.json`.
  package static let sequelize = Technology(
    name: "sequelize", title: "Sequelize", defaultVersion: PoolProduct.sequelize.version,
    recognises: { NodeFile.recognise($0, .sequelize) },
    read: { source, context in NodeFile(source, context, .sequelize).reading },
    reference: {
      TechnologyReference(
        files: "`config/config.json` and `config/database.json` with a `dialect`: each "
          + "environment. Configuration in JavaScript is code and is not read.",
        notes: ["Times are milliseconds. SQLite has no connections to count."],
        keys: PoolProduct.sequelize.keys.map { $0.reference() })
    })

  /// Knex's `knexfile.json`.
  package static let knex = Technology(
    name: "knex", title: "Knex", defaultVersion: PoolProduct.knex.version,
    recognises: { NodeFile.recognise($0, .knex) },
    read: { source, context in NodeFile(source, context, .knex).reading },
    reference: {
      TechnologyReference(
        files: "`knexfile.json` with a `client`: the connection or each environment. A "
          + "`knexfile.js` is code: that its pools are not counted is said.",
        notes: [
          "Times are milliseconds, and 0 stands for the default.",
          "Of `acquireConnectionTimeout` and `pool.acquireTimeoutMillis` the smaller counts.",
        ],
        keys: PoolProduct.knex.keys.map { $0.reference() })
    })

  /// TypeORM's `ormconfig.json` and `ormconfig.yml`.
  package static let typeorm = Technology(
    name: "typeorm", title: "TypeORM", defaultVersion: PoolProduct.typeorm.version,
    recognises: { NodeFile.recognise($0, .typeorm) },
    read: { source, context in NodeFile(source, context, .typeorm).reading },
    reference: {
      TechnologyReference(
        files: "`ormconfig.json` and `ormconfig.yml` with a `type`: one connection or a list. Of "
          + "`ormconfig.js` it is said that its pools are not counted.",
        notes: [
          "`poolSize` becomes the driver's own size; what stands in `extra` wins over it.",
          "The keys are those of node-postgres; with MySQL they are mysql2's: "
            + "`extra.connectionLimit`, `extra.queueLimit`, `extra.waitForConnections`.",
          "With node-postgres a request waits for ever unless `extra.connectionTimeoutMillis` is "
            + "written.",
        ],
        keys: PoolProduct.typeorm.keys.map { $0.reference() })
    })
}
