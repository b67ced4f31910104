import Model

/// The settings of one HikariCP pool: every key that the version knows, with what runs.
struct HikariSettings {
  private let version: Version
  private let inputs: [String: PoolInput]
  /// Whether the file alone must say what to connect to.
  private let needsTarget: Bool
  private let rules: HikariRules

  /// Computes what runs.
  ///
  /// - Parameters:
  ///   - version: HikariCP's version.
  ///   - inputs: what is written; of several for one key the last counts.
  ///   - needsTarget: `true` where the file is all that HikariCP gets.
  init(version: Version, inputs: [PoolInput], needsTarget: Bool) {
    self.version = version
    self.inputs = Dictionary(inputs.map { ($0.key, $0) }, uniquingKeysWith: { $1.replacing($0) })
    self.needsTarget = needsTarget
    rules = HikariRules(version: version, inputs: self.inputs)
  }

  /// Every key that the version knows, then the driver's properties, then keys that nothing knows.
  var settings: [Setting] {
    var settings: [Setting] = []
    for key in HikariKey.all {
      let input = inputs[key.name]
      if key.exists(in: version) {
        settings.append(setting(key, input))
      } else if let input {
        settings.append(unknown(input))
      }
    }
    for input in inputs.values.sorted(by: { $0.key < $1.key })
    where HikariKey.byName[input.key] == nil {
      let isKnown = input.key.hasPrefix("dataSource.") || HikariKey.objects.contains(input.key)
      settings.append(isKnown ? passedOn(input) : unknown(input))
    }
    return settings
  }

  private func setting(_ key: HikariKey, _ input: PoolInput?) -> Setting {
    switch key.kind {
    case .count, .time: number(key, input)
    case .bool, .text: word(key, input)
    }
  }

  private func number(_ key: HikariKey, _ input: PoolInput?) -> Setting {
    let outcome = rules.outcomes[key.name] ?? HikariRules.Outcome()
    return Setting(
      key: key.name, field: key.field, written: input?.written,
      effective: outcome.number.map(Scalar.int), meaning: meaning(key, outcome.number),
      unit: key.kind == .time ? .millisecond : .connection,
      provenance: provenance(input, outcome), origin: input?.origin,
      note: outcome.note ?? (outcome.refusal == nil ? nil : "HikariCP does not start"),
      refusal: outcome.refusal, overridden: input?.overridden)
  }

  private func provenance(_ input: PoolInput?, _ outcome: HikariRules.Outcome) -> Provenance {
    guard let input else { return outcome.number == nil ? .unknown : .default }
    if outcome.refusal != nil { return input.provenance }
    guard let number = outcome.number else { return .unknown }
    guard case .int(let written) = input.value else { return .unknown }
    let isStoredForever = written == 0 && input.key == "connectionTimeout"
    // Inherited values and placeholders are decided elsewhere, whatever becomes of them here.
    let isDecidedHere = input.provenance == .explicit
    if number == written || isStoredForever || !isDecidedHere { return input.provenance }
    return .clamped
  }

  private func meaning(_ key: HikariKey, _ number: Int64?) -> Meaning? {
    switch (key.name, number) {
    case ("connectionTimeout", Int64(Int32.max)?): .forever
    case ("maxLifetime", 0?), ("idleTimeout", 0?): .forever
    case ("keepaliveTime", 0?), ("leakDetectionThreshold", 0?): .disabled
    default: nil
    }
  }

  private func word(_ key: HikariKey, _ input: PoolInput?) -> Setting {
    var effective: Scalar? = key.defaultValue(in: version)
    var note = input?.note
    var refusal = refusal(key)
    var provenance = input?.provenance ?? .default
    switch input?.value {
    case nil: break
    case .int(let number): effective = .string(String(number))
    case .bool(let value): effective = key.kind == .bool ? .bool(value) : .string("\(value)")
    case .text(let text):
      effective = text.isEmpty && key.emptyIsAbsent ? .null : .string(text)
    case .unknown(let reason):
      effective = nil
      note = reason
      provenance = .unknown
    case .refused(let reason):
      effective = nil
      refusal = reason
    }
    return Setting(
      key: key.name, field: key.field, written: input?.written, effective: effective,
      provenance: provenance, origin: input?.origin, note: note, refusal: refusal,
      isSecret: key.isSecret || key.kind == .text && isSecret(input),
      overridden: input?.overridden)
  }

  /// Whether a value carries a secret, as written or after placeholders.
  private func isSecret(_ input: PoolInput?) -> Bool {
    guard let input else { return false }
    let isStatement = ["connectionInitSql", "connectionTestQuery"].contains(input.key)
    func isSecret(_ text: String) -> Bool {
      isStatement ? SecretText.isInStatement(text) : JDBCTarget.hasPassword(text)
    }
    if isSecret(input.written) { return true }
    if case .text(let text) = input.value { return isSecret(text) }
    return false
  }

  private func isGiven(_ key: String) -> Bool {
    guard let input = inputs[key] else { return false }
    if case .text(let text) = input.value { return !text.isEmpty }
    return true
  }

  /// What `validate` throws about how to connect, at the key to mend.
  private func refusal(_ key: HikariKey) -> String? {
    if key.name == "poolName", case .text(let name) = inputs["poolName"]?.value,
      name.contains(":"), case .bool(true) = inputs["registerMbeans"]?.value
    {
      return "poolName cannot contain ':' when used with JMX"
    }
    if key.name == "driverClassName", isGiven("driverClassName"), isGiven("dataSourceClassName") {
      return "cannot use driverClassName and dataSourceClassName together."
    }
    guard needsTarget, key.name == "jdbcUrl", !isGiven("jdbcUrl"), !isGiven("dataSourceJNDI"),
      !isGiven("dataSourceClassName"), !isGiven("dataSource")
    else { return nil }
    return isGiven("driverClassName")
      ? "jdbcUrl is required with driverClassName."
      : "dataSource or dataSourceClassName or jdbcUrl is required."
  }

  /// A property that HikariCP hands to the driver or takes as an object.
  private func passedOn(_ input: PoolInput) -> Setting {
    var effective: Scalar?
    var provenance = input.provenance
    var note = input.note
    var refusal: String?
    switch input.value {
    case .int(let number): effective = .string(String(number))
    case .bool(let value): effective = .string(String(value))
    case .text(let text): effective = .string(text)
    case .refused(let reason): refusal = reason
    case .unknown(let reason):
      provenance = .unknown
      note = reason
    }
    return Setting(
      key: input.key, written: input.written, effective: effective, provenance: provenance,
      origin: input.origin, note: note, refusal: refusal,
      isSecret: SecretText.isName(input.key) || isSecret(input))
  }

  /// A key that this version does not know: HikariCP refuses it, Spring Boot passes over it.
  private func unknown(_ input: PoolInput) -> Setting {
    let message = "property \(input.key) does not exist in HikariCP \(version)"
    let known = HikariKey.all.lazy.filter { $0.exists(in: version) }.map(\.name)
    let closest = ConfigurationText.closest(to: input.key, among: known)
    let refusal = message + (closest.map { "; did you mean \($0)?" } ?? "")
    return Setting(
      key: input.key, written: input.written, effective: needsTarget ? nil : .null,
      provenance: needsTarget ? input.provenance : .clamped, origin: input.origin,
      note: needsTarget ? "HikariCP does not start" : message + ", and nothing reads it",
      refusal: needsTarget ? refusal : nil,
      isSecret: SecretText.isName(input.key) || isSecret(input))
  }
}
