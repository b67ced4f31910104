import Model

/// What a file says about one key, after the file's own format and conversion, before the product's
/// rules.
struct PoolInput: Sendable {
  enum Value: Sendable {
    case int(Int64)
    case bool(Bool)
    case text(String)
    /// Cannot be known, with the reason.
    case unknown(String)
    /// Cannot be converted, with the reason: the program does not start.
    case refused(String)
  }

  /// The product's spelling; HikariCP's driver properties are `dataSource.` and a name.
  let key: String
  let written: String
  let origin: Origin
  let value: Value
  /// Explicit, inherited or placeholder.
  let provenance: Provenance
  var note: String?
  /// The other text of an earlier line of the same file for the same key.
  var overridden: String?

  init(
    key: String, written: String, origin: Origin, value: Value,
    provenance: Provenance = .explicit, note: String? = nil
  ) {
    self.key = key
    self.written = written
    self.origin = origin
    self.value = value
    self.provenance = provenance
    self.note = note
  }

  /// The input that counts where `earlier` stands before it.
  func replacing(_ earlier: PoolInput?) -> PoolInput {
    guard let earlier, provenance != .inherited, earlier.provenance != .inherited,
      earlier.origin.path == origin.path, earlier.written != written
    else { return self }
    var input = self
    input.overridden = SecretText.shown(earlier.written)
    return input
  }
}
