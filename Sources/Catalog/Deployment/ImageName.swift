package import Model

/// The name of a container image: `registry.example/team/postgres:15-alpine`.
package struct ImageName: Sendable, Hashable {
  /// Without registry, tag and digest: `team/postgres`.
  package let repository: String
  /// `15-alpine`; `nil` where none is written.
  package let tag: String?
  /// The product that the image's own name says it runs, as in `Technology.name`; `nil` for
  /// programs of the team's own and for tools around a product.
  package let product: String?

  /// The last part of the repository.
  package var name: String { ConfigurationText.name(of: repository) }

  package init(_ text: String) {
    var rest = text[...]
    if let at = rest.firstIndex(of: "@") { rest = rest[..<at] }
    let slash = rest.lastIndex(of: "/")
    if let colon = rest.lastIndex(of: ":"), slash.map({ $0 < colon }) != false {
      let tag = rest[rest.index(after: colon)...]
      self.tag = tag.isEmpty ? nil : String(tag)
      rest = rest[..<colon]
    } else {
      tag = nil
    }
    if let first = rest.split(separator: "/").first, first.count < rest.count,
      first.contains(".") || first.contains(":") || first == "localhost"
    {
      rest = rest.dropFirst(first.count + 1)
    }
    if rest.hasPrefix("library/") { rest = rest.dropFirst("library/".count) }
    repository = String(rest)
    product = Self.product(ConfigurationText.name(of: String(rest)))
  }

  /// The product's version that the tag says; `nil` where the tag is not the product's version.
  ///
  /// Tags of the projects' own images are versions; a team's image of its own counts its builds.
  package var version: Version? {
    guard let product, let tag else { return nil }
    if product == "postgresql", let major = Self.suffix(of: tag, after: "pg") {
      return Version(major)
    }
    let digits = tag.first == "v" ? tag.dropFirst() : tag[...]
    guard let version = Version(String(digits)), let range = Self.plausible[product],
      range.contains(version.major)
    else { return nil }
    switch product {
    case "nginx": return isKnown ? Self.nginxVersion(version) : nil
    case "pgbouncer": return version.parts.count > 1 ? version : nil
    default: return isKnown ? version : nil
    }
  }

  /// Whether it is an image of a project that tags by the product's version.
  private var isKnown: Bool {
    let owner = repository.contains("/") ? String(repository.prefix { $0 != "/" }) : ""
    return Self.owners.contains(owner)
  }

  private static let owners: Set<String> = [
    "", "bitnami", "bitnamilegacy", "postgis", "timescale", "timescaledb", "pgvector", "supabase",
    "nginxinc", "openresty", "edoburu", "percona", "mariadb", "mysql", "cimg", "circleci",
    "arm64v8", "amd64",
  ]

  private static let plausible: [String: ClosedRange<Int>] = [
    "postgresql": 8...30, "mysql": 5...9, "mariadb": 5...13, "nginx": 0...1, "pgbouncer": 1...1,
  ]

  /// Words that make an image one of a tool around the product, or of a program on top of it.
  private static let others: Set<String> = [
    "exporter", "admin", "pgadmin", "phpmyadmin", "backup", "dump", "client", "manager", "operator",
    "ui", "migrate", "migration", "migrations", "s3", "flask", "uwsgi", "php", "fpm", "django",
    "node", "python", "rails", "api", "app", "prometheus", "ingress", "test", "connector",
    "debezium", "router", "shell", "cloud", "clickhouse", "logstash", "init", "rest", "postgrest",
  ]

  /// A pooler in front of PostgreSQL has both names.
  private static let products: [(word: String, product: String)] = [
    ("pgbouncer", "pgbouncer"), ("pgcat", "pgcat"), ("odyssey", "odyssey"), ("pgpool", "pgpool"),
    ("proxysql", "proxysql"), ("maxscale", "maxscale"), ("haproxy", "haproxy"),
    ("mariadb", "mariadb"), ("mysql", "mysql"), ("percona", "mysql"), ("postgres", "postgresql"),
    ("postgresql", "postgresql"), ("postgis", "postgresql"), ("timescaledb", "postgresql"),
    ("pgvector", "postgresql"), ("nginx", "nginx"), ("openresty", "nginx"),
  ]

  private static func product(_ name: String) -> String? {
    let words = Set(
      name.lowercased().split { !$0.isLetter && !$0.isNumber }.map { word in
        String(word.reversed().drop { $0.isNumber }.reversed())
      })
    guard words.isDisjoint(with: others) else { return nil }
    return products.first { words.contains($0.word) }?.product
  }

  /// The number behind `word`: 14 of `2.11-pg14`.
  private static func suffix(of tag: String, after word: String) -> Int? {
    guard let place = tag.firstPlace(of: word) else { return nil }
    return Int(tag[place.upperBound...].prefix { $0.isNumber })
  }

  /// The last release of each finished branch, which a tag of two numbers stands for; source:
  /// nginx's list of changes.
  private static let lastPatch: [Int: Int] = [
    16: 1, 17: 10, 18: 0, 19: 10, 20: 2, 21: 6, 22: 1, 23: 4, 24: 0, 25: 5, 26: 3, 27: 5,
  ]

  private static func nginxVersion(_ version: Version) -> Version? {
    guard version.parts.count < 3 else { return version }
    guard version.parts.count == 2, version.parts[0] == 1 else { return nil }
    return lastPatch[version.parts[1]].map { Version(1, version.parts[1], $0) }
  }
}
