import Model
import Syntax

/// One server as its files configure it.
struct MariaDBServer {
  private let product: MariaDB.Product
  private let version: Version
  private let versionIsDeclared: Bool
  private let context: ReadingContext
  private let loader: MariaDBLoader
  private var settings: [Setting] = []
  /// The place in ``settings`` of each variable of ``MariaDBVariable/all``; -1 where it has none.
  private var places: [Int] = []
  private var problems: [Problem] = []

  /// The workload that is the server where no file is.
  private let image: Workload?

  /// The server of a file.
  ///
  /// - Parameter image: the workload that is the server, where `source` only deploys it.
  init(
    _ source: SourceText, _ context: ReadingContext, product: MariaDB.Product,
    image: Workload? = nil
  ) {
    self.image = image
    // `--product mysql=…` alone says whose file an ambiguous my.cnf is.
    let isMySQL =
      product == .mysql
      || context.versions["mysql"] != nil && context.versions["mariadb"] == nil
    let product = isMySQL ? MariaDB.Product.mysql : .mariadb
    let declared = context.versions[product.rawValue]
    let standard = isMySQL ? Technology.mysql.defaultVersion : Technology.mariadb.defaultVersion
    let version = declared ?? standard
    self.product = product
    self.version = version
    // The table is of one version; a tag says which server runs, not that names were checked for
    // it.
    let isTag = context.workload?.image?.version != nil
    versionIsDeclared =
      declared != nil && (!isTag || context.givenVersions.contains(product.rawValue))
    self.context = context
    var loader = MariaDBLoader(files: context.files) { MariaDB.reads($0, product, version) }
    if image == nil { loader.load(source) } else { loader.begin(at: source) }
    loader.add(ServerFlags.mariadb(context.workload))
    self.loader = loader
    problems = loader.problems
    makeSettings()
    deriveFromConnections()
  }

  /// The server as a resource; none where the files hold no group that a server reads.
  var reading: Reading {
    let entry = loader.sources[0]
    let hasGroup =
      image != nil
      || loader.sources.contains { source in
        INIDocument(source, dialect: .mysql).sections.contains {
          MariaDB.reads($0.name, product, version)
        }
      }
    guard hasGroup else {
      return Reading(resources: [], problems: problems, sources: loader.sources)
    }
    let firstLine = 0..<(entry.bytes.firstIndex(of: UInt8(ascii: "\n")) ?? entry.bytes.count)
    let identity = ResourceIdentity(
      kind: .databaseServer, technology: product.rawValue, version: version,
      name: image?.service.name ?? product.rawValue,
      origin: image?.resource.identity.origin ?? Origin(path: entry.path, range: firstLine),
      environment: context.environment ?? "production",
      environmentIsDeclared: context.environment != nil, service: context.workload?.service)
    let memory = connectionMemory
    let server = SettingsResource(
      identity: identity, settings: settings,
      facts: memory.map { ["connection_memory": $0] } ?? [:])
    return Reading(resources: [server], problems: problems, sources: loader.sources)
  }

  // MARK: values

  private mutating func makeSettings() {
    var written: [Int: (MariaDBLoader.Assignment, String?)] = [:]
    var earlier: [Int: MariaDBLoader.Assignment] = [:]
    for assignment in loader.assignments {
      switch MariaDBOption.find(assignment.entry.key) {
      case .found(let option):
        earlier[option.position] = written[option.position]?.0
        written[option.position] = (assignment, option.impliedValue)
      case .skipped: continue
      case .unknown: reportUnknown(assignment)
      case .ambiguous(let names):
        report(
          .refused, assignment, "ambiguous option '\(assignment.entry.key)'",
          help: "it may be \(names.joined(separator: ", "))")
      }
    }
    let standards = MariaDBStandards.of(product)
    places = [Int](repeating: -1, count: MariaDBVariable.all.count)
    settings.reserveCapacity(standards.settings.count + written.count)
    for (position, variable) in MariaDBVariable.all.enumerated() {
      let assignment = written.isEmpty ? nil : written[position]
      if let (assignment, implied) = assignment {
        places[position] = settings.count
        settings.append(
          setting(variable, assignment, implied: implied, earlier: earlier[position]))
      } else if let slot = standards.slots[position] {
        places[position] = settings.count
        settings.append(standards.settings[slot])
      }
    }
  }

