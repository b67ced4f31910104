import Model

/// The settings of one resource: what is written, read with the tables that built-in products use.
struct MappedSettings {
  /// A key as one file writes it.
  struct Written {
    let key: MappedKey
    /// The setting's name: the key's own, or what its wildcards stand for.
    let name: String
    let input: PoolInput
    /// The unit of its number.
    let unit: Unit
    /// What is written, without quotes.
    var text = ""
    /// The elements of a list of texts.
    var texts: [String] = []
  }

  private let mapping: FormatMapping
  private let version: Version

  init(_ mapping: FormatMapping, version: Version) {
    self.mapping = mapping
    self.version = version
  }

  /// Every key of the mapping with what runs, in the mapping's order.
  func settings(_ keys: [MappedKey], _ written: [Written]) -> [Setting] {
    var units: [String: Unit] = [:]
    for value in written { units[value.name] = value.unit }
    var rows: [MappedRules.Row] = []
    var seen: Set<String> = []
    for key in keys {
      guard key.path.hasWildcard else {
        rows.append(MappedRules.Row(key.path.text, key, units[key.path.text]))
        continue
      }
      for value in written where value.key.path == key.path && seen.insert(value.name).inserted {
        rows.append(MappedRules.Row(value.name, key, value.unit))
      }
    }
    // What this version does not have yet, or no more, is no key: a strict program refuses it.
    rows = rows.filter { row in
      row.key.since.map { version >= $0 } != false && row.key.until.map { version < $0 } != false
    }
    let rules = MappedRules(rows, version: version, path: mapping.path)
    let product = PoolProduct(
      mapping.name, title: mapping.title, version: version,
      unknownKeys: mapping.strictness == .off ? .passedOn : .refused,
      keys: rows.map { $0.key.poolKey(named: $0.name, in: version, unit: $0.unit) }
    ) { draft in
      rules.apply(to: &draft)
    }
    return product.settings(written.map(\.input), version: version)
  }
}

/// What a mapping says of numbers beside their units, in the order in which most programs do it:
/// special numbers and fixed limits, defaults that follow another key, limits that follow one.
struct MappedRules: Sendable {
  /// One key in one resource.
  struct Row: Sendable {
    let name: String
    let key: MappedKey
    /// The unit of its number here.
    let unit: Unit
    /// Units of the number in one that the mapping counts the key in.
    let factor: Int64

    init(_ name: String, _ key: MappedKey, _ unit: Unit?) {
      self.name = name
      self.key = key
      let own = key.countedUnit
      self.unit = unit ?? own
      let size = own.microseconds ?? own.bytes ?? 1
      factor = max(1, size / max(1, self.unit.microseconds ?? self.unit.bytes ?? 1))
    }

    /// A number of the mapping in the unit that counts here.
    func own(_ number: Int64) -> Int64 {
      let (product, overflow) = number.multipliedReportingOverflow(by: factor)
      return overflow ? (number < 0 ? .min : .max) : product
    }

    var limits: [(source: MappedKey.Source, isLeast: Bool)] {
      [(key.minimum, true), (key.maximum, false)].compactMap { source, isLeast in
        source.map { ($0, isLeast) }
      }
    }
  }

  private let rows: [Row]
  private let byName: [String: Row]
  private let version: Version
  private let path: String

  init(_ rows: [Row], version: Version, path: String) {
    self.rows = rows
    self.version = version
    self.path = path
    byName = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func apply(to draft: inout PoolDraft) {
    let rows = rows.filter { draft.outcomes[$0.name] != nil }
    for row in rows where draft.isWritten(row.name) && !settle(&draft, row) {
      for (source, isLeast) in row.limits {
        guard case .value(.int(let bound)) = source else { continue }
        keep(&draft, row, to: row.own(bound), isLeast: isLeast, because: nil)
      }
    }
    for row in rows where !draft.isWritten(row.name) {
      switch row.key.standard(in: version) {
      case nil:
        draft.follow(row.name, nil)
        draft.remark(row.name, "\(path) gives no default")
      case .key(let other)?:
        let value = number(of: other, draft, for: row).map(Scalar.int)
        draft.follow(row.name, value ?? draft.outcomes[other]?.value)
        if draft.outcomes[row.name]?.value == nil { draft.forget(row.name, because: other) }
      case .value?: break
      }
    }
    for row in rows {
      for (source, isLeast) in row.limits {
        guard case .key(let other) = source, let number = draft.number(row.name),
          number != 0 || row.key.zero == nil, number >= 0 || row.key.negative == nil
        else { continue }
        if let bound = self.number(of: other, draft, for: row) {
          keep(&draft, row, to: bound, isLeast: isLeast, because: other)
        } else if draft.outcomes[other]?.refusal == nil, !isBoundless(other, draft) {
          draft.forget(row.name, because: other)
        }
      }
    }
  }

  /// What another key runs with, in a row's unit; `nil` where that is no ordinary number.
  private func number(of other: String, _ draft: PoolDraft, for row: Row) -> Int64? {
    guard let source = byName[other], let number = draft.number(other),
      source.key.poolMeaning(of: number) == nil
    else { return nil }
    return row.own(number / source.factor)
  }

  private func isBoundless(_ other: String, _ draft: PoolDraft) -> Bool {
    guard let source = byName[other], let number = draft.number(other) else { return false }
    return source.key.poolMeaning(of: number) != nil
  }

  /// Numbers that mean something else; whether it was one.
  private func settle(_ draft: inout PoolDraft, _ row: Row) -> Bool {
    guard let number = draft.number(row.name) else { return false }
    let special = number == 0 ? row.key.zero : number < 0 ? row.key.negative : nil
    switch special {
    case nil: return false
    case .refused: draft.refuse(row.name, "\(number) is not allowed")
    case .standard: fallBack(&draft, row, because: "\(number) stands for the default")
    case .unlimited, .forever, .disabled, .immediate: break
    }
    return true
  }

  private func fallBack(_ draft: inout PoolDraft, _ row: Row, because reason: String) {
    switch row.key.standard(in: version) {
    case .value(.int(let number))?: draft.run(row.name, row.own(number), because: reason)
    case .key(let other)?:
      guard let number = number(of: other, draft, for: row) else {
        return draft.forget(row.name, because: other)
      }
      draft.run(row.name, number, because: "\(reason), which is that of \(other)")
    case .value?, nil: draft.forget(row.name, because: "the default")
    }
  }

  private func keep(
    _ draft: inout PoolDraft, _ row: Row, to bound: Int64, isLeast: Bool, because other: String?
  ) {
    guard let number = draft.number(row.name), isLeast ? number < bound : number > bound else {
      return
    }
    let unit = row.unit.rawValue.isEmpty || row.key.sort == .count ? "" : " \(row.unit.rawValue)"
    let reason = (isLeast ? "below " : "above ") + (other ?? "\(bound)\(unit)")
    switch row.key.outside {
    case .clamp: draft.run(row.name, bound, because: reason)
    case .disabled: draft.run(row.name, 0, because: reason)
    case .refused: draft.refuse(row.name, "\(number)\(unit) is \(reason)")
    case .standard: fallBack(&draft, row, because: reason)
    }
  }
}

extension MappedKey {
  /// What a number means besides its value.
  fileprivate func poolMeaning(of number: Int64) -> Meaning? {
    (number == 0 ? zero : number < 0 ? negative : nil)?.meaning
  }
}
