/// How the time of a failing match grows with the text, with a text that shows it.
package struct PCREBacktracking: Sendable, Hashable {
  package enum Growth: Sendable, Hashable {
    /// Each round of the repeated part multiplies the steps.
    case exponential
    /// The steps grow with this power of the length.
    case polynomial(Int)
  }

  package let growth: Growth
  /// What stands before, what is repeated, and what makes the match fail.
  package let prefix: [UInt8]
  package let pump: [UInt8]
  package let suffix: [UInt8]

  /// A text with a number of rounds.
  package func witness(_ rounds: Int) -> [UInt8] {
    var text = prefix
    for _ in 0..<rounds { text += pump }
    return text + suffix
  }

  /// The witness as people write such texts: `"a" × n + "!"`.
  package var description: String {
    let parts = [
      prefix.isEmpty ? nil : Self.quoted(prefix), Self.quoted(pump) + " × n",
      suffix.isEmpty ? nil : Self.quoted(suffix),
    ]
    return parts.compactMap { $0 }.joined(separator: " + ")
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var text = "\""
    for byte in bytes {
      switch byte {
      case 0x0A: text += "\\n"
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += "\\" + String(UnicodeScalar(byte))
      case 0x20...0x7E: text += String(UnicodeScalar(byte))
      default:
        let hexadecimal = String(byte, radix: 16, uppercase: true)
        text += "\\x" + (hexadecimal.utf8.count < 2 ? "0" : "") + hexadecimal
      }
    }
    return text + "\""
  }
}

extension PCREPattern {
  /// How badly it backtracks, where it does; `nil` where nothing was found.
  ///
  /// Whatever the automaton suggests is tried: only steps that really grow are reported, so that
  /// atomic groups, possessive loops and look-arounds raise no false alarm. Squares are left out:
  /// nginx's limit of some thousand bytes for a request line keeps them cheap.
  package var backtracking: PCREBacktracking? {
    guard hasRoomForAmbiguity, let rough = PCREProgram(self, roughly: true),
      let automaton = PCREAutomaton(rough), let program = PCREProgram(self)
    else { return nil }
    var ambiguity = PCREAmbiguity(automaton)
    let trial = PCRETrial(program: program, automaton: automaton)
    for pump in ambiguity.doubling() {
      if let found = trial.exponential(pump) { return found }
    }
    var worst: PCREBacktracking?
    var worstPower = 2
    for pump in ambiguity.sharing().prefix(Self.mostPumps) {
      guard let (found, power) = trial.polynomial(pump), power > worstPower else { continue }
      (worst, worstPower) = (found, power)
    }
    return worst
  }

  /// Pairs of loops that are tried.
  private static var mostPumps: Int { 8 }

  /// How many loops can share bytes, those around others counted twice.
  static func loops(in node: PCRENode) -> Int {
    switch node {
    case .empty, .bytes, .assertion, .backreference, .opaque, .look: 0
    case .sequence(let parts), .choice(let parts): parts.reduce(0) { $0 + loops(in: $1) }
    case .capture(_, let body), .atomic(let body): loops(in: body)
    case .loop(let body, let loop):
      loops(in: body) + ((loop.most ?? .max) >= 10 ? isSingle(body) ? 1 : 2 : 0)
    }
  }

  private static func isSingle(_ node: PCRENode) -> Bool {
    switch node {
    case .bytes: true
    case .capture(_, let body), .atomic(let body): isSingle(body)
    default: false
    }
  }
}

/// Tries texts that should take long.
struct PCRETrial {
  let program: PCREProgram
  let automaton: PCREAutomaton

  /// The most steps that one attempt may take.
  private static let mostSteps = 100_000
  /// Rounds after which real explosions have long used up the steps.
  private static let mostRounds = 32

  /// A witness whose steps multiply with each round; `nil` where none of those tried does.
  func exponential(_ pump: PCREAmbiguity.Pump) -> PCREBacktracking? {
    candidates(pump, .exponential).first { multiplies($0) }
  }