  private mutating func reportUnknown(_ assignment: MariaDBLoader.Assignment) {
    let key = assignment.entry.key
    let written = String(key.map { $0 == "-" ? "_" : $0 })
    let closest = ConfigurationText.closest(
      to: written, among: MariaDBVariable.all.lazy.map(\.name))
    let help = closest.map { "did you mean \($0)?" }
    if key.lowercased().hasPrefix("maximum") {
      report(.refused, assignment, "a maximum of a variable cannot be set here", help: help)
    } else if product == .mariadb, versionIsDeclared || closest != nil {
      report(.refused, assignment, "unknown variable '\(key)'", help: help)
    } else {
      report(
        .unknown, assignment, "'\(key)' is no variable of MariaDB 10.11; other servers may have it",
        help: help ?? "give the version with --product \(product.rawValue)=VERSION")
    }
  }

  private mutating func report(
    _ kind: Problem.Kind, _ assignment: MariaDBLoader.Assignment, _ message: String,
    help: String? = nil
  ) {
    problems.append(
      Problem(
        kind: kind,
        origin: Origin(path: assignment.source.path, range: assignment.entry.keyRange),
        message: message, help: help))
  }

  private func setting(
    _ variable: MariaDBVariable, _ assignment: MariaDBLoader.Assignment, implied: String?,
    earlier: MariaDBLoader.Assignment?
  ) -> Setting {
    let facts = MariaDBFacts.of(variable.name)
    let isSecret = MariaDBFacts.secrets.contains(variable.name)
    let replaced = earlier.flatMap { earlier -> String? in
      guard earlier.source.path == assignment.source.path,
        earlier.value != assignment.value
      else { return nil }
      return SecretText.shown(earlier.source.text(earlier.entry.valueRange))
    }
    func make(
      _ effective: Scalar?, written: String? = nil, _ provenance: Provenance,
      origin: Origin? = nil, note: String? = nil, refusal: String? = nil
    ) -> Setting {
      Setting(
        key: variable.name, field: facts.field, written: written, effective: effective,
        meaning: effective == .int(0) || effective == .double(0) ? facts.zero : nil,
        unit: facts.unit, provenance: provenance, origin: origin, note: note, refusal: refusal,
        isSecret: isSecret, overridden: replaced)
    }
    let written = assignment.source.text(assignment.entry.valueRange)
    if ConfigurationText.isTemplate(assignment.flag ?? written) {
      return make(
        nil, written: written, .unknown, origin: assignment.origin,
        note: ConfigurationText.templateNote)
    }
    let value = MariaDBValue(implied ?? assignment.value, of: variable)
    return make(
      value.effective, written: written,
      provenance(of: value, isFilled: assignment.flag.map { $0 != written } == true),
      origin: assignment.origin, note: value.note, refusal: value.refusal)
  }
}

extension MariaDBServer {
  /// Where a value comes from; one that variables fill in cannot be replaced where it stands.
  private func provenance(of value: MariaDBValue, isFilled: Bool) -> Provenance {
    if value.effective == nil { return .unknown }
    if isFilled { return .placeholder }
    return value.note == nil ? .explicit : .clamped
  }
}

// MARK: values that depend on others

extension MariaDBServer {
  private func int(_ name: String) -> Int64? {
    guard let place = place(name), case .int(let value) = settings[place].effective else {
      return nil
    }
    return value
  }

  private func place(_ name: String) -> Int? {
    guard let position = MariaDBVariable.positions[name], places[position] >= 0 else { return nil }
    return places[position]
  }

  /// Variables that take their size from `max_connections` where they are not written.
  ///
  /// Source: run on 10.11.19 with several values.
  private mutating func deriveFromConnections() {
    guard let connections = int("max_connections") else { return }
    derive("thread_cache_size", min(connections, 256))
    derive("back_log", min(900, 50 + connections / 5))
  }

  private mutating func derive(_ name: String, _ value: Int64) {
    guard product == .mariadb, let position = place(name),
      settings[position].provenance == .default
    else { return }
    let setting = settings[position]
    settings[position] = Setting(
      key: setting.key, field: setting.field, effective: .int(value), unit: setting.unit,
      provenance: .default, note: "from max_connections")
  }

  /// What one connection may allocate at most, in bytes.
  private var connectionMemory: FieldValue? {
    var sum: Int64 = 0
    for name in MariaDBFacts.perConnection {
      guard let value = int(name) else {
        return place(name) == nil ? nil : .unknown("\(name) cannot be known")
      }
      sum = sum.addingReportingOverflow(value).overflow ? .max : sum + value
    }
    return .int(sum)
  }
}
