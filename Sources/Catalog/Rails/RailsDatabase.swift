import Model
import Syntax

extension PoolProduct {
  /// Active Record's pool; keys and defaults from the source of 8.2, where `max_connections` is
  /// what was `pool` before 8.1.
  static let rails = PoolProduct(
    "rails", title: "Rails", version: Version(8, 2), unknownKeys: .passedOn,
    keys: [
      PoolKey("url", .text),
      PoolKey(
        "max_connections", .count, .int(5), field: "max_size", negative: .unlimited,
        aliases: ["pool"]),
      PoolKey("min_connections", .count, .int(0), field: "min_idle"),
      PoolKey("checkout_timeout", .fraction(.second), .int(5), field: "acquire_timeout"),
      PoolKey(
        "idle_timeout", .fraction(.second), .int(300), field: "idle_timeout", zero: .forever,
        negative: .forever),
      PoolKey("keepalive", .fraction(.second), .int(600), field: "keepalive"),
      PoolKey("max_age", .fraction(.second), field: "max_lifetime"),
      PoolKey("pool_jitter", .fraction(.none), .double(0.2)),
      PoolKey("username", .text), PoolKey("password", .secret),
    ])
}

extension Technology {
  /// Rails' `config/database.yml`.
  package static let rails = Technology(
    name: "rails", title: "Rails Active Record", defaultVersion: PoolProduct.rails.version,
    recognises: { RailsDatabase.recognise($0) },
    read: { source, context in RailsDatabase(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`database.yml` with an `adapter:`: each environment, and each database of one.",
        notes: [
          "`pool` is the older name of `max_connections`.",
          "`<%= ENV.fetch(\"NAME\") { 5 } %>`, `ENV.fetch(\"NAME\", 5)` and `ENV[\"NAME\"] || 5` "
            + "count as 5 that the environment may change; other Ruby is unknown.",
          "`DATABASE_URL` overrides the file, and its parameters are keys: `?pool=10`.",
          "Groups that only others merge, such as `default`, are no environment.",
        ],
        keys: PoolProduct.rails.keys.map { $0.reference() })
    })
}

