import Model
package import Syntax

/// The `pgbouncer.ini` that the entry script of an image writes from its environment.
///
/// Sources: `entrypoint.sh` of edoburu/pgbouncer 1.24, which writes a key only where its variable
/// is not empty, and `libpgbouncer.sh` of bitnami/pgbouncer 1.23.
package enum PgBouncerImage {
  /// The images whose scripts are known.
  private enum Script { case edoburu, bitnami }

  /// Whether a workload is such an image.
  package static func isKnown(_ workload: Workload) -> Bool { script(of: workload) != nil }

  private static func script(of workload: Workload) -> Script? {
    guard let image = workload.image, image.product == "pgbouncer" else { return nil }
    switch image.repository {
    case "edoburu/pgbouncer": return .edoburu
    case "bitnami/pgbouncer", "bitnamilegacy/pgbouncer": return .bitnami
    default: return nil
    }
  }

  /// The pooler that runs; what no variable says has the script's or PgBouncer's default.
  ///
  /// - Parameters:
  ///   - source: the file that deploys it.
  ///   - context: with the workload.
  package static func reading(
    of workload: Workload, in source: SourceText, _ context: ReadingContext
  ) -> Reading {
    guard let script = script(of: workload), !hasOwnFile(workload) else {
      return Reading(
        resources: [],
        problems: [
          Problem(
            kind: .unknown, origin: workload.resource.identity.origin,
            message: "the configuration of \(workload.service.name) is not here",
            help: "its limits are then not known")
        ], sources: [source], included: [])
    }
    var file = GeneratedFile(path: "\(source.path)/pgbouncer.ini", for: workload)
    switch script {
    case .edoburu: edoburu(&file)
    case .bitnami: bitnami(&file)
    }
    let own = ReadingContext(
      files: NoFiles(), versions: context.versions, environment: context.environment,
      givenVersions: context.givenVersions, workload: workload)
    let reading = Technology.pgbouncer.read(file.source, own)
    let resources = reading.resources.compactMap { $0 as? SettingsResource }.map { resource in
      resource.moved(to: file.place) { file.origin(of: $0) }.run(by: workload.service)
    }
    let problems = reading.problems.map { problem in
      Problem(
        kind: problem.kind == .refused ? .refused : .unknown,
        origin: file.origin(of: problem.origin) ?? file.place, message: problem.message,
        help: problem.help)
    }
    return Reading(
      resources: resources, problems: problems, sources: [source], included: [])
  }

  /// Whether a file that is not of the repository is put in the place of the written one.
  private static func hasOwnFile(_ workload: Workload) -> Bool {
    workload.files.contains { file in
      ["/etc/pgbouncer", "/opt/bitnami/pgbouncer/conf", "/bitnami/pgbouncer/conf"].contains {
        file.target == $0 || file.target.hasPrefix($0 + "/")
      } && !file.target.hasSuffix("userlist.txt")
    }
  }

  private static func edoburu(_ file: inout GeneratedFile) {
    let url = file.variable("DATABASE_URL")
    let parts = (url?.value ?? url?.template).flatMap { DatabaseURL($0) }
    file.write("[databases]\n")
    file.line("", parts?.database ?? file.value("DB_NAME") ?? "*", of: ["DATABASE_URL", "DB_NAME"])
    file.part(" = host=", parts?.host ?? file.value("DB_HOST"), of: ["DATABASE_URL", "DB_HOST"])
    file.part(
      " port=", parts?.port.map { "\($0)" } ?? file.value("DB_PORT") ?? "5432",
      of: ["DATABASE_URL", "DB_PORT"])
    file.write("\n[pgbouncer]\n")
    file.line(
      "listen_port = ", file.value("LISTEN_PORT") ?? "5432", of: ["LISTEN_PORT"], ends: true)
    for key in keys {
      let name = key.uppercased()
      if file.isSet(name) {
        file.line("\(key) = ", file.value(name), of: [name], ends: true)
      }
    }
  }

  private static func bitnami(_ file: inout GeneratedFile) {
    file.write("[databases]\n")
    let name = file.value("PGBOUNCER_DATABASE") ?? file.value("POSTGRESQL_DATABASE") ?? "postgres"
    file.line("", name, of: ["PGBOUNCER_DATABASE", "POSTGRESQL_DATABASE"])
    file.part(" = host=", file.value("POSTGRESQL_HOST") ?? "postgresql", of: ["POSTGRESQL_HOST"])
    file.part(" port=", file.value("POSTGRESQL_PORT") ?? "5432", of: ["POSTGRESQL_PORT"])
    file.part(
      " dbname=", file.value("POSTGRESQL_DATABASE") ?? "postgres", of: ["POSTGRESQL_DATABASE"])
    if file.isTrue("PGBOUNCER_SET_DATABASE_USER") {
      file.part(
        " user=", file.value("POSTGRESQL_USERNAME") ?? "postgres", of: ["POSTGRESQL_USERNAME"])
    }
    file.write("\n[pgbouncer]\n")
    file.line(
      "listen_port = ", file.value("PGBOUNCER_PORT") ?? "6432", of: ["PGBOUNCER_PORT"], ends: true)
    for key in keys {
      let name = "PGBOUNCER_\(key.uppercased())"
      if file.isSet(name) {
        file.line("\(key) = ", file.value(name), of: [name], ends: true)
      }
    }
  }

  /// The keys that both scripts write.
  private static let keys = [
    "pool_mode", "max_client_conn", "default_pool_size", "min_pool_size", "reserve_pool_size",
    "reserve_pool_timeout", "max_db_connections", "max_user_connections", "server_round_robin",
    "max_prepared_statements", "server_reset_query", "server_reset_query_always",
    "server_check_delay", "server_check_query", "server_lifetime", "server_idle_timeout",
    "server_connect_timeout", "server_login_retry", "client_login_timeout",
    "autodb_idle_timeout", "query_timeout", "query_wait_timeout", "client_idle_timeout",
    "idle_transaction_timeout", "auth_type", "auth_user", "auth_query",
  ]
}

