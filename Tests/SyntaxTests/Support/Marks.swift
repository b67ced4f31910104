/// Takes `⟦…⟧` out of a text.
///
/// - Returns: the text without marks and the bytes that they enclosed.
func unmark(_ marked: String) throws -> (text: String, range: Range<Int>) {
  struct NoMarks: Error {}
  guard let open = marked.firstIndex(of: "⟦"), let close = marked.firstIndex(of: "⟧") else {
    throw NoMarks()
  }
  let before = marked[..<open]
  let inside = marked[marked.index(after: open)..<close]
  let after = marked[marked.index(after: close)...]
  return (
    String(before + inside + after), before.utf8.count..<before.utf8.count + inside.utf8.count
  )
}

/// A generator that gives the same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
