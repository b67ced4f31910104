/// A field of a variable, or of a structure that a field of it holds:
/// `location.upstream.keepalive`.
struct FieldPath: Sendable {
  let variable: Int
  /// The fields that lead to the structure, the variable's own first.
  let outer: [Step]
  /// What is noted of the field itself, where it is the first variable's.
  let read: FieldRead

  /// A field on the way, which must hold a structure.
  struct Step: Sendable {
    let name: String
    let slot: Int
    /// What is noted of it: that it is there, as the fields read inside tell the rest.
    let presence: FieldRead
  }

  fileprivate var slot: Int { read.slots[read.slots.count - 1] }
}

extension Planner {
  /// Reads a field of a variable, or of what its fields hold; `nil` for any other operand.
  ///
  /// - Parameter isPresence: whether all that counts is whether the field is there.
  func fieldRead(
    _ operand: NodeID, _ slot: Int, isPresence: Bool = false
  ) -> (@Sendable (inout Frame) throws(EvaluationFailure) -> FieldResult?)? {
    guard let (variable, steps) = steps(to: operand) else { return nil }
    let path = FieldPath(
      variable: variable, outer: steps,
      read: FieldRead(slots: steps.map(\.slot) + [slot], isPresence: isPresence))
    return { frame throws(EvaluationFailure) in try frame.read(path) }
  }

  /// The variable at the head of a chain of selections, and the fields behind it.
  private func steps(to node: NodeID) -> (variable: Int, steps: [FieldPath.Step])? {
    var names: [(name: String, slot: Int)] = []
    var node = node
    while true {
      switch (checked.resolutions[node], tree[node].kind) {
      case (.variable(let variable), _):
        var slots: [Int] = []
        let steps = names.reversed().map { name, slot in
          slots.append(slot)
          return FieldPath.Step(
            name: name, slot: slot, presence: FieldRead(slots: slots, isPresence: true))
        }
        return (variable, steps)
      case (.field(let slot), .select(let operand, let name, false)):
        names.append((name, slot))
        node = operand
      default: return nil
      }
    }
  }

  /// Whether a field holds a structure: its presence tells less than the structure itself does.
  func holdsStructure(_ operand: NodeID, _ field: String) -> Bool {
    guard let (variable, steps) = steps(to: operand) else { return false }
    var type = environment.variables[variable].type
    for name in steps.map(\.name) + [field] {
      guard case .object(let structure) = type,
        let found = environment.structType(structure)?.field(name)
      else { return false }
      type = found.type
    }
    if case .object = type { return true }
    return false
  }
}

extension Frame {
  /// Reads a field by its path; `nil` where something on the way is no structure.
  ///
  /// - Throws: what is unknown or absent on the way.
  fileprivate mutating func read(
    _ path: FieldPath
  ) throws(EvaluationFailure) -> FieldResult? {
    guard case .object(var object) = variables[path.variable] else { return nil }
    let isTraced = path.variable == 0
    for step in path.outer {
      let result = object.field(step.slot)
      if isTraced { trace?.add(step.presence, result.presence) }
      guard case .object(let inner) = try result.value(step.name) else {
        if isTraced { trace?.useWhole() }
        return nil
      }
      object = inner
    }
    let result = object.field(path.slot)
    if isTraced { trace?.add(path.read, path.read.isPresence ? result.presence : result) }
    return result
  }
}

extension FieldResult {
  /// The same without the value: what `has()` sees of it.
  package var presence: FieldResult {
    if case .value = self { .value(.bool(true)) } else { self }
  }
}