  /// Whether the steps reach their limit within a few rounds, and not as a power does.
  private func multiplies(_ candidate: PCREBacktracking) -> Bool {
    var counts: [Int] = []
    for rounds in 1...Self.mostRounds {
      guard let count = steps(candidate, rounds: rounds) else { return false }
      if count < Self.mostSteps {
        counts.append(count)
        continue
      }
      guard rounds > 4 else { return true }
      // Twice the rounds give at most 32 times the steps of a fifth power.
      return counts[counts.count - 1] >= 40 * counts[counts.count / 2 - 1]
    }
    return false
  }

  /// A witness with the power that its steps grow with.
  func polynomial(_ pump: PCREAmbiguity.Pump) -> (PCREBacktracking, Int)? {
    var best: (PCREBacktracking, Int)?
    for candidate in candidates(pump, .polynomial(2)) {
      guard let ratio = ratioOfDoubling(candidate) else { continue }
      // 4 for a square, 8 for a cube, less the linear part.
      let power = ratio >= 22 ? 5 : ratio >= 11 ? 4 : ratio >= 5.6 ? 3 : 2
      guard power > (best?.1 ?? 1) else { continue }
      best = (
        PCREBacktracking(
          growth: .polynomial(power), prefix: candidate.prefix, pump: candidate.pump,
          suffix: candidate.suffix), power
      )
    }
    return best
  }

  /// How many times the steps a text of twice the rounds takes; `nil` where it matches.
  private func ratioOfDoubling(_ candidate: PCREBacktracking) -> Double? {
    guard var few = steps(candidate, rounds: 4) else { return nil }
    var ratio: Double?
    for rounds in [8, 16, 32, 64] {
      guard let many = steps(candidate, rounds: rounds) else { return nil }
      guard many < Self.mostSteps else { break }
      ratio = Double(many) / Double(max(1, few))
      few = many
    }
    return ratio
  }

  /// The steps of a failing match; `nil` where it matches.
  private func steps(_ candidate: PCREBacktracking, rounds: Int) -> Int? {
    var machine = PCREMachine(program, on: candidate.witness(rounds), limit: Self.mostSteps)
    if case .match = machine.search() { return nil }
    return machine.steps
  }

  /// Texts around a pump: the way to it, and ends that may make the match fail.
  private func candidates(
    _ pump: PCREAmbiguity.Pump, _ growth: PCREBacktracking.Growth
  ) -> [PCREBacktracking] {
    guard let prefix = way(to: pump.state) else { return [] }
    let tail = wayOut(of: pump.state)
    // What a loop on many bytes leaves out ends it. The tail is there because PCRE gives up at
    // once on a text without the byte that every match needs.
    let ends: [[UInt8]] = ["!", "\n", "\n\n", " ", "\u{0}", ""].map { Array($0.utf8) }
    let suffixes = ends.map { $0 + tail } + ends.map { tail + $0 } + ends
    return suffixes.map {
      PCREBacktracking(growth: growth, prefix: prefix, pump: pump.bytes, suffix: $0)
    }
  }

  /// The shortest text that leads into a state.
  private func way(to state: Int) -> [UInt8]? {
    path(from: automaton.starts) { $0 == state }
  }

  /// The shortest text behind a state that a match can end with.
  private func wayOut(of state: Int) -> [UInt8] {
    if automaton.isFinal[state] { return [] }
    return path(from: automaton.edges[state].map(\.target)) { automaton.isFinal[$0] } ?? []
  }

  private func path(from starts: [Int], to isGoal: (Int) -> Bool) -> [UInt8]? {
    var came = [Int](repeating: -2, count: automaton.sets.count)
    var queue: [Int] = []
    for start in starts where came[start] == -2 {
      came[start] = -1
      queue.append(start)
    }
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      if isGoal(state) { return text(to: state, came) }
      for edge in automaton.edges[state] where came[edge.target] == -2 {
        came[edge.target] = state
        queue.append(edge.target)
      }
    }
    return nil
  }

  private func text(to state: Int, _ came: [Int]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var place = state
    while place >= 0 {
      guard let byte = PCRESamples.preferred(automaton.sets[place]) else { return nil }
      bytes.append(byte)
      place = came[place]
    }
    return bytes.reversed()
  }
}
