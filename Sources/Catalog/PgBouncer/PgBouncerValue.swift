import Model

extension PgBouncer {
  /// What PgBouncer makes of the text of one key.
  struct Value {
    /// `nil` when refused.
    let effective: Scalar?
    /// Why it is not what is written.
    var note: String?

    /// Reads `text` as a value of the [pgbouncer] section.
    init(_ text: String, as kind: Key.Kind) {
      switch kind {
      case .text: effective = .string(text)
      case .word(let words):
        let lower = text.lowercased()
        effective = words.contains(lower) ? .string(lower) : nil
      case .time: self = Self.time(text)
      case .int: self = Self.integer(text) { Int64(Int32(truncatingIfNeeded: $0)) }
      case .unsigned: self = Self.integer(text) { Int64(UInt32(truncatingIfNeeded: $0)) }
      }
    }

    /// A value that only something else knows.
    static func unknown(_ note: String) -> Value { Value(effective: nil, note: note) }

    private init(effective: Scalar?, note: String? = nil) {
      self.effective = effective
      self.note = note
    }

    /// Reads a number of a [databases] or [users] line: decimal, and whatever follows is ignored.
    init(decimal text: String) {
      let number = CNumber.integer(text, base: 10)
      let value = Int64(Int32(truncatingIfNeeded: number?.value ?? 0))
      effective = .int(value)
      guard let number else {
        note = "\(text) is no number and runs as 0"
        return
      }
      if number.overflows || number.value != value {
        note = "\(text) does not fit 32 bits and runs as \(value)"
      } else if number.length < text.utf8.count {
        note = "what follows the digits of \(text) is ignored: it runs as \(value)"
      }
    }

    private static func integer(_ text: String, wrap: (Int64) -> Int64) -> Value {
      guard let number = CNumber.integer(text, base: 0), number.length == text.utf8.count else {
        return Value(effective: nil)
      }
      let value = wrap(number.value)
      if number.overflows || value != number.value {
        return Value(
          effective: .int(value), note: "\(text) does not fit 32 bits and runs as \(value)")
      }
      guard number.base == 10 else {
        let base = number.base == 8 ? "octal" : "hexadecimal"
        return Value(effective: .int(value), note: "\(text) is \(base) and runs as \(value)")
      }
      return Value(effective: .int(value))
    }

    /// Seconds, kept to the microsecond.
    private static func time(_ text: String) -> Value {
      let isEndless = ["inf", "infinity", "nan"].contains(text.lowercased())
      guard
        let number = isEndless
          ? .init(value: .infinity, length: text.utf8.count)
          : CNumber.real(text), number.length == text.utf8.count, number.value >= 0
      else { return Value(effective: nil) }
      guard number.value < 9_223_372_036_854 else {
        let most = Int64.max / 1_000_000
        return Value(effective: .int(most), note: "\(text) does not fit and runs as \(most)")
      }
      let microseconds = Int64(number.value * 1_000_000)
      if microseconds % 1_000_000 == 0 {
        return Value(effective: .int(microseconds / 1_000_000))
      }
      return Value(effective: .double(Double(microseconds) / 1_000_000))
    }
  }
}
