import Catalog
import Policy

extension CommentStyle {
  /// How comments are written in the file at `path`, which `technology` reads; `nil` where they are
  /// not written at all, as in JSON.
  static func of(_ path: String, _ technology: String) -> CommentStyle? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if let dot = name.lastIndex(of: "."), let style = byEnding[String(name[dot...])] {
      return style
    }
    if name.hasPrefix(".env") || name.hasSuffix(".env") { return .ini }
    if name.hasSuffix(".json") { return nil }
    return byTechnology[technology] ?? .hash
  }

  private static let byEnding: [String: CommentStyle] = [
    ".properties": .properties, ".yml": .hash, ".yaml": .hash, ".toml": .hash, ".xml": .xml,
    ".config": .xml, ".ini": .ini, ".env": .ini, ".cnf": .hash, ".service": .ini,
    ".prisma": .slashes,
    ".rb": .hash, ".py": .hash,
  ]

  /// Of products whose files end as they like.
  private static let byTechnology: [String: CommentStyle] = [
    "pgbouncer": .ini, "maxscale": .ini, "systemd": .ini, "proxysql": .hashOrSlashes,
    "prisma": .slashes,
  ]
}
