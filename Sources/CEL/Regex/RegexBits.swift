/// A small program as sets of bits, for texts of ASCII: one look at a table for each byte.
///
/// Rules hold a dozen patterns against the path of every location; following threads took longer
/// than all else of their conditions. Programs that look at lines or words beside the place, or
/// have more sets than a word has bits, are left to the machine that follows threads.
struct RegexBits: Sendable {
  private typealias States = UInt64

  /// What may follow a place, by what is known of it.
  private struct Closure {
    var states: States = 0
    /// Whether the pattern has matched there.
    var isMatch = false
  }

  /// The states that accept a byte.
  private let accepting: [States]
  /// The states behind each state.
  private let following: [States]
  /// The states behind which the pattern has matched; those behind which it has at the text's end.
  private let matching, matchingAtEnd: States
  private let start, middle: Closure
  /// Whether the pattern matches the empty end of any text.
  private let matchesEnd: Bool

  /// The bits of a program; `nil` where it needs more than these can tell.
  ///
  /// - Complexity: O(*n*²) in the number of instructions, which is small.
  init?(_ program: RegexProgram) {
    var places: [Int] = []
    var stateOf = [Int](repeating: -1, count: program.instructions.count)
    for (place, instruction) in program.instructions.enumerated() {
      switch instruction {
      case .set:
        stateOf[place] = places.count
        places.append(place)
      case .assertion(let assertion):
        guard assertion == .textStart || assertion == .textEnd else { return nil }
      case .jump, .split, .match: continue
      }
    }
    guard !places.isEmpty, places.count <= States.bitWidth else { return nil }
    func closure(_ place: Int, atStart: Bool, atEnd: Bool) -> Closure {
      Self.closure(program, place, stateOf, atStart: atStart, atEnd: atEnd)
    }
    var accepting = [States](repeating: 0, count: 128)
    var following: [States] = []
    var (matching, matchingAtEnd): (States, States) = (0, 0)
    for (state, place) in places.enumerated() {
      guard case .set(let number) = program.instructions[place],
        var bytes = program.sets[number].ascii
      else { return nil }
      let bit = States(1) << States(state)
      while bytes != 0 {
        accepting[bytes.trailingZeroBitCount] |= bit
        bytes &= bytes - 1
      }
      let next = closure(place + 1, atStart: false, atEnd: false)
      following.append(next.states)
      if next.isMatch { matching |= bit }
      if closure(place + 1, atStart: false, atEnd: true).isMatch { matchingAtEnd |= bit }
    }
    self.accepting = accepting
    self.following = following
    self.matching = matching
    self.matchingAtEnd = matchingAtEnd
    start = closure(0, atStart: true, atEnd: false)
    middle = closure(0, atStart: false, atEnd: false)
    matchesEnd = closure(0, atStart: false, atEnd: true).isMatch
  }

  /// Whether the pattern occurs in a text; `nil` for one that is empty or not all ASCII.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard !text.isEmpty else { return nil }
    if start.isMatch { return true }
    var states = start.states
    var accepted: States = 0
    for byte in text {
      guard byte < 128 else { return nil }
      accepted = states & accepting[Int(byte)]
      if accepted & matching != 0 { return true }
      states = middle.states
      var rest = accepted
      while rest != 0 {
        states |= following[rest.trailingZeroBitCount]
        rest &= rest - 1
      }
      // What begins in the middle without taking a byte has matched behind the first one.
      if middle.isMatch { return true }
    }
    return accepted & matchingAtEnd != 0 || matchesEnd
  }

  private static func closure(
    _ program: RegexProgram, _ start: Int, _ stateOf: [Int], atStart: Bool, atEnd: Bool
  ) -> Closure {
    var closure = Closure()
    var isReached = [Bool](repeating: false, count: program.instructions.count)
    var pending = [start]
    while let place = pending.popLast() {
      guard !isReached[place] else { continue }
      isReached[place] = true
      switch program.instructions[place] {
      case .set: closure.states |= 1 << States(stateOf[place])
      case .assertion(.textStart): if atStart { pending.append(place + 1) }
      case .assertion(.textEnd): if atEnd { pending.append(place + 1) }
      case .assertion: continue
      case .jump(let target): pending.append(target)
      case .split(let target):
        pending.append(target)
        pending.append(place + 1)
      case .match: closure.isMatch = true
      }
    }
    return closure
  }
}
