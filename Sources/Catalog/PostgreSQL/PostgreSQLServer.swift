import Model
import Syntax

/// One server as its files configure it.
struct PostgreSQLServer {
  private let version: Version
  private let versionIsDeclared: Bool
  private let context: ReadingContext
  private let loader: PostgreSQLLoader
  private var settings: [Setting] = []
  /// The place in ``settings`` of each key of ``PostgreSQLKey/all``; -1 where it has none.
  private var places: [Int] = []
  private var problems: [Problem] = []

  /// The workload that is the server where no file is.
  private let image: Workload?

  /// The server of a file.
  ///
  /// - Parameter image: the workload that is the server, where `source` only deploys it.
  init(_ source: SourceText, _ context: ReadingContext, image: Workload? = nil) {
    self.image = image
    let declared = context.versions["postgresql"]
    version = declared ?? Technology.postgresql.defaultVersion
    versionIsDeclared = declared != nil
    self.context = context
    var loader = PostgreSQLLoader(files: context.files)
    if image == nil { loader.load(source) } else { loader.begin(at: source) }
    loader.add(ServerFlags.postgresql(context.workload))
    self.loader = loader
    problems = loader.problems
    makeSettings()
    deriveMemory()
    checkReserve()
    checkReplication()
  }

  /// The server as a resource, with what was read and what went wrong.
  var reading: Reading {
    let entry = loader.sources[0]
    let cluster = self["cluster_name"].flatMap { setting -> String? in
      if case .string(let name) = setting.effective, !name.isEmpty { name } else { nil }
    }
    let identity = ResourceIdentity(
      kind: .databaseServer, technology: "postgresql", version: version,
      name: cluster ?? image?.service.name ?? "postgresql",
      origin: image?.resource.identity.origin
        ?? Origin(path: entry.path, range: firstLine(entry)),
      environment: context.environment ?? "production",
      environmentIsDeclared: context.environment != nil, service: context.workload?.service)
    var facts: [String: FieldValue] = [:]
    var factSettings: [String: Setting] = [:]
    if let own = self["autovacuum_work_mem"], own.effective == .int(-1),
      let shared = self["maintenance_work_mem"]
    {
      facts["autovacuum_memory"] = shared.value(as: .int)
      factSettings["autovacuum_memory"] = own.origin == nil ? shared : own
    }
    if let reserve = largestReserve {
      facts["largest_reserve"] = reserve.value(as: .int)
      factSettings["largest_reserve"] = reserve
    }
    let server = SettingsResource(
      identity: identity, settings: settings, facts: facts, factSettings: factSettings)
    return Reading(resources: [server], problems: problems, sources: loader.sources)
  }

  private subscript(key: String) -> Setting? { place(key).map { settings[$0] } }

  private func place(_ key: String) -> Int? {
    guard let position = PostgreSQLKey.position(of: key, in: version), places[position] >= 0 else {
      return nil
    }
    return places[position]
  }

  private func firstLine(_ source: SourceText) -> Range<Int> {
    0..<(source.bytes.firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count)
  }

  // MARK: values

  private mutating func makeSettings() {
    var written: [Int: PostgreSQLLoader.Assignment] = [:]
    var overridden: [Int: PostgreSQLLoader.Assignment] = [:]
    var repeated: [Int: PostgreSQLLoader.Assignment] = [:]
    for assignment in loader.assignments {
      guard let position = known(assignment) else { continue }
      if let earlier = written[position] {
        let isSameFile = earlier.source.path == assignment.source.path
        if isSameFile { repeated[position] = earlier } else { overridden[position] = earlier }
      }
      written[position] = assignment
    }
    let standards = PostgreSQLStandards.of(version)
    let isPlain = loader.templates.isEmpty
    places = [Int](repeating: -1, count: PostgreSQLKey.all.count)
    settings.reserveCapacity(standards.settings.count + written.count)
    for (position, key) in PostgreSQLKey.all.enumerated() {
      let standard = standards.slots[position].map { standards.settings[$0] }
      let assignment = written.isEmpty ? nil : written[position]
      guard standard != nil || assignment != nil else { continue }
      places[position] = settings.count
      if isPlain, assignment == nil, let standard {
        settings.append(standard)
      } else {
        settings.append(
          setting(
            key.adapted(to: version), assignment, overridden: overridden[position],
            repeated: repeated[position]))
      }
    }
  }

