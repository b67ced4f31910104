import Model
import Syntax

/// One Pgpool-II as its files configure it.
struct PgpoolFile {
  /// The depth at which Pgpool-II gives up.
  static let includeDepthLimit = 10

  /// Far more files than any deployment has; files that include several others multiply.
  static let includeLimit = 200

  private let file: PoolFile
  private var inputs: [PoolInput] = []
  private var problems: [Problem] = []
  private var sources: [SourceText] = []
  private var open: [SourceText] = []

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    load(source)
  }

  private mutating func load(_ source: SourceText) {
    sources.append(source)
    open.append(source)
    defer { open.removeLast() }
    let document = PgpoolDocument(source)
    for error in document.errors {
      problems.append(Problem(error, in: source, unlessTemplate: source.text(error.range)))
    }
    for (index, entry) in document.entries.enumerated() {
      if entry.key == "include" {
        include(entry, source)
        continue
      }
      let next = index + 1 < document.entries.count ? document.entries[index + 1] : nil
      inputs.append(input(entry, next, source))
    }
  }

  private mutating func include(_ entry: PostgreSQLEntry, _ source: SourceText) {
    let origin = Origin(path: source.path, range: entry.valueRange)
    func refuse(_ message: String) -> Problem {
      Problem(kind: .unreadable, origin: origin, message: message)
    }
    guard open.count <= Self.includeDepthLimit, sources.count < Self.includeLimit else {
      problems.append(refuse("files are included too deep or too often"))
      return
    }
    let path = ConfigurationText.resolve(
      entry.value, in: ConfigurationText.directory(of: source.path))
    do {
      let found = try file.context.files.read(path)
      guard !ConfigurationText.isOpen(found, in: open) else {
        problems.append(
          refuse("files include each other: \(ConfigurationText.chain(open, to: path))"))
        return
      }
      load(found)
    } catch {
      problems.append(refuse("could not read \"\(path)\": \(error.reason)"))
    }
  }

  // MARK: values

  private func input(
    _ entry: PostgreSQLEntry, _ next: PostgreSQLEntry?, _ source: SourceText
  ) -> PoolInput {
    let name = entry.key.lowercased()
    let key = PoolProduct.pgpool.key(named: name)
    let range = entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange
    let (value, note) = value(entry.value, name, key?.kind)
    let unread = next.flatMap { unreadUnit(behind: entry, before: $0, in: source) }
    return PoolInput(
      key: key?.name ?? entry.key, written: source.text(entry.valueRange),
      origin: Origin(path: source.path, range: range), value: value,
      note: unread.map { "\($0) behind it is not read as its unit" } ?? note)
  }

  /// What stands on the line behind a number and would be its unit.
  private func unreadUnit(
    behind entry: PostgreSQLEntry, before next: PostgreSQLEntry, in source: SourceText
  ) -> String? {
    guard !entry.isQuoted, let first = entry.value.utf8.first, (0x30...0x39).contains(first)
    else { return nil }
    let between = source.bytes[entry.valueRange.upperBound..<next.keyRange.lowerBound]
    return between.contains(UInt8(ascii: "\n")) ? nil : next.key
  }

  private func value(
    _ text: String, _ key: String, _ kind: PoolKey.Kind?
  ) -> (PoolInput.Value, String?) {
    if ConfigurationText.isTemplate(text) {
      return (.unknown(ConfigurationText.templateNote), nil)
    }
    switch kind {
    case .count: return Self.number(text, unit: nil)
    case .time(let unit):
      return Self.number(text, unit: key == "connect_timeout" ? nil : unit)
    case .bool: return (Self.bool(text), nil)
    case .text, .secret, .size, .fraction, nil: return (.text(text), nil)
    }
  }

  private static let units: [String: Int64] = [
    "us": 1, "ms": 1_000, "s": 1_000_000, "min": 60_000_000, "h": 3_600_000_000,
    "d": 86_400_000_000,
  ]

  /// A number with base detection or a fraction, and the unit of a time, which is case-sensitive.
  private static func number(_ text: String, unit: Unit?) -> (PoolInput.Value, String?) {
    let invalid = PoolInput.Value.refused("invalid value \"\(text)\"")
    guard let whole = CNumber.integer(text, base: 0), !whole.overflows else {
      return (invalid, nil)
    }
    var number = Double(whole.value)
    var length = whole.length
    let tail = text.utf8.dropFirst(length).first
    if tail == UInt8(ascii: ".") || tail == UInt8(ascii: "e"), let real = CNumber.real(text) {
      (number, length) = (real.value, real.length)
    }
    let rest = String(Substring(text.utf8.dropFirst(length).drop { $0 == 0x20 }))
    if !rest.isEmpty {
      guard let unit, let base = unit.microseconds, let factor = units[rest] else {
        return (invalid, nil)
      }
      number = number * Double(factor) / Double(base)
    }
    guard let value = Int64(exactly: number.rounded(.toNearestOrEven)) else {
      return (invalid, nil)
    }
    var note: String?
    if whole.base != 10, length == whole.length {
      note = "\(text) is \(whole.base == 8 ? "octal" : "hexadecimal") and runs as \(value)"
    } else if number != Double(value) {
      note = "\(text) is rounded and runs as \(value)"
    }
    return (.int(value), note)
  }

  /// `on`, `true`, `yes`, `1` and their beginnings, in any case.
  private static func bool(_ text: String) -> PoolInput.Value {
    let text = text.lowercased()
    func begins(_ word: String) -> Bool { !text.isEmpty && word.hasPrefix(text) }
    if begins("true") || begins("yes") || text == "on" || text == "1" { return .bool(true) }
    if begins("false") || begins("no") || text == "off" || text == "of" || text == "0" {
      return .bool(false)
    }
    return .unknown("neither on nor off")
  }

  // MARK: resources

  var reading: Reading {
    let product = PoolProduct.pgpool
    let settings = product.settings(inputs, version: file.version(product))
    let servers = servers
    var facts: [String: FieldValue] = ["databases": .list(servers.map { .resource($0) })]
    var factSettings: [String: Setting] = [:]
    addSizes(settings, &facts, &factSettings)
    let pooler = file.resource(
      .pooler, product, file.baseName,
      at: inputs.first?.origin ?? Origin(path: file.source.path, range: 0..<0),
      settings: settings, facts: facts, factSettings: factSettings)
    return Reading(resources: [pooler] + servers, problems: problems, sources: sources)
  }

  /// What follows from the number of children and the pools of each.
  private func addSizes(
    _ settings: [Setting], _ facts: inout [String: FieldValue],
    _ factSettings: inout [String: Setting]
  ) {
    func number(_ key: String) -> Int64? {
      if case .int(let value) = settings.setting(key)?.effective { value } else { nil }
    }
    let children = number("num_init_children")
    facts["max_clients"] =
      children.map { .int(max(0, $0 - (number("reserved_connections") ?? 0))) }
      ?? .unknown("num_init_children cannot be known")
    factSettings["max_clients"] = settings.setting("num_init_children")
    factSettings["max_server_connections"] = settings.setting("num_init_children")
    guard let children, let pools = number("max_pool") else {
      facts["max_server_connections"] = .unknown("num_init_children or max_pool is not known")
      return
    }
    let product = children.multipliedReportingOverflow(by: pools)
    facts["max_server_connections"] = .int(product.overflow ? .max : product.partialValue)
  }

  /// `backend_hostname0` and what belongs to it: one for each server.
  private var servers: [SettingsResource] {
    var rows: [String: [String: PoolInput]] = [:]
    for input in inputs {
      for name in ["backend_hostname", "backend_port"] where input.key.hasPrefix(name) {
        rows[String(input.key.dropFirst(name.count)), default: [:]][name] = input
      }
    }
    return rows.compactMap { number, row in Int64(number).map { ($0, row) } }
      .sorted { $0.0 < $1.0 }.compactMap { number, row in
        guard let host = row["backend_hostname"] else { return nil }
        var facts: [String: FieldValue] = [:]
        switch host.value {
        case .text(let text) where !text.hasPrefix("/"): facts["host"] = .string(text)
        case .unknown(let reason): facts["host"] = .unknown(reason)
        default: break
        }
        if case .text(let text) = row["backend_port"]?.value, let port = Int64(text) {
          facts["port"] = .int(port)
        }
        return file.resource(
          .poolerDatabase, .pgpool, "backend\(number)", at: host.origin, facts: facts)
      }
  }
}
