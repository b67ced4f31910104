import Model
import Syntax

extension Technology {
  /// Spring Boot's configuration files, for the pools that they describe.
  ///
  /// Pools are resources of their own product. For HikariCP `--product hikaricp=…` sets the
  /// version, else `--product spring-boot=…` chooses the one that it brings, else that of Spring
  /// Boot 3.5, the last of line 3.
  package static let springBoot = Technology(
    name: "spring-boot", title: "Spring Boot", defaultVersion: Version(3, 5, 0),
    recognises: { SpringBoot.recognition(of: $0) },
    read: { source, context in SpringGroup(source, context).reading },
    reference: { SpringBoot.reference })
}

enum SpringBoot {
  /// HikariCP's version by Spring Boot's; source: Spring Boot's dependency management by tag.
  private static let hikari: [(Version, Version)] = [
    (Version(2, 0), Version(2, 7, 8)), (Version(2, 1), Version(3, 2, 0)),
    (Version(2, 2), Version(3, 4, 1)), (Version(2, 3), Version(3, 4, 5)),
    (Version(2, 5), Version(4, 0, 3)), (Version(3, 0), Version(5, 0, 1)),
    (Version(3, 3), Version(5, 1, 0)), (Version(3, 5), Version(6, 3, 0)),
    (Version(4, 0), Version(7, 0, 2)), (Version(4, 2), Version(7, 1, 0)),
  ]

  /// The HikariCP that runs: the given one, or the one that the given Spring Boot brings.
  static func hikariVersion(_ versions: [String: Version]) -> Version {
    if let version = versions["hikaricp"] { return version }
    let boot = versions["spring-boot"] ?? Technology.springBoot.defaultVersion
    return hikari.last { $0.0 <= boot }?.1 ?? hikari[0].1
  }

  /// `application*` and `bootstrap*` by name, other files when they describe a data source of
  /// Spring.
  static func recognition(of file: FileCandidate) -> Recognition {
    guard let parts = SpringFile(path: file.path) else { return .no }
    if parts.hasSpringName { return .byName }
    var hasSpring = false
    var hasDataSource = false
    for line in file.head.split(separator: 0x0A) {
      if parts.format == .properties {
        if line.starts(with: "spring.datasource.".utf8) { return .byContent }
        if line.starts(with: "spring.r2dbc.".utf8) { return .byContent }
        continue
      }
      if line.starts(with: "apiVersion:".utf8) { return .no }
      if line.starts(with: "spring:".utf8) { hasSpring = true }
      let word = line.drop { $0 == 0x20 }
      if word.starts(with: "datasource:".utf8) || word.starts(with: "r2dbc:".utf8) {
        hasDataSource = true
      }
    }
    return hasSpring && hasDataSource ? .byContent : .no
  }
}
