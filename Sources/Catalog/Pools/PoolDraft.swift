import Model

/// The values of one pool while a product's rules change them: first what is written or standard,
/// then clamps in the product's own order.
struct PoolDraft {
  /// The value of one key so far.
  struct Outcome {
    /// `nil` when it cannot be known.
    var value: Scalar?
    /// Why it is not what is written, or why it is unknown; no full stop.
    var note: String?
    /// Why the product does not start; no full stop.
    var refusal: String?
  }

  /// What people call the product, for notes: `Tomcat JDBC runs 50 instead of 100`.
  private let product: String
  private(set) var outcomes: [String: Outcome] = [:]
  private let inputs: [String: PoolInput]

  init(product: String, keys: [PoolKey], inputs: [String: PoolInput]) {
    self.product = product
    self.inputs = inputs
    for key in keys { outcomes[key.name] = Self.start(key, inputs[key.name]) }
  }

  /// Whether a key is written in a file.
  func isWritten(_ key: String) -> Bool { inputs[key] != nil }

  /// The whole number of a key; `nil` where it cannot be known or is none.
  func number(_ key: String) -> Int64? {
    switch outcomes[key]?.value {
    case .int(let value): value
    case .double(let value): Int64(exactly: value)
    default: nil
    }
  }

  func isOn(_ key: String) -> Bool? {
    if case .bool(let value) = outcomes[key]?.value { value } else { nil }
  }

  func text(_ key: String) -> String? {
    if case .string(let value) = outcomes[key]?.value { value } else { nil }
  }

  /// The product runs another value than the one so far.
  mutating func run(_ key: String, _ value: Int64, because reason: String) {
    let before = number(key).map { " instead of \($0)" } ?? ""
    outcomes[key]?.value = .int(value)
    outcomes[key]?.note = "\(product) runs \(value)\(before): \(reason)"
  }

  /// The product reads a switch otherwise than it is written.
  mutating func turn(_ key: String, on isOn: Bool, because reason: String) {
    outcomes[key]?.value = .bool(isOn)
    outcomes[key]?.note = "\(product) runs \(isOn): \(reason)"
  }

  /// A default that follows another key: what runs, without a remark.
  mutating func follow(_ key: String, _ value: Scalar?) {
    guard !isWritten(key) else { return }
    outcomes[key]?.value = value
  }

  /// A value that depends on one that cannot be known.
  mutating func forget(_ key: String, because other: String) {
    outcomes[key]?.value = nil
    outcomes[key]?.note = "depends on \(other), which cannot be known"
  }

  /// The product does not start because of a key.
  mutating func refuse(_ key: String, _ reason: String) {
    outcomes[key]?.value = nil
    outcomes[key]?.refusal = reason
  }

  /// Says something of a value that runs as written.
  mutating func remark(_ key: String, _ note: String) { outcomes[key]?.note = note }

  private static func start(_ key: PoolKey, _ input: PoolInput?) -> Outcome {
    guard let input else { return Outcome(value: key.standard) }
    switch (input.value, key.kind) {
    case (.unknown(let reason), _): return Outcome(note: reason)
    case (.refused(let reason), _): return Outcome(refusal: reason)
    case (.int(let value), .count), (.int(let value), .time), (.int(let value), .size):
      return Outcome(value: .int(value), note: input.note)
    case (.int(let value), .fraction):
      return Outcome(value: .double(Double(value)), note: input.note)
    case (.bool(let value), .bool): return Outcome(value: .bool(value), note: input.note)
    case (.text(let value), .text), (.text(let value), .secret):
      return Outcome(value: .string(value), note: input.note)
    case (.int(let value), .text), (.int(let value), .secret):
      return Outcome(value: .string(String(value)), note: input.note)
    case (.bool(let value), .text), (.bool(let value), .secret):
      return Outcome(value: .string(String(value)), note: input.note)
    case (.text(let value), .fraction):
      return Double(value).map { Outcome(value: .double($0), note: input.note) }
        ?? Outcome(refusal: "\"\(value)\" is not a number")
    case (.text(let value), .bool): return Outcome(refusal: "\"\(value)\" is not true or false")
    case (.text(let value), _): return Outcome(refusal: "\"\(value)\" is not a whole number")
    case (.int, .bool), (.bool, _): return Outcome(refusal: "the value is of another kind")
    }
  }
}
