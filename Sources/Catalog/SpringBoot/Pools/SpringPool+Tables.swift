import Model

/// What pools other than HikariCP get from a view.
extension SpringPool {
  var tableInputs: [PoolInput] {
    guard let table = product.table else { return [] }
    var inputs = sharedInputs(table) + urlInputs
    for entry in entries where entry.name.hasPrefix(start) {
      let rest = String(entry.name.dropFirst(start.utf8.count))
      // Lists and maps, such as the driver's properties and Druid's filters.
      if rest.contains(where: { ".[".contains($0) }) { continue }
      if product == .dbcp2, let key = SpringProduct.durations[rest] {
        inputs.append(
          input(entry, key) { _ in .unknown("a time from DBCP 2.10 on, not a key of it before") })
        continue
      }
      let known = SpringProduct.names[product]?[rest]
      guard let key = known ?? (isPassedOn(rest) ? nil : Self.last(entry.raw)) else { continue }
      let kind = table.key(named: key)?.kind
      inputs.append(input(entry, key) { SpringConversion.value($0, kind, product) })
    }
    return inputs
  }

  /// What stands at the data source for every pool, and size keys that only a data source made by
  /// hand reads there.
  private func sharedInputs(_ table: PoolProduct) -> [PoolInput] {
    if prefix.isDruidPart {
      let parts = prefix.name.split(separator: ".").dropLast()
      return passedInputs(parts.joined(separator: "."), [])
    }
    let shared = [
      ("url", ["url"]), ("username", ["username", "user"]), ("password", ["password"]),
      ("driverclassname", ["driverClassName"]), ("name", ["connectionPoolName"]),
    ]
    let inputs = shared.compactMap { name, keys -> PoolInput? in
      guard let entry = view.entries[prefix.name + "." + name],
        let key = keys.first(where: { table.key(named: $0) != nil })
      else { return nil }
      return input(entry, key) { SpringConversion.value($0, .text) }
    }
    return product == .druid ? inputs + passedInputs(prefix.name, Set(shared.map(\.0))) : inputs
  }

  /// Druid's keys at a place that only a data source made by hand reads.
  private func passedInputs(_ place: String, _ taken: Set<String>) -> [PoolInput] {
    (SpringProduct.names[.druid] ?? [:]).sorted { $0.key < $1.key }.compactMap { name, key in
      guard !taken.contains(name), let entry = view.entries[place + "." + name] else { return nil }
      return input(entry, key) { _ in
        .unknown("at this place only a data source made by hand reads it")
      }
    }
  }

  /// `r2dbc:pool:postgresql://host/db?maxSize=5`: a pool that its URL describes.
  private var urlInputs: [PoolInput] {
    guard product == .r2dbc, let entry = view.entries[prefix.name + ".url"],
      let url = view.text(entry.name), url.hasPrefix("r2dbc:pool:"),
      let parts = DatabaseURL(String(url.dropFirst("r2dbc:pool:".count)))
    else { return [] }
    return parts.parameters.compactMap { parameter in
      guard let key = product.table?.key(named: parameter.name) else { return nil }
      return PoolInput(
        key: key.name, written: parameter.value, origin: entry.origin,
        value: SpringConversion.value(.text(parameter.value), key.kind, .r2dbc),
        provenance: view.isOwn(entry) ? .explicit : .inherited)
    }
  }

  /// Whether a key that the table lacks is nonetheless the product's.
  private func isPassedOn(_ key: String) -> Bool {
    if case .passedOn = product.table?.unknownKeys { return true }
    return ["dbproperties", "connectionproperties", "datasource", "name"].contains(key)
  }

  private static func last(_ raw: String) -> String? {
    raw.split(separator: ".").last.map(String.init)
  }

  /// Keys below the name of another pool than the one that the data source's type selects.
  var unread: [Setting] {
    guard !prefix.isDirect, view.entries[prefix.name + ".type"] != nil else { return [] }
    let others = SpringProduct.allCases.filter { $0 != product && $0 != .r2dbc }
    return entries.compactMap { entry in
      guard let other = others.first(where: { entry.name.hasPrefix(prefix.keys(of: $0)) }) else {
        return nil
      }
      return Setting(
        key: entry.raw, written: entry.written, effective: .null, provenance: .clamped,
        origin: entry.origin,
        note: "no effect: \(prefix.name).type selects \(product.title), not \(other.title)",
        isSecret: SecretText.isName(entry.raw) || SecretText.isInText(entry.written))
    }
  }
}

extension SpringConversion {
  /// A value as the setter of a pool described by a table gets it.
  static func value(
    _ value: SpringEntry.Value, _ kind: PoolKey.Kind?, _ product: SpringProduct
  ) -> PoolInput.Value {
    switch kind {
    case .count: Self.value(value, .count)
    case .time, .size, .fraction:
      product == .r2dbc ? duration(value) : Self.value(value, .time)
    case .bool: Self.value(value, .bool)
    case .text, .secret, nil: Self.value(value, .text)
    }
  }

  /// A `Duration`: `30s`, `PT30S`, or a bare number of milliseconds.
  private static func duration(_ value: SpringEntry.Value) -> PoolInput.Value {
    let word: String
    switch value {
    case .int(let number): return .int(number)
    case .template(let text): return .unknown("a template fills this in: \(text)")
    case .text(let text): word = trimmed(text)
    case .bool(let flag): word = String(flag)
    case .float(let number): word = String(number)
    }
    return DurationText.spring(word).map(PoolInput.Value.int)
      ?? .refused("Spring Boot cannot convert \"\(word)\" to a duration")
  }
}
