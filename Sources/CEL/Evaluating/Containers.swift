// MARK: Selections

extension Planner {
  func select(
    _ id: NodeID, _ operand: NodeID, _ field: String, isOptional: Bool
  ) throws(CELError) -> Code {
    let code = try plan(operand)
    let structType = environment.structType
    if !isOptional, case .field(let slot) = checked.resolutions[id] {
      if let read = fieldRead(operand, slot) {
        return { frame throws(EvaluationFailure) in
          if let result = try read(&frame) { return try result.value(field) }
          return try code(&frame).select(field, structType)
        }
      }
      return { frame throws(EvaluationFailure) in
        let value = try code(&frame)
        if case .object(let object) = value { return try object.field(slot).value(field) }
        return try value.select(field, structType)
      }
    }
    guard isOptional else {
      return { frame throws(EvaluationFailure) in try code(&frame).select(field, structType) }
    }
    return { frame throws(EvaluationFailure) in
      let value = try code(&frame)
      guard case .optional(let wrapped) = value else {
        return .optional(try value.find(field, structType))
      }
      return .optional(try wrapped?.find(field, structType))
    }
  }

  func has(_ id: NodeID, _ operand: NodeID, _ field: String) throws(CELError) -> Code {
    let code = try plan(operand)
    let structType = environment.structType
    if case .field(let slot) = checked.resolutions[id] {
      let isPresence = holdsStructure(operand, field)
      if let read = fieldRead(operand, slot, isPresence: isPresence) {
        return { frame throws(EvaluationFailure) in
          if let result = try read(&frame) { return .bool(try result.found() != nil) }
          return .bool(try code(&frame).has(field, structType))
        }
      }
      return { frame throws(EvaluationFailure) in
        let value = try code(&frame)
        if case .object(let object) = value { return .bool(try object.field(slot).found() != nil) }
        return .bool(try value.has(field, structType))
      }
    }
    return { frame throws(EvaluationFailure) in
      .bool(try code(&frame).has(field, structType))
    }
  }

  func index(
    _ operand: NodeID, _ index: NodeID, isOptional: Bool
  ) throws(CELError) -> Code {
    let operand = try plan(operand)
    let index = try plan(index)
    return { frame throws(EvaluationFailure) in
      let container = try operand(&frame)
      let key = try index(&frame)
      if case .optional(let wrapped) = container {
        guard let wrapped else { return .optional(nil) }
        return .optional(try wrapped.element(key))
      }
      let element = try container.element(key)
      if isOptional { return .optional(element) }
      guard let element else { throw container.missing(key) }
      return element
    }
  }
}

extension FieldResult {
  /// The value, `nil` when absent.
  ///
  /// - Throws: what is unknown.
  func found() throws(EvaluationFailure) -> Value? {
    switch self {
    case .value(let value): return value
    case .absent: return nil
    case .unknown(let reason): throw .unknown([reason])
    }
  }

  /// The value.
  ///
  /// - Throws: what is unknown, and an error for what is absent.
  func value(_ name: String) throws(EvaluationFailure) -> Value {
    guard let value = try found() else { throw .error("no such field: \(name)") }
    return value
  }
}

extension Value {
  /// A field by its name; a field of an optional is an optional.
  fileprivate func select(
    _ field: String, _ structType: (String) -> StructType?
  ) throws(EvaluationFailure) -> Value {
    if case .optional(let wrapped) = self {
      return .optional(try wrapped?.find(field, structType))
    }
    guard let value = try find(field, structType) else {
      if case .map = self { throw .error("no such key: \(field)") }
      throw .error("no such field: \(field)")
    }
    return value
  }

  /// A field by its name, `nil` when it isn't there.
  fileprivate func find(
    _ field: String, _ structType: (String) -> StructType?
  ) throws(EvaluationFailure) -> Value? {
    switch self {
    case .map(let map): return map[.string(field)]
    case .object(let object):
      guard let slot = structType(object.typeName)?.field(field)?.slot else {
        throw .error("undefined field '\(field)'")
      }
      return try object.field(slot).found()
    default: throw .error("type '\(typeName)' does not support field selection")
    }
  }

