import Model
import Syntax

extension Technology {
  /// Micronaut's `datasources`, of whichever pool the keys are.
  package static let micronaut = Technology(
    name: "micronaut", title: "Micronaut", defaultVersion: Version(4),
    recognises: { Micronaut.recognise($0) },
    read: { source, context in Micronaut(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`application*` as `.properties`, `.yml`, `.yaml` and `.toml` with `datasources`.",
        notes: [
          "Which pool runs is decided by the program's dependencies. Its keys tell: those of "
            + "[HikariCP](hikaricp.md), [Tomcat JDBC](tomcat-jdbc.md) or [DBCP2](dbcp2.md); where "
            + "none is written, the pool is not known and said to be unknown.",
          "A file for an environment is read together with the file without one.",
        ], keys: [])
    })
}

/// The pools of one file of Micronaut, with what the file without environment says.
struct Micronaut {
  private let source: SourceText
  private let context: ReadingContext
  private var sources: [SourceText]
  private var problems: [Problem] = []
  private var entries: [String: SpringEntry] = [:]
  private let variables: PropertyVariables

  /// Data sources of one file beyond which it is no configuration.
  private static let limit = 100

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
    variables = PropertyVariables(context.workload)
    sources = [source]
    guard let file = MicronautTOML.file(source.path) else { return }
    readBase(of: file)
    if file.profile != nil {
      for base in file.companions(in: context.files) where base.profile == nil {
        do throws(FileRefusal) {
          let text = try context.files.read(base.path)
          sources.append(text)
          _ = read(text, base)
        } catch {
          problems.append(base.unreadable(by: "Micronaut", beside: source))
        }
      }
    }
    problems += read(source, file)
    for entry in variables.entries(of: knownKeys) { entries[entry.name] = entry }
  }

  /// The keys of all data sources that the files name.
  private var knownKeys: [String] {
    guard context.workload != nil else { return [] }
    var starts: Set<String> = []
    for name in entries.keys where name.hasPrefix("datasources.") {
      let parts = name.split(separator: ".")
      if parts.count > 2 { starts.insert("datasources.\(parts[1]).") }
    }
    let products: [SpringProduct] = [.hikari, .tomcat, .dbcp2]
    let names = Set(products.flatMap { SpringProduct.names[$0]?.keys.sorted() ?? [] })
    return starts.sorted().flatMap { start in
      (names.union(["url", "username", "password"])).sorted().map { start + $0 }
    }
  }

  /// Whether the service runs this file: one for an environment only in that environment.
  private var isRun: Bool {
    guard let workload = context.workload, let file = MicronautTOML.file(source.path) else {
      return true
    }
    let active = SpringOverlay.list(workload["MICRONAUT_ENVIRONMENTS"]?.value ?? "")
    if let profile = file.profile { return active.contains(profile) }
    return !file.companions(in: context.files).contains { companion in
      companion.profile.map(active.contains) == true
    }
  }

  /// Reads the TOML file that one for an environment adds to.
  private mutating func readBase(of file: SpringFile) {
    guard let path = MicronautTOML.base(of: source.path, file, in: context.files) else { return }
    do throws(FileRefusal) {
      let text = try context.files.read(path)
      sources.append(text)
      // What is wrong with it is said where it is read for itself.
      _ = read(text, file)
    } catch {
      problems.append(file.unreadable(by: "Micronaut", beside: source))
    }
  }

  private mutating func read(_ source: SourceText, _ file: SpringFile) -> [Problem] {
    if source.path.hasSuffix(".toml") {
      let (found, problems) = MicronautTOML.entries(source)
      for entry in found { entries[entry.name] = entry }
      return problems
    }
    let (documents, found) = file.documents(source)
    for entry in documents.flatMap(\.entries) { entries[entry.name] = entry }
    return found
  }

  /// Files of Micronaut's names with `datasources`, unless they are of Spring.
  static func recognise(_ file: FileCandidate) -> Recognition {
    guard let parts = MicronautTOML.file(file.path), parts.base == "application" else {
      return .no
    }
    let isTOML = file.path.hasSuffix(".toml")
    var hasSources = false
    var isMicronaut = false
    for line in file.head.split(separator: 0x0A) {
      if line.starts(with: "spring".utf8) { return .no }
      if line.starts(with: "datasources.".utf8) || line.starts(with: "datasources:".utf8) {
        hasSources = true
      }
      // Of the frameworks that have these keys only Micronaut reads TOML.
      if isTOML, line.starts(with: "[datasources".utf8) || hasSources {
        (hasSources, isMicronaut) = (true, true)
      }
      let marks = ["micronaut:", "micronaut.", "datasources.default."]
      if marks.contains(where: { line.starts(with: $0.utf8) }) { isMicronaut = true }
      if line.first == 0x20, line.drop(while: { $0 == 0x20 }).starts(with: "default:".utf8) {
        isMicronaut = true
      }
    }
    return hasSources && isMicronaut ? .byName : .no
  }

  var reading: Reading {
    guard isRun else {
      return Reading(resources: [], problems: [], sources: sources, included: [])
    }
    var names: Set<String> = []
    for name in entries.keys where name.hasPrefix("datasources.") {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count > 2 { names.insert("datasources." + parts[1] + ".") }
    }
    var resources: [any Resource] = []
    var doubts: [Problem] = []
    for prefix in names.sorted().prefix(Self.limit) {
      let lines = entries.values.filter { $0.name.hasPrefix(prefix) }.sorted {
        ($0.key.path, $0.key.range.lowerBound, $0.name)
          < ($1.key.path, $1.key.range.lowerBound, $1.name)
      }
      let isOff = entries[prefix + "enabled"]?.text.lowercased() == "false"
      guard !isOff, let first = lines.first(where: isOwn) else { continue }
      if let product = product(prefix, lines) {
        resources.append(pool(prefix, product, lines, first))
      } else {
        doubts.append(
          Problem(
            kind: .unknown, origin: first.key,
            message: "which pool runs for \(prefix.dropLast()) is decided by the program's "
              + "dependencies",
            help: "a size that only one pool knows tells it, such as maximum-pool-size"))
      }
    }
    return Reading(
      resources: resources, problems: problems + doubts, sources: sources, included: [])
  }

  private func isOwn(_ entry: SpringEntry) -> Bool {
    entry.key.path == source.path || context.workload != nil
  }

  /// The pool whose own keys are written; `nil` where there are none, or those of several.
  private func product(_ prefix: String, _ lines: [SpringEntry]) -> SpringProduct? {
    let telling: [(SpringProduct, Set<String>)] = [
      (
        .hikari,
        [
          "maximumpoolsize", "minimumidle", "connectiontimeout", "idletimeout", "maxlifetime",
          "keepalivetime", "leakdetectionthreshold", "poolname",
        ]
      ),
      (.tomcat, ["maxactive", "maxwait", "maxage", "testonconnect", "validationinterval"]),
      (.dbcp2, ["maxtotal", "maxwaitmillis", "maxconnlifetimemillis"]),
    ]
    let keys = Set(lines.map { String($0.name.dropFirst(prefix.utf8.count)) })
    let found = telling.filter { !$0.1.isDisjoint(with: keys) }
    return found.count == 1 ? found[0].0 : nil
  }

  private func pool(
    _ prefix: String, _ product: SpringProduct, _ lines: [SpringEntry], _ first: SpringEntry
  ) -> SettingsResource {
    let version = product.table?.version ?? SpringBoot.hikariVersion(context.versions)
    let inputs = lines.compactMap { entry -> PoolInput? in
      let rest = String(entry.name.dropFirst(prefix.utf8.count))
      let key =
        rest == "url" && product == .hikari ? "jdbcUrl" : SpringProduct.names[product]?[rest]
      return key.map { input(entry, $0, product) }
    }
    let settings =
      product.table?.settings(inputs, version: version)
      ?? HikariSettings(version: version, inputs: inputs, needsTarget: false).settings
    var facts: [String: FieldValue] = [:]
    if let url = inputs.last(where: { ["url", "jdbcUrl"].contains($0.key) }) {
      if case .text(let text) = url.value {
        facts = JDBCTarget(text).facts
      } else {
        for field in ["target_host", "target_port", "target_database"] {
          facts[field] = .unknown("the address cannot be known")
        }
      }
    }
    let profile = MicronautTOML.file(source.path)?.profile
    let environment =
      context.environment ?? TestTree.environment(of: source.path)
      ?? profile.flatMap(SpringEnvironment.environment)
    let identity = ResourceIdentity(
      kind: .pool, technology: product.table?.technology ?? "hikaricp",
      version: context.versions[product.table?.technology ?? "hikaricp"] ?? version,
      name: String(prefix.dropLast()), origin: first.parent ?? first.key,
      environment: environment ?? "production", environmentIsDeclared: environment != nil)
    return SettingsResource(identity: identity, settings: settings, facts: facts)
  }

  private func input(_ entry: SpringEntry, _ key: String, _ product: SpringProduct) -> PoolInput {
    var value = entry.value
    var reason: String?
    var source: EnvironmentVariable?
    var usesDefault = false
    if case .text(let text) = value {
      var placeholder = SpringPlaceholder { entries[$0]?.text }
      placeholder.variable = { variables[$0] }
      let result = placeholder.resolve(text)
      if let only = result.variables.first, result.text == only.value { source = only }
      usesDefault = result.usesDefault
      reason = result.reason
      // Backticks keep a default that has colons together.
      value = .text((result.text ?? "").filter { !usesDefault || $0 != "`" })
    }
    let converted: PoolInput.Value =
      if let reason { .unknown(reason) } else { convert(value, key, product) }
    return PoolInput(
      key: key, written: source?.value ?? entry.written, origin: source?.origin ?? entry.origin,
      value: converted,
      provenance: isOwn(entry) ? (usesDefault ? .placeholder : .explicit) : .inherited)
  }

  /// A value as the pool's setter gets it; what only Micronaut's conversion knows is unknown.
  private func convert(
    _ value: SpringEntry.Value, _ key: String, _ product: SpringProduct
  ) -> PoolInput.Value {
    let hikari = product == .hikari ? HikariKey.byName[key]?.kind ?? .text : nil
    let converted =
      if let hikari {
        SpringConversion.value(value, hikari)
      } else {
        SpringConversion.value(value, product.table?.key(named: key)?.kind, product)
      }
    guard case .refused = converted else { return converted }
    return .unknown("Micronaut's conversion of this text is not known")
  }
}
