import Model
import Syntax

extension Technology {
  /// Services of docker compose, with the pools that stand in their environment.
  package static let compose = Technology(
    name: "compose", title: "Docker Compose", defaultVersion: Version(2),
    recognises: { ComposeRecognition.recognise($0) },
    read: { source, context in ComposeProject(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`compose.yaml`, `docker-compose.yml` and their variants, such as "
          + "`docker-compose.prod.yml`, and other YAML files with `services` of images.",
        notes: [
          "`docker-compose.override.yml`, `extends`, `include`, anchors and `<<` are followed. A "
            + "variant whose services have no image of their own is read over the base file.",
          "`${NAME}` takes its value from `.env` beside the file; `${NAME:-default}` runs with its "
            + "default and keeps the provenance `placeholder`, because the shell may set it; "
            + "without both it is unknown.",
          "An `env_file` is read; one that is not here is said, since its variables may override.",
          "Each service counts `deploy.replicas` or `scale` times, 1 where neither is written. "
            + "`deploy.mode: global` runs one on each node, which no file counts.",
          "Variables that hold a database's address are [pools](database-url.md) of the service; "
            + "variables that override a key of a file count where a service runs that file.",
          "Images of PostgreSQL, MariaDB and MySQL are servers, with the flags of `command`.",
          "Of the Dockerfile in a `build` context `ENV`, `ENTRYPOINT` and `CMD` count below what "
            + "the service says, and `FROM` for the product; what the image behind it says is "
            + "not known.",
          "Images of PgBouncer by edoburu and Bitnami are read from their variables; Spring Boot "
            + "without a file here from `SPRING_DATASOURCE_…`, with all other keys unknown.",
        ],
        keys: ComposeService.keys)
    })
}

/// Tells compose files from the many other files in YAML.
enum ComposeRecognition {
  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name.lowercased()
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return .no }
    let isNamed = isName(name)
    var shape = Shape()
    for line in candidate.head.split(separator: 0x0A) {
      shape.add(line)
      if shape.isOther { return .no }
    }
    if isNamed { return shape.hasServices || shape.hasInclude ? .byName : .no }
    return shape.hasServices && shape.hasImage ? .byContent : .no
  }

  /// `docker-compose.yml`, `compose.prod.yaml`, `docker-compose-dev.yml`, `prod.compose.yml`.
  static func isName(_ name: String) -> Bool {
    let stem = name.split(separator: ".").dropLast()
    guard let first = stem.first else { return false }
    return ["docker-compose", "compose"].contains { word in
      first == word || first.hasPrefix(word + "-") || first.hasPrefix(word + "_")
        || stem.dropFirst().contains { $0 == word }
    }
  }

  /// What the lines show.
  private struct Shape {
    var hasServices = false
    var hasInclude = false
    var hasImage = false
    var isOther = false
    private var isBelow = false
    private var awaitsFirst = false

    mutating func add(_ line: ArraySlice<UInt8>) {
      let indent = line.prefix { $0 == 0x20 }.count
      let word = line.dropFirst(indent)
      guard let first = word.first, first != UInt8(ascii: "#"), first != 0x0D else { return }
      if indent == 0 {
        isBelow = word.starts(with: "services:".utf8)
        awaitsFirst = isBelow
        if word.starts(with: "include:".utf8) { hasInclude = true }
        if word.starts(with: "apiVersion:".utf8) { isOther = true }
        return
      }
      guard isBelow else { return }
      if awaitsFirst {
        // A list is of GitLab or Drone, whose services are images that a job needs.
        awaitsFirst = false
        hasServices = first != UInt8(ascii: "-")
      }
      let keys = ["image:", "build:", "extends:"]
      if keys.contains(where: { word.starts(with: $0.utf8) }) { hasImage = true }
    }
  }
}
