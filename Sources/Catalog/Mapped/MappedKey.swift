import Model

/// One key of a team's own format: the same as a ``PoolKey`` of the built-in tables, and what those
/// say in code: limits, words, and values that follow another key.
struct MappedKey: Sendable {
  /// How the text is read.
  enum Sort: String, Sendable, CaseIterable {
    case count, time, size, number, bool, text
    /// A list of texts.
    case texts
    /// The address of a database, from which host, port and name follow.
    case address
  }

  /// What zero or a negative number means.
  enum Special: String, Sendable, CaseIterable {
    case unlimited, forever, disabled, immediate
    /// The program runs its default.
    case standard = "default"
    /// The program does not start.
    case refused

    var meaning: Meaning? { Meaning(rawValue: rawValue) }
  }

  /// What becomes of a number beyond its limits.
  enum Outside: String, Sendable, CaseIterable {
    case clamp
    case standard = "default"
    /// The program runs 0 instead.
    case disabled
    case refused
  }

  /// A value, or where it is to be found.
  enum Source: Sendable {
    case value(Scalar)
    /// What another key of the resource runs with.
    case key(String)
  }

  /// A default and the first version that has it.
  struct Standard: Sendable {
    let since: Version?
    let value: Source
  }

  let path: MappedPath
  var aliases: [MappedPath] = []
  let sort: Sort
  /// The vendor-neutral field; `nil` where there is none.
  var field: Field?
  /// What a number without a unit counts; of times and sizes `.none` where each needs a unit.
  let unit: Unit
  /// Sorted by version; empty where the mapping says nothing of a default.
  var standards: [Standard] = []
  var zero: Special?
  var negative: Special?
  var minimum: Source?
  var maximum: Source?
  var outside: Outside = .clamp
  /// Texts of the file and the values that they stand for.
  var words: [(text: String, value: Scalar)] = []
  var since: Version?
  var until: Version?
  var isSecret = false

  init(path: MappedPath, sort: Sort, unit: Unit) {
    self.path = path
    self.sort = sort
    self.unit = unit
  }

  /// The unit of values that need one and have none of the mapping's: what every time and size can
  /// be counted in.
  var countedUnit: Unit {
    guard unit == .none else { return unit }
    return sort == .time ? .millisecond : sort == .size ? .byte : .none
  }

  /// What runs in a version where nothing is written; `nil` where the mapping does not say.
  func standard(in version: Version) -> Source? {
    if let standard = standards.last(where: { $0.since.map { version >= $0 } ?? true }) {
      return standard.value
    }
    // Texts are seldom anything unless they are written; numbers always are.
    switch sort {
    case .text, .texts, .address: return .value(.null)
    case .count, .time, .size, .number, .bool: return nil
    }
  }

  /// The key as built-in tables have it.
  ///
  /// - Parameters:
  ///   - name: as the setting is called; another for each match of a wildcard.
  ///   - unit: the unit of its value, finer than its own where the value needs that.
  func poolKey(named name: String, in version: Version, unit: Unit) -> PoolKey {
    let kind: PoolKey.Kind =
      switch sort {
      case .count: .count
      case .time: .time(unit)
      case .size: .size(unit)
      case .number: .fraction(unit)
      case .bool: .bool
      case .text, .texts, .address: isSecret ? .secret : .text
      }
    var standard = Scalar.null
    if case .value(let value) = self.standard(in: version) { standard = value }
    return PoolKey(
      name, kind, standard, field: field?.name, zero: zero?.meaning, negative: negative?.meaning,
      aliases: aliases.map(\.text), since: since, until: until, unit: self.unit)
  }
}
