/// What a key of my.cnf names, as the server's option reader finds it.
struct MariaDBOption {
  /// The position in ``MariaDBVariable/all``.
  let position: Int
  /// The value that a prefix such as `skip-` stands for; `nil` where the written one counts.
  let impliedValue: String?

  enum Outcome {
    case found(MariaDBOption)
    /// The names that a shortened one may mean.
    case ambiguous([String])
    case unknown
    /// Unknown with the prefix `loose-`, or taken for compatibility: a warning, the server starts.
    case skipped
  }

  /// Finds an option by its name, where `-` and `_` are one and letter case does not matter.
  ///
  /// Source: `my_getopt.c`, tried on 10.11.19: the whole name, then with one of the prefixes away,
  /// then the one name that begins with it.
  static func find(_ key: String) -> Outcome {
    var name = String(key.lowercased().map { $0 == "-" ? "_" : $0 })
    var isLoose = false
    if name.hasPrefix("loose_") {
      isLoose = true
      name.removeFirst("loose_".count)
    }
    let outcome = findWithoutLoose(name)
    if case .unknown = outcome, isLoose { return .skipped }
    return outcome
  }

  private static func findWithoutLoose(_ name: String) -> Outcome {
    if let position = MariaDBVariable.positions[name] {
      return .found(MariaDBOption(position: position, impliedValue: nil))
    }
    for (prefix, value) in [("skip_", "0"), ("disable_", "0"), ("enable_", "1")] {
      guard name.hasPrefix(prefix) else { continue }
      let rest = String(name.dropFirst(prefix.count))
      if let position = MariaDBVariable.positions[rest] {
        return .found(MariaDBOption(position: position, impliedValue: value))
      }
    }
    if name.hasPrefix("autoset_"),
      let position = MariaDBVariable.positions[String(name.dropFirst("autoset_".count))]
    {
      return .found(MariaDBOption(position: position, impliedValue: nil))
    }
    if MariaDBVariable.idle.contains(name[...]) { return .skipped }
    return shortened(name)
  }

  /// Read before all others, so that a beginning that several have means this one.
  private static let early = "max_connections"

  /// The variable that begins with a name, where there is only one.
  private static func shortened(_ name: String) -> Outcome {
    guard !name.isEmpty else { return .unknown }
    let all = MariaDBVariable.all
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].name.utf8.lexicographicallyPrecedes(name.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let found = all[low...].prefix { $0.name.hasPrefix(name) }
    if found.count == 1 { return .found(MariaDBOption(position: low, impliedValue: nil)) }
    if let position = found.firstIndex(where: { $0.name == early }) {
      return .found(MariaDBOption(position: position, impliedValue: nil))
    }
    return found.isEmpty ? .unknown : .ambiguous(found.prefix(4).map(\.name))
  }
}