/// The databases of one `database.yml`.
struct RailsDatabase {
  private let file: PoolFile
  private let erb: ERBText
  private let threads: RailsThreads

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    erb = ERBText(source, for: context.workload)
    threads = RailsThreads(beside: source, context)
  }

  static func recognise(_ candidate: FileCandidate) -> Recognition {
    guard ["database.yml", "database.yaml"].contains(candidate.name) else { return .no }
    let lines = candidate.head.split { $0 == 0x0A }
    return lines.contains { $0.drop { $0 == 0x20 }.starts(with: "adapter:".utf8) } ? .byName : .no
  }

  /// Keys of all databases beyond which merges are no configuration any more.
  private static let keyLimit = 100_000

  var reading: Reading {
    var budget = Self.keyLimit
    let yaml = YAMLFile(parsing: erb.masked)
    var pools: [any Resource] = []
    var problems = file.problems(yaml.errors)
    problems += erb.code.map {
      file.problem(.unknown, $0, "Ruby code decides what this file says")
    }
    for group in yaml.documents.first?.root?.mergedPairs ?? []
    where isEnvironment(group) && isRun(group.key.text) {
      let databases = group.value.mergedPairs
      let isNested =
        !databases.isEmpty && databases.allSatisfy { $0.value.resolved?.kind == .mapping }
      for database in isNested ? databases : [group] {
        budget -= database.value.mergedPairs.count
        guard budget > 0 else { break }
        let name = isNested ? "\(group.key.text) \(database.key.text)" : group.key.text
        let own = isNested ? "\(database.key.text.uppercased())_DATABASE_URL" : "DATABASE_URL"
        let isFirst = !isNested || database.key.text == databases[0].key.text
        let (pool, problem) = pool(
          name, database, group.key.text,
          given: given(own) ?? (isFirst ? given("DATABASE_URL") : nil))
        pools.append(pool)
        problems += problem
      }
    }
    return Reading(
      resources: pools, problems: problems, sources: [file.source] + threads.sources, included: [])
  }

  /// Whether the service runs in the environment of a group; without a service each is of interest.
  private func isRun(_ group: String) -> Bool {
    guard let workload = file.context.workload else { return true }
    return group == workload["RAILS_ENV"]?.value ?? "production"
  }

  /// The address that the service's environment gives, which wins over the file.
  private func given(_ name: String) -> PoolInput? {
    guard let variable = file.context.workload?[name] else { return nil }
    let text = variable.value ?? variable.template
    return PoolInput(
      key: "url", written: text ?? "", origin: variable.origin,
      value: text.map(PoolInput.Value.text) ?? .unknown(variable.reason ?? "no file says it"),
      provenance: variable.isDefault ? .placeholder : .explicit)
  }

  /// Whether a group is an environment and not only what others merge.
  private func isEnvironment(_ group: YAMLPair) -> Bool {
    guard group.value.resolved?.kind == .mapping else { return false }
    let isShared = group.value.anchor != nil || ["default", "defaults"].contains(group.key.text)
    return !isShared || SpringEnvironment.environment(of: group.key.text) != nil
  }

  private func pool(
    _ name: String, _ database: YAMLPair, _ group: String, given: PoolInput?
  ) -> (SettingsResource, [Problem]) {
    let product = PoolProduct.rails
    let pairs = database.value.mergedPairs
    let own = database.value.resolved?.range ?? 0..<0
    var inputs = pairs.compactMap { input($0, product, own: own) } + (given.map { [$0] } ?? [])
    let address = inputs.last { $0.key == "url" }.flatMap { input -> String? in
      if case .text(let text) = input.value { text } else { nil }
    }
    var facts = address.map(DatabaseTarget.facts) ?? target(inputs)
    if address == nil, inputs.contains(where: { $0.key == "url" }) {
      let unknown = FieldValue.unknown("the address cannot be known")
      for field in ["target_host", "target_port", "target_database"] { facts[field] = unknown }
    }
    inputs += parameters(address, inputs)
    let environment = SpringEnvironment.environment(of: group) ?? group.lowercased()
    let threads = threads.setting(in: environment)
    if let threads { facts["request_threads"] = threads.value(as: .int) }
    let pool = file.pool(
      product, name, at: database.key.range,
      settings: product.settings(inputs, version: file.version(product)), facts: facts,
      factSettings: threads.map { ["request_threads": $0] } ?? [:], environment: environment)
    return (pool, ambiguities(inputs))
  }

  /// The parameters of an address, which are keys like the others and win over them.
  private func parameters(_ address: String?, _ inputs: [PoolInput]) -> [PoolInput] {
    guard let address, let url = DatabaseURL(address),
      let origin = inputs.last(where: { $0.key == "url" })?.origin
    else { return [] }
    return url.parameters.map { parameter in
      PoolInput(
        key: parameter.name, written: parameter.value, origin: origin,
        value: Self.value(parameter.value, PoolProduct.rails.key(named: parameter.name)),
        provenance: .inherited)
    }
  }

  private func ambiguities(_ inputs: [PoolInput]) -> [Problem] {
    // `max_connections` came with 8.1, and the refusal with it.
    guard file.version(.rails) >= Version(8, 1),
      let older = inputs.last(where: { $0.key == "pool" })
    else { return [] }
    let newer = inputs.last { $0.key == "max_connections" }
    let isTwice = newer.map { $0.written != older.written } ?? false
    guard isTwice || inputs.contains(where: { $0.key == "min_connections" }) else { return [] }
    return [
      Problem(
        kind: .refused, origin: older.origin,
        message: "Ambiguous configuration: pool beside "
          + (isTwice ? "another max_connections" : "min_connections"),
        help: "write max_connections instead of pool")
    ]
  }

  private func input(_ pair: YAMLPair, _ product: PoolProduct, own: Range<Int>) -> PoolInput? {
    guard let node = pair.value.resolved, node.kind == .scalar else { return nil }
    let isOwn = own.contains(pair.key.range.lowerBound)
    let (value, isOpen) = value(node, product.key(named: pair.key.text))
    return PoolInput(
      key: pair.key.text, written: file.source.text(node.range),
      origin: file.origin(node.range.isEmpty ? pair.key.range : node.range), value: value,
      provenance: isOpen ? .placeholder : isOwn ? .explicit : .inherited)
  }

  /// A value with its tags filled in, and whether the environment may change it.
  private func value(_ node: YAMLNode, _ key: PoolKey?) -> (PoolInput.Value, Bool) {
    let tags = erb.outputs(in: node.range)
    guard !tags.isEmpty else {
      guard let text = node.string else { return (.unknown("no value is written"), false) }
      return (Self.value(text, key), false)
    }
    var text = ""
    var offset = node.contentRange.lowerBound
    var isOpen = false
    for tag in tags {
      text += file.source.text(offset..<max(offset, tag.range.lowerBound))
      offset = tag.range.upperBound
      switch tag.result {
      case .literal(let part): text += part
      case .standard(let part):
        text += part
        isOpen = true
      case .unknown(let reason): return (.unknown(reason), false)
      }
    }
    text += file.source.text(offset..<max(offset, node.contentRange.upperBound))
    return (Self.value(text, key), isOpen)
  }

  private static func value(_ text: String, _ key: PoolKey?) -> PoolInput.Value {
    if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    switch key?.kind {
    case .count, .time, .size:
      // Ruby's `to_i` makes 0 of a text; what is meant cannot be told.
      guard case .int(let number) = NumberText.decimal(text) else {
        return .unknown("\"\(text)\" is not a whole number")
      }
      return .int(number)
    case .fraction:
      return Double(text) == nil ? .unknown("\"\(text)\" is not a number") : .text(text)
    case .bool, .text, .secret, nil: return .text(text)
    }
  }

  /// Where the keys lead; the port is the adapter's own where none is written.
  private func target(_ inputs: [PoolInput]) -> [String: FieldValue] {
    var facts: [String: FieldValue] = [:]
    func fact(_ key: String) -> FieldValue? {
      switch inputs.last(where: { $0.key == key })?.value {
      case .text(let text)?: .string(text)
      case .unknown(let reason)?: .unknown(reason)
      default: nil
      }
    }
    let adapter = if case .string(let name)? = fact("adapter") { name } else { "" }
    if let product = DatabaseTarget.product(of: adapter) {
      facts["target_product"] = .string(product)
    }
    guard !adapter.hasPrefix("sqlite") else { return facts }
    facts["target_host"] = fact("host")
    facts["target_database"] = fact("database")
    let ports: [String: Int64] = [
      "postgresql": 5432, "postgis": 5432, "mysql2": 3306, "trilogy": 3306, "sqlserver": 1433,
    ]
    switch fact("port") {
    case .string(let text)?: facts["target_port"] = Int64(text).map { .int($0) }
    case let other?: facts["target_port"] = other
    case nil where facts["target_host"] != nil:
      facts["target_port"] = ports[adapter].map { .int($0) }
    case nil: break
    }
    return facts
  }
}
