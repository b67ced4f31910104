import Model
import Syntax

/// The engines of one INI file: those of pyramid and paste, and Alembic's.
struct SQLAlchemyFile {
  private let file: PoolFile
  private let ini: PythonINI
  /// Whether the file is Alembic's, and what its script says of the pool, once for all sections.
  private let alembic: (isOwn: Bool, pool: PoolProduct.SQLAlchemyClass?)

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    ini = PythonINI(source)
    guard let folder = Self.alembicScript(ini) else {
      alembic = (false, nil)
      return
    }
    let text = Self.environmentScript(folder, source, context)
    alembic = (true, text.map { $0.firstRange(of: "NullPool") == nil ? .queue : .null })
  }

  /// An INI file with a key `sqlalchemy.url`, or with another prefix before `url` and a pool's key.
  static func recognise(_ candidate: FileCandidate) -> Recognition {
    let name = candidate.name.lowercased()
    guard name.hasSuffix(".ini") || name.hasSuffix(".cfg") else { return .no }
    let ini = PythonINI(SourceText(path: candidate.path, bytes: candidate.head))
    let isOwn = ini.sections.contains { !prefixes(ini, $0.name).isEmpty }
    return isOwn ? (name == "alembic.ini" ? .byName : .byContent) : .no
  }

  /// The prefixes of engines in a section, in the order of their keys.
  ///
  /// One of its own keys must be an engine's: `[DEFAULT]` alone would make one of each section.
  private static func prefixes(_ ini: PythonINI, _ section: String) -> [String] {
    var order: [String] = []
    var addresses: Set<String> = []
    var pools: Set<String> = []
    func note(_ entry: PythonINI.Entry) {
      guard let dot = entry.key.lastIndex(of: ".") else { return }
      let prefix = String(entry.key[...dot])
      let key = entry.key[entry.key.index(after: dot)...]
      if pooling.contains(key) {
        if pools.insert(prefix).inserted, !addresses.contains(prefix) { order.append(prefix) }
      } else if key == "url" {
        let text = ini.source.text(entry.valueRange)
        guard prefix == "sqlalchemy." || DatabaseTarget.isAddress(text) else { return }
        if addresses.insert(prefix).inserted, !pools.contains(prefix) { order.append(prefix) }
      }
    }
    for entry in ini.ownEntries(of: section) { note(entry) }
    guard !order.isEmpty else { return [] }
    for entry in ini.entries(of: section) { note(entry) }
    return order.filter {
      $0 == "sqlalchemy." || addresses.contains($0) && pools.contains($0)
    }
  }

  private static let pooling: Set<Substring> = [
    "pool_size", "max_overflow", "pool_timeout", "pool_recycle", "pool_pre_ping",
  ]

  var reading: Reading {
    var resources: [any Resource] = []
    var names: Set<String> = []
    let defaults = ini.sections.filter { $0.name == PythonINI.defaults }
    let others = ini.sections.filter { $0.name != PythonINI.defaults }
    // `[DEFAULT]` is no section of its own: it counts where no other one has an engine.
    for section in others + defaults where names.insert(section.name).inserted {
      guard section.name != PythonINI.defaults || resources.isEmpty else { continue }
      let prefixes = Self.prefixes(ini, section.name)
      guard !prefixes.isEmpty else { continue }
      let entries = Dictionary(grouping: ini.entries(of: section.name)) { entry in
        entry.key.lastIndex(of: ".").map { String(entry.key[...$0]) } ?? ""
      }
      for prefix in prefixes {
        resources.append(pool(section, prefix, entries[prefix] ?? []))
      }
    }
    let duplicates = ini.duplicates.map {
      file.problem(
        .refused, $0.keyRange, "option '\($0.key)' in section '\($0.section)' already exists",
        help: "Python's configparser refuses a key that stands twice; keep one of them")
    }
    return Reading(
      resources: resources, problems: file.problems(ini.errors) + duplicates,
      sources: [file.source])
  }

  private func pool(
    _ section: (name: String, range: Range<Int>), _ prefix: String, _ entries: [PythonINI.Entry]
  ) -> any Resource {
    let address =
      entries.last { $0.key == prefix + "url" }.flatMap { ini.value($0, in: section.name) } ?? ""
    let product = PoolProduct.sqlalchemy(poolClass(address))
    let inputs = entries.compactMap { entry -> PoolInput? in
      let key = String(entry.key.dropFirst(prefix.count))
      guard !PoolProduct.engineArguments.contains(key) else { return nil }
      let range = entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange
      return PoolInput(
        key: key, written: file.source.text(entry.valueRange), origin: file.origin(range),
        value: value(entry, section.name, product.key(named: key)),
        provenance: entry.section == section.name ? .explicit : .inherited)
    }
    let name = section.name + (prefix == "sqlalchemy." ? "" : " \(prefix.dropLast())")
    let sizes = ["pool_size", "max_overflow"]
    let settings = product.settings(inputs, version: file.version(product))
      .deriving(PoolProduct.sum, from: sizes)
    return file.pool(
      product, name, at: settings.place(of: sizes) ?? section.range,
      settings: settings + driverArguments(address, entries, prefix),
      facts: DatabaseTarget.facts(address))
  }

  /// What stands behind the question mark of the address; none of it reaches the pool.
  private func driverArguments(
    _ address: String, _ entries: [PythonINI.Entry], _ prefix: String
  ) -> [Setting] {
    let entry = entries.last { $0.key == prefix + "url" }
    guard let url = DatabaseURL(address), let entry else { return [] }
    return url.parameters.map { parameter in
      Setting(
        key: "driver_query_args.\(parameter.name)", written: parameter.value,
        effective: .string(parameter.value), provenance: .explicit,
        origin: file.origin(entry.valueRange),
        note: Self.pooling.contains(parameter.name[...])
          ? "a parameter of the address goes to the driver, not to the pool" : nil,
        isSecret: SecretText.isName(parameter.name) || SecretText.isInText(parameter.value))
    }
  }

  private func value(
    _ entry: PythonINI.Entry, _ section: String, _ key: PoolKey?
  ) -> PoolInput.Value {
    guard let text = ini.value(entry, in: section) else {
      return .unknown("a reference in it cannot be followed")
    }
    if ConfigurationText.isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    switch key?.kind {
    case .count, .time, .size, .fraction: return NumberText.python(text)
    case .bool where key?.name == "echo": return echo(text)
    // Without a conversion: empty is false; what says no is turned on with a remark.
    case .bool: return .bool(!text.isEmpty && !Self.negations.contains(text.lowercased()))
    case .text, .secret, nil: return .text(text)
    }
  }

  private static let negations: Set<String> = ["false", "no", "off", "0", "n", "f", "none"]

  /// SQLAlchemy's `asbool`, and `debug`.
  private func echo(_ text: String) -> PoolInput.Value {
    switch text.lowercased() {
    case "true", "yes", "on", "y", "t", "1", "debug": .bool(true)
    case "false", "no", "off", "n", "f", "0": .bool(false)
    default: .refused("String is not true/false: '\(text.lowercased())'")
    }
  }

  /// The class of pool: SQLite's own in memory, what `env.py` says for Alembic; `nil` where that
  /// cannot be read.
  private func poolClass(_ address: String) -> PoolProduct.SQLAlchemyClass? {
    if alembic.isOwn { return alembic.pool }
    guard let url = DatabaseURL(address), url.scheme == "sqlite" else { return .queue }
    return url.database == nil || url.database == ":memory:" ? .singleton : .queue
  }

  /// Where Alembic's scripts lie; `nil` where the file is not Alembic's.
  private static func alembicScript(_ ini: PythonINI) -> String? {
    let entry = ini.entries.first { $0.key == "script_location" }
    let isNamed = FileCandidate(path: ini.source.path, head: []).name == "alembic.ini"
    guard let entry else { return isNamed ? "alembic" : nil }
    // `here` is the folder of the file, and `package:folder` lies in the package's.
    let text = ini.source.text(entry.valueRange)
    return text.replacing("%(here)s/", with: "").replacing(":", with: "/")
  }

  private static func environmentScript(
    _ folder: String, _ source: SourceText, _ context: ReadingContext
  ) -> String? {
    let path = ConfigurationText.resolve(
      folder + "/env.py", in: ConfigurationText.directory(of: source.path))
    // Not there is not a mistake here: the script may be of another repository.
    guard let script = try? context.files.read(path) else { return nil }
    return script.text(0..<script.bytes.count)
  }
}
