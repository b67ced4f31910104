import Model
import Syntax

/// The process, services and servers of one maxscale.cnf.
struct MaxScaleFile {
  private let file: PoolFile
  private let document: PythonINI
  private let entries: [String: [PythonINI.Entry]]

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    document = PythonINI(source)
    entries = Dictionary(grouping: document.entries, by: \.section)
  }

  var reading: Reading {
    let problems = document.errors.map { error in
      Problem(error, in: file.source, unlessTemplate: file.source.text(error.range))
    }
    var parts: [SettingsResource] = []
    var isProcess = false
    let global = global
    for (name, range) in document.sections {
      if name.lowercased() == "maxscale" { isProcess = true }
      switch text("type", in: name) {
      case "service":
        parts.append(part(.maxscaleService, name, range, tuned: Self.tuned(global)))
      case "server": parts.append(part(.maxscaleServer, name, range, tuned: []))
      default: continue
      }
    }
    var resources: [any Resource] = parts
    if isProcess || !parts.isEmpty {
      let header = document.sections.first { $0.name.lowercased() == "maxscale" }
      let pooler = file.resource(
        .pooler, .maxscale, file.baseName, at: file.origin(header?.range ?? 0..<0),
        settings: PoolProduct.maxscale.settings(global, version: file.version(.maxscale)),
        facts: ["databases": .list(parts.map { .resource($0) })])
      resources.insert(pooler, at: 0)
    }
    return Reading(resources: resources, problems: problems, sources: [file.source])
  }

  private var global: [PoolInput] {
    entries.filter { $0.key.lowercased() == "maxscale" }.flatMap(\.value)
      .sorted { $0.keyRange.lowerBound < $1.keyRange.lowerBound }
      .map { input($0, .maxscale) }
  }

  /// The keys that MaxScale takes from the servers while it runs.
  private static func tuned(_ global: [PoolInput]) -> Set<String> {
    guard case .text(let text) = global.last(where: { $0.key == "auto_tune" })?.value else {
      return []
    }
    let names = Set(text.split(separator: ",").map { $0.filter { !$0.isWhitespace } })
    return names.contains("all") ? ["wait_timeout", "connection_keepalive"] : names
  }

  private func text(_ key: String, in section: String) -> String? {
    entries[section]?.last { $0.key == key }.map { file.source.text($0.valueRange) }
  }

  private func part(
    _ product: PoolProduct, _ name: String, _ range: Range<Int>, tuned: Set<String>
  ) -> SettingsResource {
    let inputs = (entries[name] ?? []).map { input($0, product) }
    let settings = product.settings(inputs, version: file.version(product)).map { setting in
      guard tuned.contains(setting.key) else { return setting }
      return Setting(
        key: setting.key, field: setting.field, written: setting.written, effective: nil,
        unit: setting.unit, provenance: .unknown, origin: setting.origin,
        note: "auto_tune takes it from the servers")
    }
    return file.resource(
      .poolerDatabase, product, name, at: file.origin(range), settings: settings)
  }

  // MARK: values

  private func input(_ entry: PythonINI.Entry, _ product: PoolProduct) -> PoolInput {
    let text = file.source.text(entry.valueRange)
    let key = product.key(named: entry.key)
    let (value, note) = Self.value(text, key)
    return PoolInput(
      key: entry.key, written: text,
      origin: file.origin(entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange),
      value: value, note: note)
  }

  private static func value(_ text: String, _ key: PoolKey?) -> (PoolInput.Value, String?) {
    // `substitute_variables` fills in what begins with a dollar sign.
    if ConfigurationText.isTemplate(text) || text.hasPrefix("$") {
      return (.unknown(ConfigurationText.templateNote), nil)
    }
    switch key?.kind {
    case .count:
      if key?.name == "threads", text == "auto" {
        return (.unknown("as many as the machine has processors"), nil)
      }
      return (NumberText.decimal(text), nil)
    case .time(let unit): return time(text, unit)
    case .bool:
      return (.bool(["true", "yes", "on", "1"].contains(text.lowercased())), nil)
    case .text, .secret, .size, .fraction, nil: return (.text(text), nil)
    }
  }

  /// A duration; a key of whole seconds refuses milliseconds.
  private static func time(_ text: String, _ unit: Unit) -> (PoolInput.Value, String?) {
    let lower = text.lowercased()
    let suffix = String(lower.drop { $0 == "-" || $0 == "+" || $0.isNumber })
    let units: [String: Int64] = [
      "": 1_000, "ms": 1, "s": 1_000, "m": 60_000, "min": 60_000, "h": 3_600_000,
    ]
    guard let number = Int64(lower.dropLast(suffix.count)), let factor = units[suffix] else {
      return (.refused("\"\(text)\" is not a duration"), nil)
    }
    if suffix == "ms", unit == .second {
      return (.refused("the granularity is seconds: milliseconds are rejected"), nil)
    }
    let (value, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return (.refused("\"\(text)\" is too large"), nil) }
    return (
      .int(unit == .second ? value / 1_000 : value),
      suffix.isEmpty && number != 0
        ? "without a unit it is seconds; newer versions may refuse it" : nil
    )
  }
}
