/// Short texts that an expression accepts, to reason about what it lets in.
package struct PCRESamples: Sendable {
  /// One text, and how it came about.
  package struct Sample: Sendable, Hashable {
    package var bytes: [UInt8] = []
    /// Where a dot stands for any byte: the dots that were probably meant as dots.
    package var wildDots: [Int] = []
  }

  /// Texts that are kept at each step; enough for each alternative of a list of domains.
  static let mostSamples = 48
  /// What stands where anything may stand.
  static let filling = Array("attacker".utf8)

  /// The byte that reads best out of a set: a letter, a digit, a slash, else the smallest.
  static func preferred(_ set: ByteSet) -> UInt8? {
    for byte in Self.order where set.contains(byte) { return byte }
    return set.first
  }

  private static let order = Array("a0/-._b:".utf8)

  /// Texts that a pattern matches as a whole; assertions and look-arounds are not weighed.
  package static func texts(of pattern: PCREPattern) -> [Sample] { texts(of: pattern.root) }

  static func texts(of node: PCRENode) -> [Sample] {
    switch node {
    case .empty, .assertion, .look, .backreference, .opaque: return [Sample()]
    case .bytes(let set): return [byte(set)]
    case .capture(_, let body), .atomic(let body): return texts(of: body)
    case .choice(let parts): return limited(parts.flatMap { texts(of: $0) })
    case .sequence(let parts):
      var samples = [Sample()]
      for part in parts { samples = product(samples, texts(of: part)) }
      return samples
    case .loop(let body, let loop): return repeated(body, loop)
    }
  }

  private static func byte(_ set: ByteSet) -> Sample {
    // Nobody writes a dot for "any byte" between letters of a domain; it was meant as a dot.
    if set.count > 200, set.contains(UInt8(ascii: ".")) {
      return Sample(bytes: [UInt8(ascii: ".")], wildDots: [0])
    }
    let byte = PCREPattern.letter(set) ?? preferred(set)
    return Sample(bytes: byte.map { [$0] } ?? [])
  }

  private static func repeated(_ body: PCRENode, _ loop: PCRELoop) -> [Sample] {
    if loop.most == 0 { return [Sample()] }
    var samples: [Sample] = loop.least == 0 ? [Sample()] : []
    if case .bytes(let set) = body, loop.most == nil || (loop.most ?? 0) >= filling.count,
      filling.allSatisfy(set.contains)
    {
      samples.append(Sample(bytes: filling))
      return samples
    }
    let one = texts(of: body)
    var copies = one
    for _ in 1..<max(1, min(loop.least, 8)) { copies = product(copies, one) }
    return limited(samples + copies)
  }

  private static func product(_ left: [Sample], _ right: [Sample]) -> [Sample] {
    if right.count == 1, right[0].bytes.isEmpty { return left }
    var samples: [Sample] = []
    for head in left {
      for tail in right where samples.count < mostSamples {
        samples.append(
          Sample(
            bytes: head.bytes + tail.bytes,
            wildDots: head.wildDots + tail.wildDots.map { $0 + head.bytes.count }))
      }
    }
    return samples
  }

  private static func limited(_ samples: [Sample]) -> [Sample] {
    Array(samples.prefix(mostSamples))
  }
}
