/// Runs a ``PCREProgram`` over a text by backtracking, as PCRE does, and counts the steps.
///
/// The steps of PCRE itself are fewer by a constant where it optimises, but grow in the same way.
struct PCREMachine {
  /// What came of a search.
  enum Outcome: Sendable, Hashable {
    /// The bounds of the groups; group 0 is the whole match, and a group may have taken no part.
    case match([Range<Int>?])
    case none
    /// The steps were used up.
    case exhausted
  }

  private struct Entry {
    /// Where to go on; below zero the slot −1 − *n* is restored instead.
    let instruction: Int
    let value: Int
  }

  private let program: PCREProgram
  private let text: [UInt8]
  private let limit: Int
  private(set) var steps = 0
  private var slots: [Int]
  private var stack: [Entry] = []

  init(_ program: PCREProgram, on text: [UInt8], limit: Int) {
    self.program = program
    self.text = text
    self.limit = limit
    slots = [Int](repeating: -1, count: program.slotCount)
  }

  /// Searches the first match, from the start of the text on.
  mutating func search() -> Outcome {
    for start in 0...text.count {
      if program.isAnchored, start > 0 { break }
      if program.beginsAtLines, start > 0, text[start - 1] != 0x0A { continue }
      for index in slots.indices { slots[index] = -1 }
      stack.removeAll(keepingCapacity: true)
      if let end = run(from: 0, at: start) {
        slots[0] = start
        slots[1] = end
        return .match(groups)
      }
      if steps >= limit { return .exhausted }
    }
    return .none
  }

  private var groups: [Range<Int>?] {
    stride(from: 0, to: program.groupSlotCount, by: 2).map { slot in
      slots[slot] >= 0 && slots[slot + 1] >= slots[slot] ? slots[slot]..<slots[slot + 1] : nil
    }
  }

  /// Runs up to a `done`; gives the place reached, or `nil` when every choice failed.
  ///
  /// What is on the stack below is left alone, so that a part can run on its own.
  private mutating func run(from start: Int, at first: Int) -> Int? {
    let base = stack.count
    var instruction = start
    var place = first
    while steps < limit {
      steps += 1
      if case .done = program.instructions[instruction] {
        forgetChoices(above: base)
        return place
      }
      if step(&instruction, &place) { continue }
      guard backtrack(to: base, &instruction, &place) else { return nil }
    }
    return nil
  }

  /// Drops the choices of a part that matched, but keeps what undoes its groups.
  private mutating func forgetChoices(above base: Int) {
    var kept = base
    for index in base..<stack.count where stack[index].instruction < 0 {
      stack[kept] = stack[index]
      kept += 1
    }
    stack.removeLast(stack.count - kept)
  }

  private mutating func backtrack(
    to base: Int, _ instruction: inout Int, _ place: inout Int
  ) -> Bool {
    while stack.count > base, let entry = stack.popLast() {
      guard entry.instruction < 0 else {
        instruction = entry.instruction
        place = entry.value
        return true
      }
      slots[-1 - entry.instruction] = entry.value
    }
    return false
  }

  /// Does one instruction; `false` where it fails.
  private mutating func step(_ instruction: inout Int, _ place: inout Int) -> Bool {
    switch program.instructions[instruction] {
    case .bytes(let set):
      guard place < text.count, set.contains(text[place]) else { return false }
      place += 1
    case .jump(let target):
      instruction = target
      return true
    case .split(let first, let second):
      stack.append(Entry(instruction: second, value: place))
      instruction = first
      return true
    case .save(let slot):
      stack.append(Entry(instruction: -1 - slot, value: slots[slot]))
      slots[slot] = place
    case .advanced(let slot, let exit):
      if slots[slot] == place {
        instruction = exit
        return true
      }
    case .assertion(let assertion): if !holds(assertion, at: place) { return false }
    case .backreference(let number, let ignoresCase):
      guard let end = endOfRepeat(of: number, ignoresCase, at: place) else { return false }
      place = end
    case .atomic(let after):
      guard let end = run(from: instruction + 1, at: place) else { return false }
      place = end
      instruction = after
      return true
    case .look(let look, let width, let after):
      guard self.look(look, width, from: instruction + 1, at: place) else { return false }
      instruction = after
      return true
    case .done: return true
    }
    instruction += 1
    return true
  }

  private mutating func look(
    _ look: PCRELook, _ width: Int, from start: Int, at place: Int
  ) -> Bool {
    let height = stack.count
    let found = place >= width && run(from: start, at: place - width) != nil
    if look.isNegated, found {
      while stack.count > height, let entry = stack.popLast() {
        slots[-1 - entry.instruction] = entry.value
      }
    }
    return found != look.isNegated && steps < limit
  }

  private func endOfRepeat(of number: Int, _ ignoresCase: Bool, at place: Int) -> Int? {
    guard number > 0, 2 * number + 1 < program.groupSlotCount, slots[2 * number] >= 0,
      slots[2 * number + 1] >= slots[2 * number]
    else { return nil }
    let group = slots[2 * number]..<slots[2 * number + 1]
    guard place + group.count <= text.count else { return nil }
    let isSame = zip(text[group], text[place..<place + group.count]).allSatisfy { left, right in
      left == right || ignoresCase && ByteSet(left).caseFolded.contains(right)
    }
    return isSame ? place + group.count : nil
  }

  private func holds(_ assertion: PCREAssertion, at place: Int) -> Bool {
    switch assertion {
    case .start: place == 0
    case .lineStart: place == 0 || text[place - 1] == 0x0A
    case .end: place == text.count
    case .lastLineEnd:
      place == text.count || place == text.count - 1 && text[place] == 0x0A
    case .lineEnd: place == text.count || text[place] == 0x0A
    case .wordBoundary: isBoundary(place)
    case .notWordBoundary: !isBoundary(place)
    }
  }

  private func isBoundary(_ place: Int) -> Bool {
    let before = place > 0 && ByteSet.word.contains(text[place - 1])
    let after = place < text.count && ByteSet.word.contains(text[place])
    return before != after
  }
}

extension PCREPattern {
  /// The groups of the first match in a text.
  ///
  /// - Returns: `nil` where it cannot be told: a part that is not followed, or too many steps.
  package func search(_ text: [UInt8], limit: Int = 200_000) -> PCRESearch? {
    guard let program = PCREProgram(self) else { return nil }
    var machine = PCREMachine(program, on: text, limit: limit)
    return switch machine.search() {
    case .match(let groups): PCRESearch(groups: groups)
    case .none: PCRESearch(groups: nil)
    case .exhausted: nil
    }
  }
}

/// What a search in a text found.
package struct PCRESearch: Sendable, Hashable {
  /// The bounds of the groups, the whole match first; `nil` where nothing matches.
  package let groups: [Range<Int>?]?
  package var isMatch: Bool { groups != nil }
}
