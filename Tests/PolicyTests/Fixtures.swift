import Findings
import Model
import Policy
import Syntax
import Testing

/// A rule for pools with only what a test is about.
func ruleText(
  severity: String = "error", when: String? = nil, require: String, at: String = "pool.max_size",
  message: String = "message", more: String = ""
) -> String {
  var text = "title: A rule\nseverity: \(severity)\nfor: pool\n"
  if let when { text += "when: '\(when)'\n" }
  text += "require: '\(require)'\nat: \(at)\nmessage: '\(message)'\nwhy: because\n"
  return text + more
}

let poolSchema = Schema([.pool, .pooler, .poolerDatabase, .databaseServer, .setting])

func rule(_ text: String, id: String = "pool/rule") throws -> RuleDefinition {
  try RuleReader.read(SourceText(path: "\(id).yaml", text: text), id: id).definition
}

/// What `body` throws as problems, each as the line that is printed.
func problems(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch let error as PolicyError {
    return error.problems.map(\.description)
  } catch {
    return ["\(error)"]
  }
}

/// A pool that a properties file configures: `maximumPoolSize=5`, each line a setting.
struct PoolFile {
  var lines: [(key: String, field: String, value: String, unit: Unit)]
  var environment = "production"
  var version = Version(6, 3, 0)
  var extra: [Setting] = []

  var source: SourceText {
    SourceText(
      path: "hikari.properties", text: lines.map { "\($0.key)=\($0.value)\n" }.joined())
  }

  var pool: SettingsResource {
    var offset = 0
    var settings: [Setting] = []
    for line in lines {
      let start = offset + line.key.utf8.count + 1
      let end = start + line.value.utf8.count
      offset = end + 1
      let number = Int64(line.value)
      settings.append(
        Setting(
          key: line.key, field: line.field, written: line.value,
          effective: number.map { .int($0) }, unit: line.unit,
          provenance: number == nil ? .unknown : .explicit,
          origin: Origin(path: "hikari.properties", range: start..<end),
          note: number == nil ? "\(line.key) is decided elsewhere" : nil))
    }
    return SettingsResource(
      identity: ResourceIdentity(
        kind: .pool, technology: "hikaricp", version: version, name: "auth",
        origin: Origin(path: "hikari.properties", range: 0..<3), environment: environment,
        environmentIsDeclared: true),
      settings: settings + extra)
  }

  static func size(_ value: String) -> PoolFile {
    PoolFile(lines: [("maximumPoolSize", "max_size", value, .connection)])
  }
}

func evaluate(
  _ rules: String..., file: PoolFile, configuration: String? = nil
) throws -> Evaluation {
  let definitions = try rules.enumerated().map { index, text in
    try rule(text, id: index == 0 ? "pool/rule" : "pool/rule-\(index + 1)")
  }
  let decided = try configuration.map {
    try ConfigurationReader.read(SourceText(path: ".headgate.yaml", text: $0))
  }
  let policy = try PolicySet(
    rules: definitions, schema: poolSchema, configuration: decided ?? .defaults)
  return policy.evaluate([file.pool], sources: [file.source.path: file.source])
}
