/// Finds texts that an expression can match in more ways the longer they are.
///
/// Backtracking tries all of them when the match fails afterwards. Two shapes are looked for: a
/// loop that can take the same bytes in two ways, `(a+)+`, which doubles the ways with each round;
/// and two loops that can share the same bytes between them, `a*a*`, whose ways grow with a power
/// of the length.
struct PCREAmbiguity {
  /// A text to repeat, and the state in which that can begin.
  struct Pump: Hashable {
    let bytes: [UInt8]
    let state: Int
  }

  private let automaton: PCREAutomaton
  /// Pairs and triples of states that are visited before giving up.
  private static let mostVisits = 40_000
  private var visits = 0

  init(_ automaton: PCREAutomaton) { self.automaton = automaton }

  /// Loops that take the same bytes in two ways.
  mutating func doubling() -> [Pump] {
    var pumps: [Pump] = []
    let loops = Dictionary(
      grouping: automaton.sets.indices.filter { automaton.isOnLoop[$0] },
      by: { automaton.component[$0] })
    for states in loops.sorted(by: { $0.key < $1.key }).map(\.value) {
      visits = 0
      for state in states {
        if let pump = pump(twiceAround: state) {
          pumps.append(pump)
          break
        }
      }
    }
    return pumps
  }

  private struct Pair: Hashable {
    var first: Int
    var second: Int
    /// Whether the two ways have parted already.
    var hasParted: Bool
  }

  /// A text that leads from a state back to it in two ways.
  private mutating func pump(twiceAround state: Int) -> Pump? {
    let home = automaton.component[state]
    let start = Pair(first: state, second: state, hasParted: false)
    var came: [Pair: (from: Pair, byte: UInt8)] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count, visits < Self.mostVisits {
      let pair = queue[next]
      next += 1
      for one in automaton.edges[pair.first] where automaton.component[one.target] == home {
        for other in automaton.edges[pair.second] where automaton.component[other.target] == home {
          visits += 1
          let set = automaton.sets[one.target].intersection(automaton.sets[other.target])
          guard let byte = PCRESamples.preferred(set) else { continue }
          let parted =
            pair.hasParted || one.target != other.target
            || one.isAmbiguous && pair.first == pair.second
          let reached = Pair(first: one.target, second: other.target, hasParted: parted)
          guard reached != start, came[reached] == nil else { continue }
          came[reached] = (pair, byte)
          if reached == Pair(first: state, second: state, hasParted: true) {
            return Pump(bytes: Self.word(to: reached, from: start, came), state: state)
          }
          queue.append(reached)
        }
      }
    }
    return nil
  }

  private struct Triple: Hashable {
    var left: Int
    var middle: Int
    var right: Int
  }

  /// Pairs of loops that share a text: it leads around each, and from the first to the second.
  mutating func sharing() -> [Pump] {
    var pumps: [Pump] = []
    let loops = automaton.sets.indices.filter { automaton.isOnLoop[$0] }
    visits = 0
    for left in loops {
      for right in loops.reversed() where right != left {
        guard automaton.component[left] != automaton.component[right] else { continue }
        if let pump = pump(from: left, to: right) {
          pumps.append(pump)
          break
        }
      }
    }
    return pumps
  }

  private mutating func pump(from left: Int, to right: Int) -> Pump? {
    let (home, away) = (automaton.component[left], automaton.component[right])
    let start = Triple(left: left, middle: left, right: right)
    let goal = Triple(left: left, middle: right, right: right)
    var came: [Triple: (from: Triple, byte: UInt8)] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count, visits < Self.mostVisits {
      let triple = queue[next]
      next += 1
      for a in automaton.edges[triple.left] where automaton.component[a.target] == home {
        for c in automaton.edges[triple.right] where automaton.component[c.target] == away {
          let outer = automaton.sets[a.target].intersection(automaton.sets[c.target])
          if outer.isEmpty { continue }
          for b in automaton.edges[triple.middle] {
            visits += 1
            let reached = Triple(left: a.target, middle: b.target, right: c.target)
            let set = outer.intersection(automaton.sets[b.target])
            guard came[reached] == nil, let byte = PCRESamples.preferred(set) else { continue }
            came[reached] = (triple, byte)
            if reached == goal {
              return Pump(bytes: Self.word(to: goal, from: start, came), state: left)
            }
            queue.append(reached)
          }
        }
      }
    }
    return nil
  }

  private static func word<Node: Hashable>(
    to goal: Node, from start: Node, _ came: [Node: (from: Node, byte: UInt8)]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var node = goal
    repeat {
      guard let (from, byte) = came[node] else { break }
      bytes.append(byte)
      node = from
    } while node != start
    return bytes.reversed()
  }
}
