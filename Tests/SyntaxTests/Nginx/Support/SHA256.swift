/// SHA-256 of FIPS 180-4, for comparing dumps with recorded digests.
func sha256(_ message: [UInt8]) -> String {
  let primes = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }
  let rounds = primes.prefix(64).map { fraction(ofRoot: 3, of: $0) }
  var state = primes.prefix(8).map { fraction(ofRoot: 2, of: $0) }
  var padded = message + [0x80]
  padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
  let bits = UInt64(message.count) * 8
  padded += (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
  for start in stride(from: 0, to: padded.count, by: 64) {
    compress(padded[start..<start + 64], into: &state, rounds)
  }
  return state.map { word in
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }.joined()
}

/// The first 32 bits behind the point of a square or cube root, found by whole numbers alone.
private func fraction(ofRoot degree: Int, of number: Int) -> UInt32 {
  var low: UInt64 = 0
  var high: UInt64 = 1 << 37
  while high - low > 1 {
    let middle = (low + high) / 2
    let power =
      degree == 2
      ? product(middle, middle, 1) : product(middle, middle, middle)
    if power <= shifted(number, by: 32 * degree) { low = middle } else { high = middle }
  }
  return UInt32(truncatingIfNeeded: low)
}

private func product(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt128 {
  UInt128(a) * UInt128(b) * UInt128(c)
}

private func shifted(_ number: Int, by bits: Int) -> UInt128 { UInt128(number) << UInt128(bits) }

private func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32], _ rounds: [UInt32]) {
  var schedule = [UInt32](repeating: 0, count: 64)
  for (index, byte) in block.enumerated() {
    schedule[index / 4] = schedule[index / 4] << 8 | UInt32(byte)
  }
  for index in 16..<64 {
    let early = schedule[index - 15]
    let late = schedule[index - 2]
    let first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
    let second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
    schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
  }
  var v = state
  for index in 0..<64 {
    let choice = v[4] & v[5] ^ ~v[4] & v[6]
    let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
    let upper = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
    let lower = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
    let sum = v[7] &+ upper &+ choice &+ rounds[index] &+ schedule[index]
    v = [sum &+ lower &+ majority, v[0], v[1], v[2], v[3] &+ sum, v[4], v[5], v[6]]
  }
  for index in 0..<8 { state[index] = state[index] &+ v[index] }
}

private func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }
