import Model

/// The properties as they stand with some profiles active, mostly one, or with none.
struct SpringView {
  /// The active profiles; empty for none.
  let profiles: Set<String>
  /// Whether all that it has of its own are documents that production does not read.
  private let isOutside: Bool
  /// The entry that wins, by canonical key.
  let entries: [String: SpringEntry]
  /// The keys whose winning entry stands in a document of this profile alone.
  private let own: Set<String>
  /// What earlier lines of the same document say of a key, by its canonical form.
  let replaced: [String: String]
  /// Whether a document could not be read whole.
  let hasErrors: Bool
  /// The environment of the service that runs it; `nil` where none is known.
  private let overlay: SpringOverlay?

  init(_ documents: [SpringDocument], _ scope: SpringScope, overlay: SpringOverlay? = nil) {
    self.overlay = overlay
    profiles = scope.profiles
    isOutside = scope.isOutside
    var entries: [String: SpringEntry] = [:]
    var own: Set<String> = []
    var replaced: [String: String] = [:]
    var hasErrors = false
    for document in documents {
      guard scope.reads(document) else { continue }
      let isOwn = scope.owns(document)
      hasErrors = hasErrors || document.hasErrors
      var written: [String: String] = [:]
      for entry in document.entries {
        replaced[entry.name] = written.updateValue(entry.written, forKey: entry.name)
        entries[entry.name] = entry
        if isOwn { own.insert(entry.name) } else { own.remove(entry.name) }
      }
    }
    self.entries = entries
    self.own = own
    self.replaced = replaced
    self.hasErrors = hasErrors
  }

  /// Whether an entry belongs to this view itself and is not inherited from the view without
  /// profile.
  func isOwn(_ entry: SpringEntry) -> Bool {
    overlay != nil || profiles.isEmpty && !isOutside || own.contains(entry.name)
  }

  /// A value after placeholders.
  struct Resolved {
    var value: SpringEntry.Value?
    /// Why there is none.
    var reason: String?
    var usesDefault = false
    /// The variable of the environment that is all of the value.
    var variable: EnvironmentVariable?
  }

  func resolve(_ entry: SpringEntry) -> Resolved {
    guard case .text(let text) = entry.value else { return Resolved(value: entry.value) }
    var placeholder = SpringPlaceholder { entries[$0].map(Self.text) }
    if let overlay { placeholder.variable = overlay.variable }
    let result = placeholder.resolve(text)
    var resolved = Resolved(
      value: result.text.map(SpringEntry.Value.text), reason: result.reason,
      usesDefault: result.usesDefault)
    if let only = result.variables.first, result.variables.count == 1, result.text == only.value,
      text.hasPrefix("${")
    {
      resolved.variable = only
    }
    return resolved
  }

  /// The text of a key after placeholders; `nil` when it is not written or cannot be known.
  func text(_ name: String) -> String? {
    guard let entry = entries[name], let value = resolve(entry).value else { return nil }
    if case .text(let text) = value { return text }
    return Self.text(entry)
  }

  /// A value as another value's placeholder sees it.
  private static func text(_ entry: SpringEntry) -> String {
    switch entry.value {
    case .text(let text), .template(let text): text
    case .int(let number): String(number)
    case .float(let number): String(number)
    case .bool(let flag): String(flag)
    }
  }

  /// Where the value of an entry comes from.
  func provenance(_ entry: SpringEntry, _ resolved: Resolved) -> Provenance {
    guard isOwn(entry), !entry.isIndirect else { return .inherited }
    return resolved.usesDefault ? .placeholder : .explicit
  }

  /// The setting of a key that is not the pool's own, for facts.
  func setting(_ entry: SpringEntry, _ kind: HikariKey.Kind, field: String) -> Setting {
    let resolved = resolve(entry)
    var effective: Scalar?
    var refusal: String?
    var note = resolved.reason
    switch resolved.value.map({ SpringConversion.value($0, kind) }) {
    case .int(let number)?: effective = .int(number)
    case .bool(let flag)?: effective = .bool(flag)
    case .text(let text)?: effective = .string(text)
    case .refused(let reason)?: refusal = reason
    case .unknown(let reason)?: note = reason
    case nil: break
    }
    return Setting(
      key: entry.raw, field: field, written: entry.written, effective: effective,
      provenance: effective == nil && refusal == nil
        ? .unknown : provenance(entry, resolved),
      origin: resolved.variable?.origin ?? entry.origin, note: note, refusal: refusal)
  }
}
