/// SplitMix64: the same numbers every time, so that a case is known by its seed and number.
struct FuzzDice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, case number: Int = 0) {
    state = seed &+ UInt64(number) &* 0xD129_0F3B_5C1E_9A77
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// Whether something of a probability of `percent` happens.
  mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }

  /// Between so many and so many of `elements`, one behind the other.
  mutating func text(_ elements: [String], _ counts: ClosedRange<Int>) -> String {
    (0..<number(counts)).map { _ in pick(elements) }.joined()
  }
}
