/// A regular expression in RE2's dialect, which never takes more than linear time.
///
/// It answers only whether a text matches, so greediness and groups are read and don't matter.
/// Not there: scripts such as `\p{Greek}` (general categories are), and `\C`.
struct RegularExpression: Sendable {
  private let program: RegexProgram
  /// The program for texts of ASCII, where it is a small one.
  private let bits: RegexBits?

  /// The number of instructions; matching takes time in proportion to it.
  var size: Int { program.instructions.count }

  /// Compiles a pattern.
  ///
  /// - Throws: ``RegexError`` for a malformed pattern, and for one that is too large.
  init(_ pattern: String) throws(RegexError) {
    var parser = RegexParser(pattern)
    program = try RegexProgram(try parser.parse())
    bits = RegexBits(program)
  }

  /// Whether the pattern occurs anywhere in `text`.
  ///
  /// - Complexity: O(*n* · *m*) in the text's length and the pattern's size, whatever they are.
  func matches(_ text: String) -> Bool {
    var text = text
    if let bits, let known = text.withUTF8({ bits.matches($0) }) { return known }
    return matchesByThreads(text)
  }

  /// ``matches(_:)`` for any text.
  func matchesByThreads(_ text: String) -> Bool {
    var threads = ThreadList(capacity: size)
    var nextThreads = ThreadList(capacity: size)
    var previous: Unicode.Scalar?
    var iterator = text.unicodeScalars.makeIterator()
    var current = iterator.next()
    while true {
      let place = RegexPlace(previous: previous, next: current)
      // An occurrence may begin at each place: a new thread joins those under way.
      if program.follow(0, at: place, into: &threads) { return true }
      guard let scalar = current else { return false }
      current = iterator.next()
      let nextPlace = RegexPlace(previous: scalar, next: current)
      for thread in threads.states {
        guard case .set(let set) = program.instructions[thread], program.sets[set].contains(scalar)
        else { continue }
        if program.follow(thread + 1, at: nextPlace, into: &nextThreads) { return true }
      }
      swap(&threads, &nextThreads)
      nextThreads.removeAll()
      previous = scalar
    }
  }
}

/// Why a pattern is refused.
struct RegexError: Error {
  let message: String
}

/// A place between two code points of a text.
struct RegexPlace {
  let previous: Unicode.Scalar?
  let next: Unicode.Scalar?

  func satisfies(_ assertion: RegexNode.Assertion) -> Bool {
    switch assertion {
    case .textStart: previous == nil
    case .textEnd: next == nil
    case .lineStart: previous == nil || previous == "\n"
    case .lineEnd: next == nil || next == "\n"
    case .wordBoundary: Self.isWord(previous) != Self.isWord(next)
    case .noWordBoundary: Self.isWord(previous) == Self.isWord(next)
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, scalar.isASCII else { return false }
    return UInt8(truncatingIfNeeded: scalar.value).isIdentifierPart
  }
}

/// The states that are under way, each once, in order of arrival.
struct ThreadList {
  private(set) var states: [Int] = []
  private var isPresent: [Bool]
  private var touched: [Int] = []
  /// States whose successors are still to be followed.
  var pending: [Int] = []

  init(capacity: Int) {
    isPresent = Array(repeating: false, count: capacity)
    states.reserveCapacity(capacity)
  }

  /// Marks a state as reached; answers whether it wasn't before.
  mutating func reach(_ state: Int) -> Bool {
    if isPresent[state] { return false }
    isPresent[state] = true
    touched.append(state)
    return true
  }

  mutating func append(_ state: Int) {
    states.append(state)
  }

  mutating func removeAll() {
    for state in touched { isPresent[state] = false }
    touched.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
  }
}
