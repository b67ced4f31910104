/// The types that a call has found for the parameters of a signature.
struct TypeBindings {
  private var bindings: [(name: String, type: ValueType)] = []

  /// Whether a value of type `actual` can be passed as `formal`; finds types for its parameters.
  mutating func accept(_ actual: ValueType, as formal: ValueType) -> Bool {
    switch (formal, actual) {
    case (.parameter(let name), _):
      guard let index = bindings.firstIndex(where: { $0.name == name }) else {
        bindings.append((name, actual))
        return true
      }
      guard let joined = bindings[index].type.joined(with: actual) else { return false }
      bindings[index].type = joined
      return true
    case (.dyn, _), (_, .dyn), (_, .undetermined): return true
    case (.number, _): return actual.isNumber
    case (.list(let formal), .list(let actual)), (.optional(let formal), .optional(let actual)):
      return accept(actual, as: formal)
    case (.map(let formalKey, let formalValue), .map(let key, let value)):
      return accept(key, as: formalKey) && accept(value, as: formalValue)
    default: return formal.joined(with: actual) != nil
    }
  }

  /// A signature's type with the types that were found in place of its parameters.
  func substitute(_ type: ValueType) -> ValueType {
    switch type {
    case .parameter(let name): bindings.first { $0.name == name }?.type ?? .dyn
    case .list(let element): .list(substitute(element))
    case .optional(let wrapped): .optional(substitute(wrapped))
    case .map(let key, let value): .map(substitute(key), substitute(value))
    default: type
    }
  }
}

extension ValueType {
  /// The type of something that is either one; `nil` where nothing can be both.
  ///
  /// `dyn` goes with everything; `null` goes with what a host may leave empty.
  func joined(with other: ValueType) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.undetermined, _): return other
    case (_, .undetermined): return self
    case (.dyn, _), (_, .dyn): return .dyn
    case (.null, _) where other.isNullable: return other
    case (_, .null) where isNullable: return self
    case (.list(let left), .list(let right)): return left.joined(with: right).map { .list($0) }
    case (.optional(let left), .optional(let right)):
      return left.joined(with: right).map { .optional($0) }
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      guard let key = leftKey.joined(with: rightKey),
        let value = leftValue.joined(with: rightValue)
      else { return nil }
      return .map(key, value)
    default: return nil
    }
  }

  /// The type of something taken out of a container: what may be anything is `dyn`.
  var settled: ValueType {
    self == .undetermined ? .dyn : self
  }

  /// The type with `dyn` for all that may be anything.
  var settledThroughout: ValueType {
    switch self {
    case .undetermined: .dyn
    case .list(let element): .list(element.settledThroughout)
    case .optional(let wrapped): .optional(wrapped.settledThroughout)
    case .map(let key, let value): .map(key.settledThroughout, value.settledThroughout)
    default: self
    }
  }

  /// Whether a part of the type isn't known before evaluation.
  var hasDyn: Bool {
    switch self {
    case .dyn, .undetermined: true
    case .list(let element): element.hasDyn
    case .optional(let wrapped): wrapped.hasDyn
    case .map(let key, let value): key.hasDyn || value.hasDyn
    default: false
    }
  }

  var isNumber: Bool {
    switch self {
    case .int, .uint, .double, .number: true
    default: false
    }
  }

  private var isNullable: Bool {
    switch self {
    case .object, .timestamp, .duration, .optional: true
    default: false
    }
  }
}