  /// The position of the key that a line sets; reports the line where the server would refuse it.
  private mutating func known(_ assignment: PostgreSQLLoader.Assignment) -> Int? {
    let name = assignment.entry.key
    let origin = Origin(path: assignment.source.path, range: assignment.entry.keyRange)
    guard let position = PostgreSQLKey.position(of: name, in: version) else {
      // A dotted key belongs to an extension, whatever it is.
      if name.contains(".") { return nil }
      if PostgreSQLKey.fixedNames.contains(name.lowercased()) {
        refuse(origin, "parameter \"\(name)\" cannot be changed")
      } else {
        let closest = ConfigurationText.closest(
          to: name, among: PostgreSQLKey.all.lazy.map(\.name))
        refuse(
          origin, "unrecognized configuration parameter \"\(name)\"",
          help: closest.map { "did you mean \($0)?" })
      }
      return nil
    }
    let key = PostgreSQLKey.all[position]
    if versionIsDeclared, !key.versions.contains(version.major) {
      let isNewer = version.major < key.versions.lowerBound
      refuse(
        origin, "unrecognized configuration parameter \"\(name)\"",
        help: isNewer
          ? "it came with version \(key.versions.lowerBound); this is \(version)"
          : "version \(key.versions.upperBound) was the last to have it; this is \(version)")
      return nil
    }
    return position
  }

  private mutating func refuse(_ origin: Origin, _ message: String, help: String? = nil) {
    problems.append(Problem(kind: .refused, origin: origin, message: message, help: help))
  }

  private func setting(
    _ key: PostgreSQLKey, _ assignment: PostgreSQLLoader.Assignment?,
    overridden: PostgreSQLLoader.Assignment?, repeated: PostgreSQLLoader.Assignment?
  ) -> Setting {
    let facts = PostgreSQLFacts.of(key.name)
    let isSecret =
      PostgreSQLFacts.secrets.contains(key.name)
      || key.kind == .text
        && [assignment, overridden, repeated].contains {
          SecretText.isInText($0?.entry.value ?? "")
        }
    let earlier = repeated.flatMap { repeated -> String? in
      guard repeated.source.path == assignment?.source.path,
        repeated.entry.value != assignment?.entry.value
      else { return nil }
      return SecretText.shown(repeated.source.text(repeated.entry.valueRange))
    }
    func make(
      _ effective: Scalar?, written: String? = nil, _ provenance: Provenance,
      origin: Origin? = nil, note: String? = nil, refusal: String? = nil
    ) -> Setting {
      Setting(
        key: key.name, field: facts.field, written: written, effective: effective,
        meaning: facts.meaning(of: effective), unit: facts.unit ?? key.unit,
        provenance: provenance, origin: origin, note: note, refusal: refusal, isSecret: isSecret,
        overridden: earlier)
    }
    guard let assignment else {
      if let origin = loader.templates[key.name.lowercased()] {
        return make(nil, .unknown, origin: origin, note: ConfigurationText.templateNote)
      }
      return PostgreSQLStandards.setting(key, version)
    }
    let written = assignment.source.text(assignment.entry.valueRange)
    let origin = assignment.origin
    if ConfigurationText.isTemplate(assignment.isFlag ? assignment.entry.value : written) {
      return make(
        nil, written: written, .unknown, origin: origin, note: ConfigurationText.templateNote)
    }
    let value = PostgreSQLValue(assignment.entry.value, of: key)
    if let refusal = value.refusal {
      return make(nil, written: written, .explicit, origin: origin, refusal: refusal)
    }
    let isFilled = assignment.isFlag && written != assignment.entry.value
    return make(
      value.effective, written: written,
      isFilled ? .placeholder : value.note == nil ? .explicit : .clamped,
      origin: origin,
      note: value.note ?? winNote(assignment, over: overridden, isSecret: isSecret))
  }

