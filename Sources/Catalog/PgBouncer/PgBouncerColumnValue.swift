import Model

extension PgBouncerColumn {
  /// What PgBouncer makes of one parameter of a [databases] line.
  struct Value {
    private(set) var effective: Scalar?
    private(set) var meaning: Meaning?
    private(set) var provenance = Provenance.explicit
    private(set) var note: String?
    private(set) var refusal: String?

    /// Reads `text` as `column`; `globals` are the settings of [pgbouncer] by key.
    init(
      _ text: String, _ column: PgBouncerColumn, _ globals: [String: Setting],
      _ version: Version
    ) {
      if ConfigurationText.isTemplate(text) {
        (provenance, note) = (.unknown, ConfigurationText.templateNote)
        return
      }
      switch column.kind {
      case .text: effective = .string(text)
      case .word(let words):
        let lower = text.lowercased()
        if words.contains(lower) {
          effective = .string(lower)
        } else {
          refusal = "invalid \(column.label): \(text)"
        }
      case .port:
        read(number: text)
        if effective == .int(0) { (effective, refusal) = (nil, "invalid port: \(text)") }
      case .number:
        read(number: text)
        inherit(text, column, globals, version)
      }
    }

    private mutating func read(number text: String) {
      let value = PgBouncer.Value(decimal: text)
      (effective, note) = (value.effective, value.note)
      if note != nil { provenance = .clamped }
    }

    /// Takes the global value where the number stands for it, or the global key's sense of 0.
    private mutating func inherit(
      _ text: String, _ column: PgBouncerColumn, _ globals: [String: Setting],
      _ version: Version
    ) {
      guard case .int(let number) = effective, let key = column.global, let global = globals[key]
      else { return }
      if number < 0 || number == 0 && column.zeroInherits {
        (effective, meaning, provenance) = (global.effective, global.meaning, .clamped)
        note = "\(text) means the default, \(key)"
      } else if number == 0, key != "default_pool_size" || version >= Version(1, 24) {
        meaning = PgBouncer.positions[key].flatMap { PgBouncer.keys[$0].zero }
      }
    }
  }
}
