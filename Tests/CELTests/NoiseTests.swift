import CEL
import Testing

@Suite("Noise", .timeLimit(.minutes(15)))
struct NoiseTests {
  private static let parts = [
    "(", ")", "[", "]", "{", "}", ".", ".?", "[?", "{?", ",", ":", "?", "!", "-", "+", "*", "/",
    "%",
    "&&", "||", "==", "<", "in", "1", "1u", "0x", "1e", "1.5", "'a'", "'", "\"", "'''", "r'",
    "b'\\xff'",
    "\\", "a", "pool", "minimum", ".max_size", "has(", ".map(x, ", ".all(x, ", "cel.bind(a, ", "x",
    "true", "null", "size(", "dyn(", "timestamp(0)", "duration('1s')", ".matches('(a*')",
    "'%s'.format([",
    "//", "\n", "\r", "\u{0}", "é", "😀", "`", "as", "9223372036854775808", "optional.none()",
    "type",
  ]

  /// Numbers that look random and are the same each time (Steele, Lea and Flood's SplitMix64).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
  }

  @Test(
    "noise is refused within its bounds, or evaluates to something",
    arguments: 0..<8 as Range<UInt64>)
  func noise(seed: UInt64) {
    var generator = Generator(state: seed)
    let pool = TestHost.pool(["max_size": .value(.int(1))])
    for _ in 0..<500 {
      let count = Int.random(in: 1...12, using: &generator)
      let source = (0..<count).map { _ in
        Self.parts[Int.random(in: 0..<Self.parts.count, using: &generator)]
      }.joined(separator: Bool.random(using: &generator) ? " " : "")
      for isChecked in [true, false] {
        do {
          let program = try TestHost.environment.compile(source, checked: isChecked)
          _ = program.evaluate([pool, .int(1), .null], stepLimit: 1_000)
        } catch {
          #expect(error.range.lowerBound >= 0, "\(source)")
          #expect(error.range.upperBound <= source.utf8.count, "\(source)")
          #expect(!error.message.isEmpty, "\(source)")
        }
      }
    }
  }
}
