import Model

/// Which pools a view has, and which product each is.
extension SpringPool {
  /// Pools of one file beyond which it is no configuration: each is looked up among all keys.
  private static let poolLimit = 100

  /// The pools of a view in the order of their prefixes.
  static func pools(of view: SpringView) -> [SpringPool] {
    prefixes(of: view).compactMap { prefix in
      product(of: prefix, view).map { SpringPool(view: view, prefix: prefix, product: $0) }
    }
  }

  private static func prefixes(of view: SpringView) -> [Prefix] {
    var prefixes: Set<Prefix> = []
    for name in view.entries.keys {
      if let prefix = prefix(of: name, view) { prefixes.insert(prefix) }
    }
    return Array(
      prefixes.sorted { ($0.name, $0.isDirect ? 1 : 0) < ($1.name, $1.isDirect ? 1 : 0) }
        .prefix(poolLimit))
  }

  private static func prefix(of name: String, _ view: SpringView) -> Prefix? {
    if name == "spring.datasource.url" || name == "spring.r2dbc.url" {
      let isGiven = view.text(name).map { !$0.isEmpty } ?? true
      return isGiven ? Prefix(name: String(name.dropLast(4)), isDirect: false) : nil
    }
    if let prefix = hikariPrefix(of: name) { return prefix }
    if let prefix = otherPrefix(of: name) { return prefix }
    guard name.hasSuffix(".jdbcurl"), !name.hasSuffix(".hikari.jdbcurl") else { return nil }
    let before = String(name.dropLast(".jdbcurl".count))
    let isHikari = numbers.contains { view.entries[before + "." + $0] != nil }
    return isHikari ? Prefix(name: before, isDirect: true) : nil
  }

  private static func hikariPrefix(of name: String) -> Prefix? {
    guard let split = name.firstPlace(of: ".hikari.") else { return nil }
    let before = String(name[..<split.lowerBound])
    let key = name[split.upperBound...].prefix { $0 != "." && $0 != "[" }
    let isKnown = names[String(key)] != nil || key == "datasourceproperties"
    guard before == "spring.datasource" || isKnown, !before.hasSuffix("hibernate") else {
      return nil
    }
    return Prefix(name: before, isDirect: false)
  }

  /// The data source of a key of another pool: `spring.datasource.tomcat.max-active`.
  ///
  /// `server.tomcat.*` is the web server; so the key must be the pool's own.
  private static func otherPrefix(of name: String) -> Prefix? {
    if name.hasPrefix("spring.r2dbc.pool.") { return Prefix(name: "spring.r2dbc", isDirect: false) }
    guard name.firstPlace(of: "datasource") != nil else { return nil }
    for product in [SpringProduct.tomcat, .dbcp2, .oracleucp, .druid] {
      guard let split = name.firstPlace(of: "." + product.namespace + ".") else { continue }
      let before = String(name[..<split.lowerBound])
      let key = String(name[split.upperBound...])
      if product == .druid, let part = key.split(separator: ".").first, key == part + ".url" {
        return Prefix(name: before + ".druid." + part, isDirect: true)
      }
      let isKnown = SpringProduct.names[product]?[key] != nil
      guard isKnown, before.firstPlace(of: "datasource") != nil else { continue }
      return Prefix(name: before, isDirect: false)
    }
    return nil
  }

  /// HikariCP's keys by their canonical form.
  static let names = Dictionary(
    uniqueKeysWithValues: HikariKey.all.map { ($0.name.lowercased(), $0.name) })

  /// Keys that only HikariCP has.
  private static let numbers = [
    "maximumpoolsize", "minimumidle", "connectiontimeout", "idletimeout", "maxlifetime",
    "keepalivetime", "leakdetectionthreshold",
  ]

  /// The product, by the data source's type or by keys that only one pool reads; `nil` where it is
  /// none that is known here, or where it cannot be known.
  private static func product(of prefix: Prefix, _ view: SpringView) -> SpringProduct? {
    func has(_ start: String) -> Bool { view.entries.keys.contains { $0.hasPrefix(start) } }
    if prefix.name == "spring.r2dbc" {
      let isOff = view.text("spring.r2dbc.pool.enabled")?.lowercased() == "false"
      return isOff ? nil : .r2dbc
    }
    if prefix.isDruidPart {
      return view.text(prefix.name + ".enabled")?.lowercased() == "false" ? nil : .druid
    }
    if prefix.name.contains("dynamic") || has("spring.datasource.dynamic.") { return nil }
    if let entry = view.entries[prefix.name + ".type"] {
      // What cannot be known may be any pool; a guess would be a wrong default.
      guard let product = view.text(entry.name).flatMap(SpringProduct.init(type:)) else {
        return nil
      }
      if product == .druid, isDivided(prefix, view) { return nil }
      return prefix.isDirect && product != .hikari ? nil : product
    }
    if view.entries[prefix.name + ".jndiname"] != nil { return nil }
    if has(prefix.name + ".druid.") { return isDivided(prefix, view) ? nil : .druid }
    if has(prefix.hikari) { return .hikari }
    // The lines that chose another pool may be those that could not be read.
    if view.hasErrors { return nil }
    return [.tomcat, .dbcp2, .oracleucp].first { has(prefix.keys(of: $0)) } ?? .hikari
  }

  /// Whether all of Druid's URLs stand at names of their own below `druid`.
  private static func isDivided(_ prefix: Prefix, _ view: SpringView) -> Bool {
    let start = prefix.name + ".druid."
    return view.entries[prefix.name + ".url"] == nil && view.entries[start + "url"] == nil
      && view.entries.keys.contains { $0.hasPrefix(start) && $0.hasSuffix(".url") }
  }

  /// What is said of data sources whose pool cannot be read.
  static func doubts(of view: SpringView) -> [Problem] {
    var problems: [Problem] = []
    if let entry = view.entries.values.filter({ $0.name.hasPrefix("spring.datasource.dynamic.") })
      .min(by: { $0.key.range.lowerBound < $1.key.range.lowerBound })
    {
      problems.append(
        problem(
          entry.key, "the pools below spring.datasource.dynamic are not read",
          "they belong to a starter that makes several data sources of these keys"))
    }
    for prefix in prefixes(of: view) where !prefix.name.contains("dynamic") {
      guard let entry = view.entries[prefix.name + ".type"],
        view.text(entry.name).flatMap(SpringProduct.init(type:)) == nil
      else { continue }
      problems.append(
        problem(
          entry.origin, "the pool of \(prefix.name) is not read: its type is \(entry.written)",
          "known are HikariCP, Tomcat JDBC, DBCP2, Oracle UCP and Druid"))
    }
    return problems
  }

  private static func problem(_ origin: Origin, _ message: String, _ help: String) -> Problem {
    Problem(kind: .unknown, origin: origin, message: message, help: help)
  }
}
