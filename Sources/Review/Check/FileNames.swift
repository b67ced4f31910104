/// What a file's name tells before it is opened.
enum FileNames {
  /// Endings of the configuration files that the catalog reads; other files of a tree are not
  /// opened.
  private static let endings = [
    ".conf", ".properties", ".yml", ".yaml", ".ini", ".cfg", ".cnf", ".toml", ".vhost", ".nginx",
    ".service",
  ]

  static func mayBeConfiguration(_ path: String) -> Bool {
    if endings.contains(where: path.hasSuffix) || mayBePool(path) { return true }
    let folders = path.split(separator: "/").dropLast()
    return folders.contains { $0.hasPrefix("sites-") || $0 == "conf.d" || $0 == "nginx" }
  }

  /// Whether a file of an ending that most other files of a tree have is one of a pool.
  private static func mayBePool(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let name = parts.last?.lowercased() else { return false }
    if name.hasSuffix(".json") {
      return poolNames.contains(name) || name.hasPrefix("appsettings.") || name.contains("psycopg")
        || parts.dropLast().last == "config" && ["config.json", "database.json"].contains(name)
    }
    return poolNames.contains(name) || name.hasPrefix(".env.") || name.hasSuffix(".env")
      || name.hasPrefix("knexfile.") || name.hasPrefix("ormconfig.")
      || name.hasSuffix(".prisma") || name.hasSuffix(".rb") && parts.dropLast().last == "puma"
  }

  private static let poolNames: Set<String> = [
    "pool.json", "knexfile.json", "ormconfig.json", "web.config", "app.config", "puma.rb",
    "gunicorn.conf.py", "gunicorn_conf.py", "gunicorn.py", "gunicorn_config.py",
  ]

  /// Names that are one product's alone: such a file is never passed over.
  private static let ownNames: Set<Substring> = [
    "nginx.conf", "pgbouncer.ini", "postgresql.conf", "hikari.properties",
  ]

  static func isOwnName(_ path: String) -> Bool {
    ownNames.contains(path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...])
  }
}
