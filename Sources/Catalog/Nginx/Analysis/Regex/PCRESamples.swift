/// Short texts that an expression accepts, to reason about what it lets in.
package struct PCRESamples: Sendable {
  /// One text, and how it came about.
  package struct Sample: Sendable, Hashable {
    package var bytes: [UInt8] = []
    /// Where a dot stands for any byte: the dots that were probably meant as dots.
    package var wildDots: [Int] = []
  }

  /// Texts that are kept at each step; enough for each alternative of a list of domains.
  private static let mostSamples = 48

  /// What stands where a loop takes anything.
  private let filling: [UInt8]
  /// The only group whose loops are filled; `nil` for all.
  private let group: Int?

  /// Texts that a pattern matches as a whole; assertions and look-arounds are not weighed.
  ///
  /// - Parameters:
  ///   - filling: what stands where a loop takes all of its bytes.
  ///   - group: the only group whose loops are filled; `nil` for all.
  package static func texts(
    of pattern: PCREPattern, filling: String, group: Int? = nil
  ) -> [Sample] {
    Self(filling: Array(filling.utf8), group: group).texts(of: pattern.root, isIn: group == nil)
  }

  private init(filling: [UInt8], group: Int?) {
    self.filling = filling
    self.group = group
  }

  /// The byte that reads best out of a set: a letter, a digit, a slash, else the smallest.
  static func preferred(_ set: ByteSet) -> UInt8? {
    for byte in Self.order where set.contains(byte) { return byte }
    return set.first
  }

  private static let order = Array("a0/-._b:".utf8)

  private func texts(of node: PCRENode, isIn: Bool) -> [Sample] {
    switch node {
    case .empty, .assertion, .look, .backreference, .opaque: return [Sample()]
    case .bytes(let set): return [byte(set)]
    case .capture(let number, let body): return texts(of: body, isIn: isIn || number == group)
    case .atomic(let body): return texts(of: body, isIn: isIn)
    case .choice(let parts): return limited(parts.flatMap { texts(of: $0, isIn: isIn) })
    case .sequence(let parts):
      var samples = [Sample()]
      for part in parts { samples = product(samples, texts(of: part, isIn: isIn)) }
      return samples
    case .loop(let body, let loop): return repeated(body, loop, isIn: isIn)
    }
  }

  private func byte(_ set: ByteSet) -> Sample {
    // Nobody writes a dot for "any byte" between letters of a domain; it was meant as a dot.
    if set.count > 200, set.contains(UInt8(ascii: ".")) {
      return Sample(bytes: [UInt8(ascii: ".")], wildDots: [0])
    }
    let byte = PCREPattern.letter(set) ?? Self.preferred(set)
    return Sample(bytes: byte.map { [$0] } ?? [])
  }

  private func repeated(_ body: PCRENode, _ loop: PCRELoop, isIn: Bool) -> [Sample] {
    if loop.most == 0 { return [Sample()] }
    let nothing: [Sample] = loop.least == 0 ? [Sample()] : []
    if isIn, case .bytes(let set) = body, (loop.most ?? .max) >= filling.count,
      filling.count >= loop.least, filling.allSatisfy(set.contains)
    {
      return [Sample(bytes: filling)] + nothing
    }
    let one = texts(of: body, isIn: isIn)
    var copies = one
    for _ in 1..<max(1, min(loop.least, 8)) { copies = product(copies, one) }
    return limited(nothing + copies)
  }

  private func product(_ left: [Sample], _ right: [Sample]) -> [Sample] {
    if right.count == 1, right[0].bytes.isEmpty { return left }
    var samples: [Sample] = []
    for head in left {
      for tail in right where samples.count < Self.mostSamples {
        samples.append(
          Sample(
            bytes: head.bytes + tail.bytes,
            wildDots: head.wildDots + tail.wildDots.map { $0 + head.bytes.count }))
      }
    }
    return samples
  }

  private func limited(_ samples: [Sample]) -> [Sample] {
    Array(samples.prefix(Self.mostSamples))
  }
}

extension PCREPattern {
  /// A text that matches and of which a group holds something; `nil` where none was found.
  ///
  /// - Parameters:
  ///   - wanted: what a loop of the group shall take.
  ///   - atStart: whether the group has to begin with it.
  package func text(
    whoseGroup number: Int, holds wanted: String, atStart: Bool = false
  ) -> [UInt8]? {
    let wantedBytes = Array(wanted.utf8)
    for sample in PCRESamples.texts(of: self, filling: wanted, group: number) {
      guard let groups = search(sample.bytes)?.groups, number < groups.count,
        let bounds = groups[number]
      else { continue }
      let held = sample.bytes[bounds]
      guard held.count >= wantedBytes.count else { continue }
      let last = atStart ? held.startIndex : held.endIndex - wantedBytes.count
      let isHeld = (held.startIndex...last).contains {
        held[$0...].starts(with: wantedBytes)
      }
      if isHeld { return sample.bytes }
    }
    return nil
  }
}