  fileprivate func has(
    _ field: String, _ structType: (String) -> StructType?
  ) throws(EvaluationFailure) -> Bool {
    if case .optional(let wrapped) = self {
      return try wrapped?.find(field, structType) != nil
    }
    return try find(field, structType) != nil
  }

  /// An element by index or key, `nil` when it isn't there.
  fileprivate func element(_ key: Value) throws(EvaluationFailure) -> Value? {
    switch self {
    case .list(let list):
      guard let index = key.wholeNumber else { throw .noOverload("_[_]", self, key) }
      return index >= 0 && index < list.count ? list[Int(index)] : nil
    case .map(let map):
      if let found = MapKey(key) { return map[found] }
      guard case .double = key else { throw .noOverload("_[_]", self, key) }
      return nil
    default: throw .noOverload("_[_]", self, key)
    }
  }

  /// The integer that a value of any number kind is; `nil` for a fraction or no number.
  private var wholeNumber: Int64? {
    switch self {
    case .int(let int): int
    case .uint(let uint): Int64(clamping: uint)
    case .double(let double): Int64(exactly: double)
    default: nil
    }
  }

  fileprivate func missing(_ key: Value) -> EvaluationFailure {
    if case .list(let list) = self {
      return .error("index \(key.text) is out of range for a list of \(list.count)")
    }
    return .error("no such key: \(key.text)")
  }
}

// MARK: Literals of lists and maps

extension Planner {
  func list(_ entries: [ListEntry]) throws(CELError) -> Code {
    let elements = try plan(all: entries.map(\.element))
    guard entries.contains(where: \.isOptional) else {
      let code: Code = { frame throws(EvaluationFailure) in
        var list: [Value] = []
        list.reserveCapacity(elements.count)
        for element in elements { list.append(try element(&frame)) }
        return .list(list)
      }
      return entries.allSatisfy({ isLiteral($0.element) }) ? Self.folded(code) : code
    }
    let parts = Array(zip(elements, entries.map(\.isOptional)))
    return { frame throws(EvaluationFailure) in
      var list: [Value] = []
      for (element, isOptional) in parts {
        let value = try element(&frame)
        if !isOptional {
          list.append(value)
        } else if let wrapped = try value.unwrapped() {
          list.append(wrapped)
        }
      }
      return .list(list)
    }
  }

  func map(_ entries: [MapEntry]) throws(CELError) -> Code {
    let keys = try plan(all: entries.map(\.key))
    let values = try plan(all: entries.map(\.value))
    let optional = entries.map(\.isOptional)
    return { frame throws(EvaluationFailure) in
      var map = MapValue()
      for index in keys.indices {
        let key = try keys[index](&frame)
        let value = try values[index](&frame)
        if !optional[index] {
          try map.add(key, value)
        } else if let wrapped = try value.unwrapped() {
          try map.add(key, wrapped)
        }
      }
      return .map(map)
    }
  }
}

extension Value {
  /// What an optional holds.
  fileprivate func unwrapped() throws(EvaluationFailure) -> Value? {
    guard case .optional(let wrapped) = self else {
      throw .error("expected an optional, found '\(typeName)'")
    }
    return wrapped
  }
}

extension MapValue {
  /// Adds an entry of a literal or a macro.
  ///
  /// - Throws: for a key of a kind that cannot be one, and for a key that is there already.
  mutating func add(_ key: Value, _ value: Value) throws(EvaluationFailure) {
    if case .double = key { throw .error("'double' cannot be a map's key") }
    guard let found = MapKey(key) else {
      throw .error("'\(key.typeName)' cannot be a map's key")
    }
    guard insert(found, value) else { throw .error("map has the key \(key.text) twice") }
  }
}
