/// The byte instructions of a program as the states of an automaton.
///
/// Look-arounds and assertions count as passed and atomic groups as plain ones: it accepts more
/// than the expression, so that what it suggests has to be tried with ``PCREMachine``.
struct PCREAutomaton {
  struct Edge {
    let target: Int
    /// Whether there are several ways to go, each of which backtracking would try.
    var isAmbiguous: Bool
  }

  /// What each state accepts.
  private(set) var sets: [ByteSet] = []
  private(set) var edges: [[Edge]] = []
  /// The states that a match can begin with.
  private(set) var starts: [Int] = []
  /// Whether a match can end behind a state.
  private(set) var isFinal: [Bool] = []
  private(set) var acceptsNothing = false
  /// Groups of states from which each other is reached, as a number for each state.
  private(set) var component: [Int] = []
  /// Whether a state can be reached from itself.
  private(set) var isOnLoop: [Bool] = []

  /// More states than any reasonable expression has; the search is quadratic in them.
  static let mostStates = 300
  /// Ways from one state to the next that are followed before giving up.
  private static let mostWays = 4_000

  private let program: PCREProgram
  private var stateOf: [Int: Int] = [:]
  private var ways = 0

  init?(_ program: PCREProgram) {
    self.program = program
    var places: [Int] = []
    for (place, instruction) in program.instructions.enumerated() {
      guard case .bytes(let set) = instruction else { continue }
      stateOf[place] = sets.count
      sets.append(set)
      places.append(place)
    }
    guard !sets.isEmpty, sets.count <= Self.mostStates else { return nil }
    let (first, isEmpty) = follow(from: 0)
    starts = first.map(\.target)
    acceptsNothing = isEmpty
    for place in places {
      ways = 0
      let (next, ends) = follow(from: place + 1)
      edges.append(next)
      isFinal.append(ends)
      if ways > Self.mostWays { return nil }
    }
    findComponents()
  }

  /// The states reached from an instruction without taking a byte, and whether the end is.
  private mutating func follow(from start: Int) -> ([Edge], Bool) {
    var found: [Int: Int] = [:]
    var ends = false
    var onPath = [UInt8](repeating: 0, count: program.instructions.count)
    walk(start, &onPath, &found, &ends, depth: 0)
    let edges = found.sorted { $0.key < $1.key }.map {
      Edge(target: $0.key, isAmbiguous: $0.value > 1)
    }
    return (edges, ends)
  }

  /// The depth is bounded by the number of ways that are followed.
  private mutating func walk(
    _ start: Int, _ onPath: inout [UInt8], _ found: inout [Int: Int], _ ends: inout Bool, depth: Int
  ) {
    var place = start
    var passed: [Int] = []
    defer { for place in passed { onPath[place] -= 1 } }
    while ways <= Self.mostWays, depth < 200 {
      ways += 1
      // Twice, as in `(a*)*`, where a round of the outer loop enters the inner one anew.
      guard onPath[place] < 2 else { return }
      onPath[place] += 1
      passed.append(place)
      switch program.instructions[place] {
      case .bytes:
        if let state = stateOf[place] { found[state, default: 0] += 1 }
        return
      case .jump(let target): place = target
      case .split(let first, let second):
        walk(first, &onPath, &found, &ends, depth: depth + 1)
        place = second
      case .look(_, _, let after): place = after
      case .done:
        // The end of an atomic group stands before the end of the program.
        if place == program.instructions.count - 1 {
          ends = true
          return
        }
        place += 1
      case .save, .advanced, .assertion, .backreference, .atomic: place += 1
      }
    }
  }

  /// Tarjan's algorithm without recursion.
  private mutating func findComponents() {
    let count = sets.count
    component = [Int](repeating: -1, count: count)
    isOnLoop = [Bool](repeating: false, count: count)
    var number = [Int](repeating: -1, count: count)
    var low = number
    var stack: [Int] = []
    var work: [(state: Int, edge: Int)] = []
    var counter = 0
    var components = 0
    for root in 0..<count where number[root] < 0 {
      work.append((root, 0))
      while let (state, edge) = work.popLast() {
        if edge == 0 {
          number[state] = counter
          low[state] = counter
          counter += 1
          stack.append(state)
        } else {
          let child = edges[state][edge - 1].target
          if component[child] < 0 { low[state] = min(low[state], low[child]) }
        }
        if let next = (edge..<edges[state].count).first(where: {
          component[edges[state][$0].target] < 0
        }) {
          work.append((state, next + 1))
          let child = edges[state][next].target
          if number[child] < 0 { work.append((child, 0)) }
          continue
        }
        guard low[state] == number[state] else { continue }
        close(state, &stack, number: components)
        components += 1
      }
    }
  }

  private mutating func close(_ root: Int, _ stack: inout [Int], number: Int) {
    var members: [Int] = []
    while let member = stack.popLast() {
      component[member] = number
      members.append(member)
      if member == root { break }
    }
    for member in members {
      isOnLoop[member] = edges[member].contains { component[$0.target] == number }
    }
  }
}
