import Model

/// One key of a pool that is described by a table: what it holds and what its numbers mean.
struct PoolKey: Sendable {
  enum Kind: Sendable {
    case count
    /// A whole number in the unit.
    case time(Unit)
    /// A number in the unit that may have a fraction.
    case fraction(Unit)
    case size(Unit)
    case bool
    case text
    case secret
  }

  /// The product's own spelling.
  let name: String
  /// Other spellings that mean the same, such as older names.
  var aliases: [String] = []
  let kind: Kind
  /// The vendor-neutral field; `nil` where there is none.
  var field: String?
  /// What runs where nothing is written; `.null` for nothing.
  let standard: Scalar
  /// What 0 means, where it is no ordinary number.
  var zero: Meaning?
  /// What a negative number means, where it is no ordinary number.
  var negative: Meaning?
  /// The first version that knows the key, and the first that does not any more.
  var since: Version?
  var until: Version?
  /// What a count counts, where its field does not tell.
  private let countUnit: Unit?

  init(
    _ name: String, _ kind: Kind, _ standard: Scalar = .null, field: String? = nil,
    zero: Meaning? = nil, negative: Meaning? = nil, aliases: [String] = [],
    since: Version? = nil, until: Version? = nil, unit: Unit? = nil
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.field = field
    self.zero = zero
    self.negative = negative
    self.aliases = aliases
    self.since = since
    self.until = until
    countUnit = unit
  }

  func exists(in version: Version) -> Bool {
    since.map { version >= $0 } != false && until.map { version < $0 } != false
  }

  var unit: Unit {
    switch kind {
    case .count:
      countUnit
        ?? (field == "max_size" || field?.contains("idle") == true ? .connection : .none)
    case .time(let unit), .fraction(let unit), .size(let unit): unit
    case .bool, .text, .secret: .none
    }
  }

  /// What a value means besides its number.
  func meaning(of value: Scalar?) -> Meaning? {
    switch value {
    case .int(0), .double(0): zero
    case .int(let number) where number < 0: negative
    case .double(let number) where number < 0: negative
    default: nil
    }
  }
}

extension PoolKey {
  /// The key as the product's page in the documentation shows it.
  func reference(prefix: String = "") -> TechnologyReference.Key {
    TechnologyReference.Key(
      prefix + name, value: words, field: field ?? "", standard: standardWords,
      versions: VersionWords.range(since: since, until: until))
  }

  private var words: String {
    var text =
      switch kind {
      case .count: "integer"
      case .time(let unit): "integer, time in \(unit.rawValue)"
      case .fraction(let unit): "number, time in \(unit.rawValue)"
      case .size(let unit): "integer, size in \(unit.rawValue)"
      case .bool: "true or false"
      case .text: "text"
      case .secret: "secret text"
      }
    if let zero { text += "; 0 is \(zero.rawValue)" }
    if let negative { text += "; negative is \(negative.rawValue)" }
    return text
  }

  private var standardWords: String {
    switch standard {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .string(let value): value
    }
  }
}
