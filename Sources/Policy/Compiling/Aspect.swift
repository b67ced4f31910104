import CEL
import Model

/// What a rule can ask about the setting behind a field, besides the field's value.
///
/// `written(pool.max_size)` never reads the value, so that it is known even where the value isn't.
enum Aspect: Int, CaseIterable {
  /// The text in the file; empty where nothing is written, masked where it is a secret.
  case written = 1
  /// What runs, as text in the product's unit; unknown where that cannot be known.
  case effective
  /// `explicit`, `default`, `inherited`, `clamped`, `placeholder`, `unknown`; empty without a
  /// setting.
  case provenance
  /// Why what runs is not what is written; empty where it is.
  case note
  /// Why the product refuses to start; empty where it starts.
  case refusal
  /// The product's own name of the key; the field's name without a setting.
  case key
  /// Whether the value is a count without bound.
  case unlimited
  /// Whether the value is a time without end.
  case forever
  /// Whether the value switches the mechanism off.
  case disabled

  /// Slots of fields lie below this bit, the aspect's number above it.
  private static let shift = 24

  var fieldAspect: FieldAspect {
    let number = rawValue
    return FieldAspect(function: function, resultType: resultType) { slot in
      slot | number << Self.shift
    }
  }

  /// What expressions call it; spelt out, because a check at start-up would pay for reflection.
  private var function: String {
    switch self {
    case .written: "written"
    case .effective: "effective"
    case .provenance: "provenance"
    case .note: "note"
    case .refusal: "refusal"
    case .key: "key"
    case .unlimited: "unlimited"
    case .forever: "forever"
    case .disabled: "disabled"
    }
  }

  /// The aspect and the field's slot that an aspect's slot stands for.
  static func split(_ slot: Int) -> (aspect: Aspect?, slot: Int) {
    (Aspect(rawValue: slot >> shift), slot & (1 << shift - 1))
  }

  private var resultType: ValueType {
    switch self {
    case .written, .effective, .provenance, .note, .refusal, .key: .string
    case .unlimited, .forever, .disabled: .bool
    }
  }

  /// The aspect of the setting behind `field`.
  func value(of field: Field, in resource: any Resource) -> FieldResult {
    let setting = resource.setting(for: field)
    switch self {
    case .written: return .value(.string(setting?.shownWritten ?? ""))
    case .effective:
      guard let setting else { return .value(.string("")) }
      guard let text = setting.effectiveText else {
        return .unknown(setting.note ?? "\(setting.key) cannot be known")
      }
      return .value(.string(text))
    case .provenance: return .value(.string(setting?.provenance.rawValue ?? ""))
    case .note: return .value(.string(setting?.note ?? ""))
    case .refusal: return .value(.string(setting?.refusal ?? ""))
    case .key: return .value(.string(setting?.key ?? field.name))
    case .unlimited: return .value(.bool(setting?.meaning == .unlimited))
    case .forever: return .value(.bool(setting?.meaning == .forever))
    case .disabled: return .value(.bool(setting?.meaning == .disabled))
    }
  }
}

extension Setting {
  /// What runs, as text in the product's unit; `nil` where that cannot be known.
  var effectiveText: String? {
    guard !isSecret else { return effective.map { _ in Self.mask } }
    return switch effective {
    case .none: nil
    case .null: ""
    case .bool(let value): value.description
    case .int(let value): value.description
    case .double(let value): Int64(exactly: value)?.description ?? value.description
    case .string(let value): value
    }
  }
}
