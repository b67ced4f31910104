import Model

/// A pool product as a table of its keys, with what the table cannot say as code.
///
/// Most products differ in names, units, defaults and a few clamps only; each is one value of this
/// type, so that a new one is one file.
struct PoolProduct: Sendable {
  /// As in `ResourceIdentity.technology`: `tomcat-jdbc`.
  let technology: String
  /// What people call it.
  let title: String
  let version: Version
  let keys: [PoolKey]
  /// What becomes of a key that the table does not have.
  let unknownKeys: UnknownKeys
  /// The product's clamps, refusals and defaults that follow other keys.
  let adjust: @Sendable (inout PoolDraft) -> Void

  enum UnknownKeys: Sendable {
    /// The product does not start.
    case refused
    /// Nothing reads it, with or without a line in a log.
    case ignored
    /// It is the driver's or a framework's; nothing is said.
    case passedOn
  }

  init(
    _ technology: String, title: String, version: Version, unknownKeys: UnknownKeys,
    keys: [PoolKey], adjust: @escaping @Sendable (inout PoolDraft) -> Void = { _ in }
  ) {
    self.technology = technology
    self.title = title
    self.version = version
    self.unknownKeys = unknownKeys
    self.keys = keys
    self.adjust = adjust
  }

  /// The key of a name, by its spelling or an older one; letter case counts.
  func key(named name: String) -> PoolKey? {
    keys.first { $0.name == name } ?? keys.first { $0.aliases.contains(name) }
  }

  /// Every key that the version knows, in the table's order, then the written ones it does not.
  ///
  /// - Parameters:
  ///   - written: what the files say, in reading order; of several for one key the last counts.
  ///   - version: the version that runs.
  func settings(_ written: [PoolInput], version: Version) -> [Setting] {
    let known = keys.filter { $0.exists(in: version) }
    var names: [String: String] = [:]
    for key in known {
      for name in key.aliases + [key.name] { names[name] = key.name }
    }
    var inputs: [String: PoolInput] = [:]
    var others: [PoolInput] = []
    for input in written {
      if let name = names[input.key] {
        inputs[name] = input.replacing(inputs[name])
      } else {
        others.append(input)
      }
    }
    var draft = PoolDraft(product: title, keys: known, inputs: inputs)
    adjust(&draft)
    return known.map { setting($0, inputs[$0.name], draft.outcomes[$0.name] ?? .init()) }
      + others.map(unknown)
  }

  private func setting(
    _ key: PoolKey, _ input: PoolInput?, _ outcome: PoolDraft.Outcome
  ) -> Setting {
    let isText = if case .text = key.kind { true } else { false }
    let isSecret = if case .secret = key.kind { true } else { false }
    return Setting(
      key: key.name, field: key.field, written: input?.written, effective: outcome.value,
      meaning: key.meaning(of: outcome.value), unit: key.unit,
      provenance: provenance(input, outcome), origin: input?.origin,
      note: outcome.note ?? (outcome.refusal == nil ? nil : "\(title) does not start"),
      refusal: outcome.refusal,
      isSecret: isSecret || isText && SecretText.isInText(input?.written ?? ""),
      overridden: input?.overridden)
  }

  private func provenance(_ input: PoolInput?, _ outcome: PoolDraft.Outcome) -> Provenance {
    guard let input else { return outcome.value == nil ? .unknown : .default }
    if outcome.refusal != nil { return input.provenance }
    guard let value = outcome.value else { return .unknown }
    // Inherited values and placeholders are decided elsewhere, whatever becomes of them here.
    guard input.provenance == .explicit else { return input.provenance }
    return isSame(value, input.value) ? .explicit : .clamped
  }

  private func isSame(_ value: Scalar, _ input: PoolInput.Value) -> Bool {
    switch (value, input) {
    case (.int(let value), .int(let written)): value == written
    case (.double(let value), .int(let written)): value == Double(written)
    case (.double(let value), .text(let written)): value == Double(written)
    case (.bool(let value), .bool(let written)): value == written
    case (.string, _): true
    default: false
    }
  }

  private func unknown(_ input: PoolInput) -> Setting {
    let isSecret = SecretText.isName(input.key) || SecretText.isInText(input.written)
    func make(
      _ effective: Scalar?, _ provenance: Provenance, note: String? = nil, refusal: String? = nil
    ) -> Setting {
      Setting(
        key: input.key, written: input.written, effective: effective, provenance: provenance,
        origin: input.origin, note: note, refusal: refusal, isSecret: isSecret)
    }
    let message = "\(title) has no key \(input.key)"
    let closest = ConfigurationText.closest(to: input.key, among: keys.lazy.map(\.name))
    let hint = closest.map { "; did you mean \($0)?" } ?? ""
    switch unknownKeys {
    case .refused:
      return make(
        nil, input.provenance, note: "\(title) does not start", refusal: message + hint)
    case .ignored: return make(.null, .clamped, note: message + ", and nothing reads it" + hint)
    case .passedOn: return make(.string(input.written), input.provenance)
    }
  }
}
