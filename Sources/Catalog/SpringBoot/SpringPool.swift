import Model

/// One HikariCP pool in a view: where its keys stand and what they say.
struct SpringPool {
  /// Where the keys of a pool stand.
  struct Prefix: Hashable {
    /// Canonical, such as `spring.datasource`.
    let name: String
    /// Whether HikariCP's keys stand directly there, as a data source made by hand binds them.
    let isDirect: Bool

    /// What comes before HikariCP's own keys.
    var hikari: String { isDirect ? name + "." : name + ".hikari." }
  }

  let view: SpringView
  let prefix: Prefix

  /// Pools of one file beyond which it is no configuration: each is looked up among all keys.
  private static let poolLimit = 100

  /// The pools of a view in the order of their prefixes.
  static func pools(of view: SpringView) -> [SpringPool] {
    var prefixes: Set<Prefix> = []
    for name in view.entries.keys {
      if let prefix = prefix(of: name, view) { prefixes.insert(prefix) }
    }
    return prefixes.sorted { ($0.name, $0.isDirect ? 1 : 0) < ($1.name, $1.isDirect ? 1 : 0) }
      .prefix(poolLimit).map { SpringPool(view: view, prefix: $0) }
      .filter { !$0.isOtherProduct }
  }

  private static func prefix(of name: String, _ view: SpringView) -> Prefix? {
    if name == "spring.datasource.url" {
      let isGiven = view.text(name).map { !$0.isEmpty } ?? true
      return isGiven ? Prefix(name: "spring.datasource", isDirect: false) : nil
    }
    if let split = name.firstPlace(of: ".hikari.") {
      let before = String(name[..<split.lowerBound])
      let key = name[split.upperBound...].prefix { $0 != "." && $0 != "[" }
      let isKnown = names[String(key)] != nil || key == "datasourceproperties"
      guard before == "spring.datasource" || isKnown, !before.hasSuffix("hibernate") else {
        return nil
      }
      return Prefix(name: before, isDirect: false)
    }
    guard name.hasSuffix(".jdbcurl"), !name.hasSuffix(".hikari.jdbcurl") else { return nil }
    let before = String(name.dropLast(".jdbcurl".count))
    let isHikari = numbers.contains { view.entries[before + "." + $0] != nil }
    return isHikari ? Prefix(name: before, isDirect: true) : nil
  }

  /// HikariCP's keys by their canonical form.
  static let names = Dictionary(
    uniqueKeysWithValues: HikariKey.all.map { ($0.name.lowercased(), $0.name) })

  /// Keys that only HikariCP has.
  private static let numbers = [
    "maximumpoolsize", "minimumidle", "connectiontimeout", "idletimeout", "maxlifetime",
    "keepalivetime", "leakdetectionthreshold",
  ]

  private func has(_ start: String) -> Bool {
    view.entries.keys.contains { $0.hasPrefix(start) }
  }

  /// Whether the data source is another pool: by its type, or by keys that only another one reads.
  private var isOtherProduct: Bool {
    if prefix.name.contains("dynamic") || has("spring.datasource.dynamic.") { return true }
    if let entry = view.entries[prefix.name + ".type"] {
      // What cannot be known may be any pool; a guess would be a wrong default.
      guard let type = view.text(entry.name) else { return true }
      return !type.lowercased().contains("hikari")
    }
    if view.entries[prefix.name + ".jndiname"] != nil { return true }
    if has(prefix.name + ".druid.") { return true }
    if has(prefix.hikari) { return false }
    // The lines that chose another pool may be those that could not be read.
    if view.hasErrors { return true }
    return ["tomcat", "dbcp2", "oracleucp"].contains { has(prefix.name + "." + $0 + ".") }
  }

  /// The entries of the pool: those of the data source and of HikariCP, in reading order.
  var entries: [SpringEntry] {
    view.entries.values.filter { $0.name.hasPrefix(prefix.name + ".") }.sorted {
      ($0.key.path, $0.key.range.lowerBound, $0.name)
        < ($1.key.path, $1.key.range.lowerBound, $1.name)
    }
  }

  /// Whether the view's own documents say anything about the pool.
  var isOwn: Bool { entries.contains(where: view.isOwn) }

  /// What HikariCP gets: the data source's own keys, then those below `hikari`, which win.
  var inputs: [PoolInput] {
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
    let resolved = view.resolve(entry)
    let kind = HikariKey.byName[key]?.kind ?? .text
    let value =
      resolved.value.map { SpringConversion.value($0, kind) }
      ?? .unknown(resolved.reason ?? "the value cannot be known")
    let provenance: Provenance =
      view.isOwn(entry) ? (resolved.usesDefault ? .placeholder : .explicit) : .inherited
    return PoolInput(
      key: key, written: entry.written, origin: entry.origin, value: value,
      provenance: provenance)
  }
}

extension String {
  /// The first place of `word`.
  func firstPlace(of word: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
      start = index(after: start)
    }
    return nil
  }
}