/// A file of which each value stands in a variable of the environment.
struct GeneratedFile {
  /// What stands for the whole.
  let place: Origin
  private let path: String
  private let workload: Workload
  private var text = ""
  private var parts: [(range: Range<Int>, origin: Origin)] = []

  init(path: String, for workload: Workload) {
    self.path = path
    self.workload = workload
    place = workload.resource.identity.origin
  }

  var source: SourceText { SourceText(path: path, text: text) }

  func variable(_ name: String) -> EnvironmentVariable? { workload[name] }

  /// The value of a variable as one line; a placeholder where only the deployment knows it, `nil`
  /// where it is empty or not given.
  func value(_ name: String) -> String? {
    guard let variable = workload[name] else { return nil }
    let value = variable.value ?? variable.template ?? "${\(name)}"
    let line = value.map { $0.isNewline ? " " : String($0) }.joined()
    return line.isEmpty ? nil : line
  }

  func isSet(_ name: String) -> Bool { value(name) != nil }

  /// As the scripts of Bitnami's images read a switch.
  func isTrue(_ name: String) -> Bool {
    ["1", "true", "yes"].contains(value(name)?.lowercased() ?? "")
  }

  mutating func write(_ words: String) { text += words }

  /// A key with the value of the first of some variables that is given.
  mutating func line(
    _ words: String, _ value: String?, of names: [String], ends: Bool = false
  ) {
    let start = text.utf8.count
    text += words + (value ?? "${\(names.last ?? "")}")
    let given = names.compactMap { [workload] in workload[$0] }
    if let variable = given.first {
      parts.append((start..<text.utf8.count, variable.origin))
    }
    if ends { text += "\n" }
  }

  mutating func part(_ words: String, _ value: String?, of names: [String]) {
    line(words, value, of: names)
  }

  /// The variable behind a place of the file; `nil` for what the script itself writes.
  func origin(of origin: Origin) -> Origin? {
    guard origin.path == path else { return origin }
    return parts.first { $0.range.contains(origin.range.lowerBound) }?.origin
  }
}

/// No file at all.
struct NoFiles: FileSource {
  func read(_ path: String) throws(FileRefusal) -> SourceText { throw .notFound }
  func names(in directory: String) -> [String] { [] }
}
