import Model

/// One pool in a view: which product it is, where its keys stand and what they say.
struct SpringPool {
  /// Where the keys of a pool stand.
  struct Prefix: Hashable {
    /// Canonical, such as `spring.datasource`.
    let name: String
    /// Whether the pool's keys stand directly there, as a data source made by hand binds them.
    let isDirect: Bool

    /// Whether it is one of several pools below `druid`: `spring.datasource.druid.master`.
    var isDruidPart: Bool { isDirect && name.firstPlace(of: ".druid.") != nil }

    /// What comes before HikariCP's own keys.
    var hikari: String { keys(of: .hikari) }

    /// What comes before a product's own keys.
    func keys(of product: SpringProduct) -> String {
      isDirect ? name + "." : name + "." + product.namespace + "."
    }
  }

  let view: SpringView
  let prefix: Prefix
  let product: SpringProduct

  /// What comes before the pool's own keys.
  var start: String { prefix.keys(of: product) }

  /// The entries of the pool: those of the data source and of its pool, in reading order.
  var entries: [SpringEntry] {
    view.entries.values.filter { $0.name.hasPrefix(prefix.name + ".") }.sorted {
      ($0.key.path, $0.key.range.lowerBound, $0.name)
        < ($1.key.path, $1.key.range.lowerBound, $1.name)
    }
  }

  /// Whether the view's own documents say anything about the pool.
  var isOwn: Bool { entries.contains(where: view.isOwn) }

  /// What the pool gets: the data source's own keys, then the pool's, which win.
  var inputs: [PoolInput] { product == .hikari ? hikariInputs : tableInputs }

  /// What the pool runs with, then the keys of other pools that nothing reads.
  func settings(version: Version) -> [Setting] {
    let inputs = inputs
    guard let table = product.table else {
      return HikariSettings(version: version, inputs: inputs, needsTarget: false).settings + unread
    }
    var url: String?
    if let input = inputs.last(where: { $0.key == "url" }), case .text(let text) = input.value {
      url = text
    }
    return table.asSpringMakesIt(url: url).settings(inputs, version: version) + unread
  }

  private var hikariInputs: [PoolInput] {
    var inputs: [PoolInput] = []
    let shared = [
      ("name", "poolName"), ("url", "jdbcUrl"), ("username", "username"),
      ("password", "password"), ("driverclassname", "driverClassName"),
    ]
    if !prefix.isDirect {
      for (name, key) in shared {
        guard let entry = view.entries[prefix.name + "." + name] else { continue }
        inputs.append(input(entry, key))
      }
      if let entry = view.entries[prefix.name + ".jdbcurl"] {
        inputs.append(input(entry, "jdbcUrl"))
      }
    }
    for entry in entries where entry.name.hasPrefix(prefix.hikari) {
      if let key = key(of: entry) { inputs.append(input(entry, key)) }
    }
    return inputs
  }

  /// The product's spelling of a key below `hikari`; `nil` for keys of other things.
  private func key(of entry: SpringEntry) -> String? {
    let rest = String(entry.name.dropFirst(prefix.hikari.utf8.count))
    if let name = Self.names[rest] { return name }
    let first = rest.prefix { $0 != "." && $0 != "[" }
    if first == "datasourceproperties" {
      let depth = prefix.hikari.utf8.count { $0 == UInt8(ascii: ".") } + 1
      let parts = entry.raw.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count > depth else { return nil }
      return "dataSource." + parts.dropFirst(depth).joined(separator: ".")
    }
    if HikariKey.objects.contains(where: { $0.lowercased() == first }) { return nil }
    return prefix.isDirect ? nil : entry.raw.split(separator: ".").last.map(String.init)
  }

  private func input(_ entry: SpringEntry, _ key: String) -> PoolInput {
    let kind = HikariKey.byName[key]?.kind ?? .text
    return input(entry, key) { SpringConversion.value($0, kind) }
  }

  /// What an entry says of a key once its placeholders are resolved.
  func input(
    _ entry: SpringEntry, _ key: String,
    _ convert: (SpringEntry.Value) -> PoolInput.Value
  ) -> PoolInput {
    let resolved = view.resolve(entry)
    let value =
      resolved.value.map(convert) ?? .unknown(resolved.reason ?? "the value cannot be known")
    let provenance = view.provenance(entry, resolved)
    // What a variable alone decides stands where the variable gets its value.
    let source = resolved.variable
    var input = PoolInput(
      key: key, written: source?.value ?? entry.written, origin: source?.origin ?? entry.origin,
      value: value, provenance: provenance)
    if let earlier = view.replaced[entry.name], earlier != entry.written {
      input.overridden = SecretText.shown(earlier)
    }
    return input
  }
}

extension String {
  /// The first place of `word`, which is not empty, byte by byte.
  func firstPlace(of word: String) -> Range<String.Index>? {
    let wanted = word.utf8
    guard let first = wanted.first else { return nil }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: wanted) { return start..<utf8.index(start, offsetBy: wanted.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
