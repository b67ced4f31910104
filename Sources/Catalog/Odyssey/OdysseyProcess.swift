import Model
import Syntax

/// One Odyssey as its files configure it.
struct OdysseyProcess {
  private let file: PoolFile
  private let loader: OdysseyLoader
  /// The blocks by name: storages and shared pools.
  private let storages: [String: OdysseyLine]
  private let sharedPools: [String: OdysseyLine]
  private var problems: [Problem]

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    var loader = OdysseyLoader(files: context.files)
    loader.load(source)
    self.loader = loader
    problems = loader.problems
    func blocks(_ name: String) -> [String: OdysseyLine] {
      Dictionary(
        loader.lines.filter { $0.name == name && $0.statement.hasBlock }
          .compactMap { line in line.value.map { ($0.text, line) } },
        uniquingKeysWith: { first, _ in first })
    }
    storages = blocks("storage")
    sharedPools = blocks("shared_pool")
  }

  var reading: Reading {
    let product = PoolProduct.odyssey
    let settings = product.settings(
      loader.lines.filter { !$0.statement.hasBlock }.compactMap { input($0, product) },
      version: file.version(product))
    var routes: [SettingsResource] = []
    var problems = problems
    for database in loader.lines where database.name == "database" {
      for route in database.lines where ["user", "group"].contains(route.name) {
        guard let resource = self.route(route, of: database, settings, &problems) else { continue }
        routes.append(resource)
      }
    }
    let pooler = file.resource(
      .pooler, product, file.baseName,
      at: loader.lines.first { $0.name == "listen" }?.nameOrigin
        ?? Origin(path: file.source.path, range: 0..<0),
      settings: settings, facts: ["databases": .list(routes.map { .resource($0) })])
    // A file of storages or rules alone is included somewhere.
    let isWhole = !loader.lines.isEmpty
    return Reading(
      resources: isWhole ? [pooler] + routes : [], problems: problems, sources: loader.sources)
  }

  /// A setting's input, for keys of the table and whatever else is written.
  private func input(
    _ line: OdysseyLine, _ product: PoolProduct, _ provenance: Provenance = .explicit
  ) -> PoolInput? {
    guard let value = line.value, !line.statement.hasBlock else { return nil }
    return PoolInput(
      key: line.name, written: line.source.text(value.range), origin: line.origin,
      value: Self.value(value, product.key(named: line.name)?.kind), provenance: provenance)
  }

  private static func value(_ value: OdysseyValue, _ kind: PoolKey.Kind?) -> PoolInput.Value {
    if ConfigurationText.isTemplate(value.text) { return .unknown(ConfigurationText.templateNote) }
    switch (kind, value.kind) {
    case (.count, .number), (.time, .number), (.size, .number), (.fraction, .number):
      return Int32(value.text).map { .int(Int64($0)) } ?? .refused("number is out of range")
    case (.count, .text) where value.text == "auto":
      return .unknown("as many as the machine has processors")
    case (.bool, .word): return .bool(value.text == "yes")
    case (.text, .text), (.secret, .text): return .text(value.text)
    case (nil, _): return .text(value.text)
    case (.text, _), (.secret, _): return .refused("a text in double quotes is expected")
    case (.bool, _): return .refused("yes or no is expected")
    case (.count, _), (.time, _), (.size, _), (.fraction, _):
      return .refused("a whole number is expected")
    }
  }

  // MARK: routes

  /// The pool of one route; `nil` where its storage is Odyssey's own console, or nobody gets in.
  private func route(
    _ route: OdysseyLine, of database: OdysseyLine, _ global: [Setting],
    _ problems: inout [Problem]
  ) -> SettingsResource? {
    let product = PoolProduct.odysseyRoute
    let storage = storage(of: route, &problems)
    if storage.map({ self.text("type", in: $0) == "local" }) == true { return nil }
    var inputs: [PoolInput] = []
    // The whole process's limit holds for each route, too.
    if let limit = global.setting("client_max"), let line = line("client_max"),
      case .int(let value) = limit.effective, value > 0
    {
      inputs.append(
        PoolInput(
          key: "client_max", written: line.value?.text ?? "", origin: line.origin,
          value: .int(value), provenance: .inherited))
    }
    if let shared = sharedPool(of: route) { inputs.append(shared) }
    inputs += route.lines.compactMap { input($0, product) }
    let settings = product.settings(inputs, version: file.version(product))
    check(route, &problems)
    if text("authentication", in: route) == "block" { return nil }
    return file.resource(
      .poolerDatabase, product, name(of: route, in: database), at: route.nameOrigin,
      settings: settings, facts: facts(route, database, storage))
  }

  /// What Odyssey does not start with, beyond single values.
  private func check(_ route: OdysseyLine, _ problems: inout [Problem]) {
    if !route.lines.contains(where: { $0.name == "pool" }) {
      problems.append(
        Problem(
          kind: .refused, origin: route.nameOrigin, message: "pooling mode is not set",
          help: "write pool \"session\", \"transaction\" or \"statement\""))
    }
    if let size = route.lines.last(where: { $0.name == "pool_size" }),
      route.lines.contains(where: { $0.name == "shared_pool" })
    {
      problems.append(
        Problem(
          kind: .refused, origin: size.origin,
          message: "shared_pool and pool_size can't be set simultaneously"))
    }
  }

  private func line(_ name: String) -> OdysseyLine? { loader.lines.last { $0.name == name } }

  private func text(_ name: String, in block: OdysseyLine) -> String? {
    block.lines.last { $0.name == name }?.value?.text
  }

  private func storage(of route: OdysseyLine, _ problems: inout [Problem]) -> OdysseyLine? {
    guard let line = route.lines.last(where: { $0.name == "storage" }), let value = line.value
    else { return nil }
    if let found = storages[value.text] { return found }
    // Where files are missing, or this one is a part of another, the storage may be there.
    let isWhole =
      loader.lines.contains { $0.name == "listen" }
      && !problems.contains { $0.kind == .unreadable }
    if isWhole, !ConfigurationText.isTemplate(value.text) {
      let closest = ConfigurationText.closest(to: value.text, among: storages.keys.sorted())
      problems.append(
        Problem(
          kind: .refused, origin: line.origin,
          message: "no rule storage '\(value.text)' found",
          help: closest.map { "did you mean \($0)?" }))
    }
    return nil
  }

  /// The size of the pool that several routes share, as each route's own.
  private func sharedPool(of route: OdysseyLine) -> PoolInput? {
    guard let name = text("shared_pool", in: route), let block = sharedPools[name],
      let size = block.lines.last(where: { $0.name == "pool_size" })
    else { return nil }
    var input = input(size, .odysseyRoute, .inherited)
    input?.note = "shared with the other routes of shared_pool \(name)"
    return input
  }

  private func name(of route: OdysseyLine, in database: OdysseyLine) -> String {
    let base = database.value?.text ?? "?"
    return ([base] + route.statement.values.map(\.text)).joined(separator: ".")
  }

  private func facts(
    _ route: OdysseyLine, _ database: OdysseyLine, _ storage: OdysseyLine?
  ) -> [String: FieldValue] {
    var facts: [String: FieldValue] = [:]
    if let name = text("storage_db", in: route) {
      facts["database"] = .string(name)
    } else if database.value?.kind == .text, let name = database.value?.text {
      facts["database"] = .string(name)
    }
    if let user = text("storage_user", in: route) { facts["forced_user"] = .string(user) }
    guard let storage else { return facts }
    if let host = text("host", in: storage) {
      let places = host.split(separator: ",")
      if places.count == 1, !ConfigurationText.isTemplate(host) {
        let (name, port) = DatabaseURL.place(places[0], standard: nil)
        if let name { facts["host"] = .string(name) }
        if let port { facts["port"] = .int(port) }
      } else {
        facts["host"] = .unknown("the storage names several hosts, or a template")
      }
    }
    if facts["port"] == nil, let port = text("port", in: storage).flatMap({ Int64($0) }) {
      facts["port"] = .int(port)
    }
    return facts
  }
}
