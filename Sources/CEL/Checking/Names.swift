extension Checker {
  /// Finds a single name: a macro's variable, a variable, or a type's name.
  mutating func identifier(
    _ id: NodeID, _ name: String, isAbsolute: Bool
  ) throws(CELError) -> ValueType {
    if !isAbsolute, let local = local(name) {
      resolutions[id] = local.isBinding ? .bound(local.slot) : .local(local.slot)
      return local.type
    }
    if let type = resolve(id, name, isAbsolute: isAbsolute) { return type }
    return try refuse(
      id, undeclared(name),
      suggestion: isStrict
        ? nearestName(
          to: name, among: scope.map(\.name) + environment.variables.map(\.name)) : nil)
  }

  func undeclared(_ name: String) -> String {
    "undeclared reference to '\(name)' (in container '\(environment.container)')"
  }

  func local(_ name: String) -> Local? {
    scope.last { $0.name == name }
  }

  /// Finds a name, dotted or not, in the container and around it.
  private mutating func resolve(
    _ id: NodeID, _ name: String, isAbsolute: Bool
  ) -> ValueType? {
    for candidate in environment.candidates(for: name, isAbsolute: isAbsolute) {
      if let slot = environment.variableSlots[candidate] {
        resolutions[id] = .variable(slot)
        return environment.variables[slot].type
      }
      if Self.typeNames.contains(candidate) {
        resolutions[id] = .typeName(candidate)
        return .type
      }
    }
    return nil
  }

  private static let typeNames: Set<String> = [
    "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
    "google.protobuf.Timestamp", "google.protobuf.Duration", "optional_type",
  ]

  /// A selection: the longest dotted name that is declared wins, then fields of what precedes it.
  mutating func select(
    _ id: NodeID, _ operand: NodeID, _ field: String, isOptional: Bool
  ) throws(CELError) -> ValueType {
    if !isOptional, let type = qualified(id) { return type }
    let container = try type(of: operand)
    let found = try fieldType(id, of: container, field)
    if case .optional = container { return .optional(found) }
    return isOptional ? .optional(found) : found
  }

  private mutating func qualified(_ id: NodeID) -> ValueType? {
    guard let head = head(of: id) else { return nil }
    guard !environment.container.isEmpty || environment.qualifiedHeads.contains(head.name) else {
      return nil
    }
    guard head.isAbsolute || local(head.name) == nil,
      let (name, isAbsolute) = tree.qualifiedName(id)
    else { return nil }
    return resolve(id, name, isAbsolute: isAbsolute)
  }

  /// The first name of a chain of selections.
  func head(of id: NodeID) -> (name: String, isAbsolute: Bool)? {
    var id = id
    while true {
      switch tree[id].kind {
      case .select(let operand, _, false): id = operand
      case .identifier(let name, let isAbsolute): return (name, isAbsolute)
      default: return nil
      }
    }
  }

  /// The type of a field of a container type; notes the slot where the host's type is known.
  mutating func fieldType(
    _ id: NodeID, of container: ValueType, _ field: String
  ) throws(CELError) -> ValueType {
    switch container {
    case .dyn: return .dyn
    case .map(_, let value): return value.settled
    case .optional(let wrapped): return try fieldType(id, of: wrapped.settled, field)
    case .object(let name):
      guard let structure = environment.structType(name) else { return .dyn }
      guard let found = structure.field(field) else {
        return try refuse(
          id, "undefined field '\(field)'",
          suggestion: isStrict ? nearestName(to: field, among: structure.fieldNames()) : nil)
      }
      resolutions[id] = .field(found.slot)
      note(FieldReference(typeName: name, field: field, slot: found.slot))
      return found.type
    default:
      return try refuse(id, "type '\(container)' does not support field selection")
    }
  }

  private mutating func note(_ reference: FieldReference) {
    if !fieldReferences.contains(reference) { fieldReferences.append(reference) }
  }
}

extension Environment {
  /// The full names that a name can stand for, the innermost namespace first.
  func candidates(for name: String, isAbsolute: Bool) -> [String] {
    guard !isAbsolute, !container.isEmpty else { return [name] }
    var candidates: [String] = []
    var namespace = container[...]
    while !namespace.isEmpty {
      candidates.append("\(namespace).\(name)")
      namespace = namespace[..<(namespace.lastIndex(of: ".") ?? namespace.startIndex)]
    }
    return candidates + [name]
  }
}
