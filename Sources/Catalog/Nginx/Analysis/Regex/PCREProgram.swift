/// A regular expression as instructions for ``PCREMachine``, in the order PCRE tries them.
struct PCREProgram: Sendable {
  enum Instruction: Sendable, Hashable {
    case bytes(ByteSet)
    case jump(Int)
    /// Goes on at the first place and comes back to the second.
    case split(Int, Int)
    /// Stores the place in the text: 2·*n* and 2·*n* + 1 are the bounds of group *n*.
    case save(Int)
    /// Leaves a repetition that has taken nothing since the place was stored.
    case advanced(Int, exit: Int)
    case assertion(PCREAssertion)
    case backreference(Int, ignoresCase: Bool)
    /// Runs what follows up to a `done` on its own, then goes on at the place behind it.
    case atomic(after: Int)
    case look(PCRELook, width: Int, after: Int)
    case done
  }

  private(set) var instructions: [Instruction] = []
  /// The number of stored places, those of groups first.
  private(set) var slotCount: Int
  let groupSlotCount: Int
  /// Whether a match can only begin at the start of the text or of a line.
  let beginsAtLines: Bool
  let isAnchored: Bool
  private var isTooLarge = false
  private let roughly: Bool

  /// Counted repetitions are written out; real expressions need a few hundred instructions.
  static let mostInstructions = 6_000
  /// From this many copies on a rough program repeats without bound.
  private static let fewCopies = 10

  /// Translates a pattern.
  ///
  /// - Parameter roughly: whether large counts may be taken for "any number", as the search for
  ///   ambiguity does.
  /// - Returns: `nil` where a part of the pattern is not followed or there would be too much.
  init?(_ pattern: PCREPattern, roughly: Bool = false) {
    guard pattern.isUnderstood else { return nil }
    groupSlotCount = 2 * (pattern.captureCount + 1)
    slotCount = groupSlotCount
    isAnchored = pattern.isAnchoredAtStart
    beginsAtLines = Self.beginsWithAnything(pattern.root)
    self.roughly = roughly
    add(pattern.root)
    instructions.append(.done)
    if isTooLarge { return nil }
  }

  /// Whether it begins with `.*`: then PCRE too tries it only where a line begins.
  private static func beginsWithAnything(_ node: PCRENode) -> Bool {
    switch node {
    case .loop(.bytes(let set), let loop):
      loop.least == 0 && loop.most == nil && set == ByteSet.newline.inverted
        && loop.order != .possessive
    case .sequence(let parts): parts.first.map(beginsWithAnything) ?? false
    case .choice(let parts): parts.allSatisfy(beginsWithAnything)
    case .capture(_, let body): beginsWithAnything(body)
    default: false
    }
  }

  private mutating func add(_ node: PCRENode) {
    guard instructions.count < Self.mostInstructions else {
      isTooLarge = true
      return
    }
    switch node {
    case .empty: break
    case .bytes(let set): instructions.append(.bytes(set))
    case .sequence(let parts): for part in parts { add(part) }
    case .choice(let parts): add(alternatives: parts)
    case .capture(let number, let body):
      instructions.append(.save(2 * number))
      add(body)
      instructions.append(.save(2 * number + 1))
    case .atomic(let body): add(body) { .atomic(after: $0) }
    case .look(let body, let look):
      guard let width = look.isAhead ? 0 : Self.width(of: body) else {
        isTooLarge = true
        return
      }
      add(body) { .look(look, width: width, after: $0) }
    case .loop(let body, let loop):
      if loop.order == .possessive {
        add(.atomic(.loop(body, PCRELoop(least: loop.least, most: loop.most, order: .greedy))))
      } else {
        add(body, repeated: loop)
      }
    case .assertion(let assertion): instructions.append(.assertion(assertion))
    case .backreference(let number, let ignoresCase):
      instructions.append(.backreference(number, ignoresCase: ignoresCase))
    case .opaque: isTooLarge = true
    }
  }

  private mutating func add(_ body: PCRENode, opener: (Int) -> Instruction) {
    let place = instructions.count
    instructions.append(.done)
    add(body)
    instructions.append(.done)
    instructions[place] = opener(instructions.count)
  }

  private mutating func add(alternatives: [PCRENode]) {
    var jumps: [Int] = []
    for (index, part) in alternatives.enumerated() {
      guard index < alternatives.count - 1 else {
        add(part)
        break
      }
      let split = instructions.count
      instructions.append(.done)
      add(part)
      jumps.append(instructions.count)
      instructions.append(.done)
      instructions[split] = .split(split + 1, instructions.count)
    }
    for jump in jumps { instructions[jump] = .jump(instructions.count) }
  }

  private mutating func add(_ body: PCRENode, repeated loop: PCRELoop) {
    let least = roughly ? min(loop.least, Self.fewCopies) : loop.least
    for _ in 0..<least where !isTooLarge { add(body) }
    guard let most = loop.most, !(roughly && most - least >= Self.fewCopies) else {
      addEndless(body, isLazy: loop.order == .lazy)
      return
    }
    var splits: [Int] = []
    for _ in 0..<max(0, most - loop.least) where !isTooLarge {
      splits.append(instructions.count)
      instructions.append(.done)
      add(body)
    }
    for split in splits {
      instructions[split] = choice(split + 1, instructions.count, isLazy: loop.order == .lazy)
    }
  }

  private mutating func addEndless(_ body: PCRENode, isLazy: Bool) {
    let split = instructions.count
    instructions.append(.done)
    let slot = slotCount
    if body.isNullable {
      slotCount += 1
      instructions.append(.save(slot))
    }
    add(body)
    if body.isNullable {
      instructions.append(.advanced(slot, exit: instructions.count + 2))
    }
    instructions.append(.jump(split))
    instructions[split] = choice(split + 1, instructions.count, isLazy: isLazy)
  }

  private func choice(_ inner: Int, _ outer: Int, isLazy: Bool) -> Instruction {
    isLazy ? .split(outer, inner) : .split(inner, outer)
  }

  /// The number of bytes that a part always takes; `nil` where that varies.
  private static func width(of node: PCRENode) -> Int? {
    switch node {
    case .empty, .look, .assertion: return 0
    case .bytes: return 1
    case .sequence(let parts):
      var sum = 0
      for part in parts {
        guard let width = width(of: part) else { return nil }
        sum += width
      }
      return sum
    case .choice(let parts):
      guard let width = parts.first.flatMap(Self.width) else { return nil }
      return parts.allSatisfy { Self.width(of: $0) == width } ? width : nil
    case .capture(_, let body), .atomic(let body): return width(of: body)
    case .loop(let body, let loop):
      guard loop.least == loop.most, let width = width(of: body) else { return nil }
      return width * loop.least
    case .backreference, .opaque: return nil
    }
  }
}
