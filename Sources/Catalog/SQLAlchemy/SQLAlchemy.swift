import Model

extension Technology {
  /// SQLAlchemy in INI files: pyramid's and paste's with their prefix, and `alembic.ini`.
  package static let sqlalchemy = Technology(
    name: "sqlalchemy", title: "SQLAlchemy", defaultVersion: PoolProduct.sqlalchemy.version,
    recognises: { SQLAlchemyFile.recognise($0) },
    read: { source, context in SQLAlchemyFile(source, context).reading },
    reference: {
      TechnologyReference(
        files: "INI files with keys such as `sqlalchemy.url` and `sqlalchemy.pool_size`, which "
          + "`engine_from_config` reads: `development.ini` of pyramid, `alembic.ini`; another "
          + "prefix counts where an address of a database and a key of the pool have it.",
        notes: [
          "`pool_size + max_overflow` is no key: it is what both come to, the most connections.",
          "`pool_pre_ping = false` is true: the text is not converted.",
          "What stands behind `?` in the address goes to the driver, never to the pool.",
          "Alembic takes its pool from `env.py`: with `NullPool`, as generated, a size in "
            + "`alembic.ini` stops every command; where `env.py` is not there it is unknown.",
        ],
        keys: PoolProduct.sqlalchemy.keys.map { $0.reference(prefix: "sqlalchemy.") })
    })

  /// Apache Airflow's own database in `airflow.cfg`.
  package static let airflow = Technology(
    name: "airflow", title: "Apache Airflow", defaultVersion: PoolProduct.airflow.version,
    recognises: { AirflowFile.recognise($0) },
    read: { source, context in AirflowFile(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`airflow.cfg`: the section `[database]`, before 2.3 `[core]`.",
        notes: [
          "Airflow makes a second, asynchronous engine with the same sizes: both are counted.",
          "`AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE` and the like override the file.",
        ],
        keys: PoolProduct.airflow.keys.map { $0.reference() })
    })
}