  /// Says which reviewed line a postgresql.auto.conf overrides.
  private func winNote(
    _ winner: PostgreSQLLoader.Assignment, over loser: PostgreSQLLoader.Assignment?,
    isSecret: Bool
  ) -> String? {
    guard let loser, winner.isFlag || winner.source.path.hasSuffix("postgresql.auto.conf") else {
      return nil
    }
    let text = isSecret ? Setting.mask : loser.source.text(loser.entry.valueRange)
    let name = winner.isFlag ? "the command line" : "postgresql.auto.conf"
    return "\(name) wins over \(text) in \(loser.source.path):\(loser.line)"
  }

  // MARK: values that depend on others

  private func int(_ key: String) -> Int64? {
    if case .int(let value) = self[key]?.effective { value } else { nil }
  }

  /// Buffers that take their size from `shared_buffers` when none is given.
  private mutating func deriveMemory() {
    guard let shared = int("shared_buffers") else { return }
    if int("wal_buffers") == -1 {
      // One WAL segment of 16 MB at most, 8 pages at least.
      replace("wal_buffers", min(max(shared / 32, 8), 2_048), "-1 takes 1/32 of shared_buffers")
    } else if let written = int("wal_buffers"), written < 4 {
      replace("wal_buffers", 4, "4 pages are the least", isClamped: true)
    }
    let least: Int64 = version.major >= 17 ? 64 : 1_024
    if let own = int("autovacuum_work_mem"), own >= 0, own < least {
      replace("autovacuum_work_mem", least, "\(least) kB are the least", isClamped: true)
    }
    for key in ["transaction_buffers", "subtransaction_buffers", "commit_timestamp_buffers"]
    where int(key) == 0 {
      let size = min(max(shared / 512 / 16 * 16, 16), 1_024)
      replace(key, size, "0 takes 1/512 of shared_buffers")
    }
  }

  private mutating func replace(
    _ key: String, _ value: Int64, _ note: String, isClamped: Bool = false
  ) {
    guard let position = place(key) else { return }
    let old = settings[position]
    settings[position] = Setting(
      key: old.key, field: old.field, written: old.written, effective: .int(value),
      unit: old.unit, provenance: isClamped ? .clamped : old.provenance, origin: old.origin,
      note: old.written == nil ? nil : note)
  }

  // MARK: settings that exclude each other

  private mutating func checkReserve() {
    guard let most = int("max_connections"), let superuser = int("superuser_reserved_connections")
    else { return }
    let other = int("reserved_connections") ?? 0
    guard superuser + other >= most else { return }
    let plus = self["reserved_connections"] == nil ? "" : " plus reserved_connections (\(other))"
    refuse(
      firstWritten: largestReserve.map { [$0.key] } ?? ["max_connections"],
      "superuser_reserved_connections (\(superuser))\(plus) must be less than "
        + "max_connections (\(most))")
  }

  /// The largest written number of reserved connections: the line to mend where too many are.
  private var largestReserve: Setting? {
    ["superuser_reserved_connections", "reserved_connections"].compactMap { self[$0] }
      .filter { $0.origin != nil }
      .reduce(nil) { best, next in
        guard let best, case .int(let most) = best.effective,
          case .int(let number) = next.effective
        else { return best ?? next }
        return number > most ? next : best
      }
  }

  private mutating func checkReplication() {
    guard self["wal_level"]?.effective == .string("minimal") else { return }
    if let senders = int("max_wal_senders"), senders > 0 {
      refuse(
        firstWritten: ["wal_level"],
        "max_wal_senders (\(senders)) above 0 requires wal_level replica or logical")
    } else if let mode = self["archive_mode"]?.effective, mode != .string("off") {
      refuse(firstWritten: ["wal_level"], "archive_mode requires wal_level replica or logical")
    }
  }

  private mutating func refuse(firstWritten keys: [String], _ refusal: String) {
    guard let key = keys.first(where: { self[$0]?.origin != nil }), let position = place(key)
    else { return }
    let old = settings[position]
    settings[position] = Setting(
      key: old.key, field: old.field, written: old.written, effective: old.effective,
      meaning: old.meaning, unit: old.unit, provenance: old.provenance, origin: old.origin,
      note: old.note, refusal: refusal)
  }
}
