import Model
import Syntax

extension PoolProduct {
  /// The key of what nothing writes: both sizes together.
  static let airflowSum = "sql_alchemy_pool_size + sql_alchemy_max_overflow"

  /// The engines of Airflow's own database; sizes and defaults from the source of 3.3.2.
  static let airflow = PoolProduct(
    "airflow", title: "Airflow", version: Version(3, 3, 2), unknownKeys: .passedOn,
    keys: [
      PoolKey("sql_alchemy_conn", .text),
      PoolKey(airflowSum, .count, .int(15), field: "max_size", zero: .unlimited),
      PoolKey("sql_alchemy_pool_enabled", .bool, .bool(true)),
      PoolKey("sql_alchemy_pool_size", .count, .int(5), field: "max_idle", zero: .unlimited),
      PoolKey(
        "sql_alchemy_max_overflow", .count, .int(10), field: "overflow", negative: .unlimited),
      PoolKey(
        "sql_alchemy_pool_recycle", .time(.second), .int(1_800), field: "max_lifetime",
        negative: .forever),
      PoolKey("sql_alchemy_pool_pre_ping", .bool, .bool(true), field: "test_on_borrow"),
    ],
    adjust: { draft in
      switch draft.isOn("sql_alchemy_pool_enabled") {
      case true?: total(&draft, "sql_alchemy_pool_size", "sql_alchemy_max_overflow")
      // Every session opens a connection of its own.
      case false?: draft.follow(airflowSum, .int(0))
      case nil: draft.forget(airflowSum, because: "sql_alchemy_pool_enabled")
      }
    })
}

/// The two engines of one `airflow.cfg`.
struct AirflowFile {
  private let file: PoolFile
  private let ini: PythonINI

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    ini = PythonINI(source)
  }

  static func recognise(_ candidate: FileCandidate) -> Recognition {
    candidate.name == "airflow.cfg" ? .byName : .no
  }

  var reading: Reading {
    let product = PoolProduct.airflow
    let written = product.keys.compactMap { key -> PoolInput? in
      guard key.name != PoolProduct.airflowSum else { return nil }
      if let variable = variable(key.name) { return input(variable, key) }
      return entry(key.name).map { input($0, key) }
    }
    let given = variable("sql_alchemy_conn")
    let address =
      given.map { $0.value ?? $0.template ?? "" }
      ?? entry("sql_alchemy_conn").flatMap { ini.value($0, in: $0.section) } ?? ""
    // SQLite's engine gets no pool of a size.
    let isFile = DatabaseURL(address)?.scheme == "sqlite"
    let sizes = ["sql_alchemy_pool_size", "sql_alchemy_max_overflow"]
    let settings = product.settings(written, version: file.version(product))
      .deriving(PoolProduct.airflowSum, from: sizes + ["sql_alchemy_pool_enabled"])
    let header = ini.sections.first { $0.name == "database" } ?? ini.sections.first
    let own = settings.filter { $0.origin?.path == file.source.path }
    let range = own.place(of: sizes) ?? header?.range ?? 0..<0
    let names = isFile ? [] : ["airflow", "airflow, asynchronous"]
    let pools: [any Resource] = names.map {
      file.pool(
        product, $0, at: range, settings: settings, facts: DatabaseTarget.facts(address))
    }
    return Reading(
      resources: pools, problems: file.problems(ini.errors), sources: [file.source])
  }

  /// The variable of the service's environment that overrides a key.
  private func variable(_ key: String) -> EnvironmentVariable? {
    let name = key.uppercased()
    return file.context.workload?["AIRFLOW__DATABASE__" + name]
      ?? file.context.workload?["AIRFLOW__CORE__" + name]
  }

  private func input(_ variable: EnvironmentVariable, _ key: PoolKey) -> PoolInput {
    PoolInput(
      key: key.name, written: variable.value ?? variable.template ?? "", origin: variable.origin,
      value: variable.value.map { Self.value($0, key.kind) }
        ?? .unknown(variable.reason ?? "no file says it"),
      provenance: variable.isDefault ? .placeholder : .explicit)
  }

  /// A key of `[database]`, or of `[core]` as before 2.3.
  private func entry(_ key: String) -> PythonINI.Entry? {
    for section in ["database", "core", PythonINI.defaults] {
      if let entry = ini.entries.last(where: { $0.section == section && $0.key == key }) {
        return entry
      }
    }
    return nil
  }

  private func input(_ entry: PythonINI.Entry, _ key: PoolKey) -> PoolInput {
    PoolInput(
      key: key.name, written: file.source.text(entry.valueRange),
      origin: file.origin(entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange),
      value: value(entry, key.kind))
  }

  private func value(_ entry: PythonINI.Entry, _ kind: PoolKey.Kind) -> PoolInput.Value {
    guard let text = ini.value(entry, in: entry.section) else {
      return .unknown("a reference in it cannot be followed")
    }
    return Self.value(text, kind)
  }

  private static func value(_ text: String, _ kind: PoolKey.Kind) -> PoolInput.Value {
    if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    switch kind {
    case .count, .time, .size, .fraction: return NumberText.python(text)
    case .bool:
      switch text.lowercased() {
      case "t", "true", "1": return .bool(true)
      case "f", "false", "0": return .bool(false)
      default: return .refused("\"\(text)\" is not a bool")
      }
    case .text, .secret: return .text(text)
    }
  }
}
