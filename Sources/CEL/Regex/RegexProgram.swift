/// A pattern as instructions for the matching machine.
struct RegexProgram: Sendable {
  enum Instruction {
    /// Takes a code point of a set, then goes on with the next instruction.
    case set(Int)
    case assertion(RegexNode.Assertion)
    case jump(Int)
    /// Goes on with the next instruction and with another one.
    case split(Int)
    case match
  }

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []

  /// Counted repetitions are written out; RE2 bounds its programs by memory, this one by count.
  static let sizeLimit = 10_000

  init(_ node: RegexNode) throws(RegexError) {
    try emit(node)
    instructions.append(.match)
  }

  /// Follows a state through instructions that take no code point.
  ///
  /// - Returns: whether the pattern has matched.
  func follow(_ state: Int, at place: RegexPlace, into threads: inout ThreadList) -> Bool {
    threads.pending.append(state)
    while let state = threads.pending.popLast() {
      guard threads.reach(state) else { continue }
      switch instructions[state] {
      case .set: threads.append(state)
      case .assertion(let assertion):
        if place.satisfies(assertion) { threads.pending.append(state + 1) }
      case .jump(let target): threads.pending.append(target)
      case .split(let target):
        threads.pending.append(target)
        threads.pending.append(state + 1)
      case .match: return true
      }
    }
    return false
  }

  private mutating func append(_ instruction: Instruction) throws(RegexError) {
    guard instructions.count < Self.sizeLimit else {
      throw RegexError(message: "expression is too large")
    }
    instructions.append(instruction)
  }

  private mutating func emit(_ node: RegexNode) throws(RegexError) {
    switch node {
    case .empty: break
    case .set(let set):
      sets.append(set)
      try append(.set(sets.count - 1))
    case .assertion(let assertion): try append(.assertion(assertion))
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .alternatives(let nodes): try emit(alternatives: nodes)
    case .repetition(let node, let minimum, let maximum):
      for _ in 0..<minimum { try emit(node) }
      if let maximum {
        try emit(optional: node, count: maximum - minimum)
      } else {
        try emit(loop: node)
      }
    }
  }

  private mutating func emit(alternatives nodes: [RegexNode]) throws(RegexError) {
    var jumps: [Int] = []
    for (index, node) in nodes.enumerated() {
      let split = instructions.count
      if index < nodes.count - 1 { try append(.split(0)) }
      try emit(node)
      guard index < nodes.count - 1 else { break }
      jumps.append(instructions.count)
      try append(.jump(0))
      instructions[split] = .split(instructions.count)
    }
    for jump in jumps { instructions[jump] = .jump(instructions.count) }
  }

  /// Up to `count` times, each only after the one before.
  private mutating func emit(optional node: RegexNode, count: Int) throws(RegexError) {
    var splits: [Int] = []
    for _ in 0..<count {
      splits.append(instructions.count)
      try append(.split(0))
      try emit(node)
    }
    for split in splits { instructions[split] = .split(instructions.count) }
  }

  private mutating func emit(loop node: RegexNode) throws(RegexError) {
    let split = instructions.count
    try append(.split(0))
    try emit(node)
    try append(.jump(split))
    instructions[split] = .split(instructions.count)
  }
}
