/// A part of a regular expression.
package indirect enum PCRENode: Sendable, Hashable {
  case empty
  /// One byte out of a set.
  case bytes(ByteSet)
  case sequence([PCRENode])
  case choice([PCRENode])
  /// A capturing group by its number, which counts from 1.
  case capture(Int, PCRENode)
  /// A group that is never entered again once it matched.
  case atomic(PCRENode)
  case look(PCRENode, PCRELook)
  case loop(PCRENode, PCRELoop)
  case assertion(PCREAssertion)
  /// What a group matched, by its number; in either case where that is ignored.
  case backreference(Int, ignoresCase: Bool)
  /// Something whose meaning is not followed: recursion, conditions, verbs.
  case opaque
}

/// The direction and sense of a look-around.
package struct PCRELook: Sendable, Hashable {
  package let isAhead: Bool
  package let isNegated: Bool
}

/// How often something is repeated, and in which order that is tried.
package struct PCRELoop: Sendable, Hashable {
  package enum Order: Sendable, Hashable { case greedy, lazy, possessive }

  package let least: Int
  /// `nil` without bound.
  package let most: Int?
  package let order: Order
}

/// Something that matches a place and no bytes.
package enum PCREAssertion: Sendable, Hashable {
  case start
  /// At the start or after a newline.
  case lineStart
  case end
  /// At the end or before a newline that is last.
  case lastLineEnd
  /// At the end or before any newline.
  case lineEnd
  case wordBoundary, notWordBoundary
}

extension PCRENode {
  /// Whether it can match without taking a byte.
  var isNullable: Bool {
    switch self {
    case .empty, .look, .assertion, .backreference, .opaque: true
    case .bytes: false
    case .sequence(let parts): parts.allSatisfy(\.isNullable)
    case .choice(let parts): parts.contains(where: \.isNullable)
    case .capture(_, let body), .atomic(let body): body.isNullable
    case .loop(let body, let loop): loop.least == 0 || body.isNullable
    }
  }

  /// Every byte that a match of it can hold; look-arounds hold none.
  var alphabet: ByteSet {
    switch self {
    case .empty, .look, .assertion: .empty
    case .bytes(let set): set
    case .backreference, .opaque: .all
    case .sequence(let parts), .choice(let parts):
      parts.reduce(ByteSet.empty) { $0.union($1.alphabet) }
    case .capture(_, let body), .atomic(let body): body.alphabet
    case .loop(let body, let loop): loop.most == 0 ? .empty : body.alphabet
    }
  }

  /// The bytes that a match of it can begin with.
  var firstBytes: ByteSet {
    switch self {
    case .empty, .look, .assertion: return .empty
    case .bytes(let set): return set
    case .backreference, .opaque: return .all
    case .choice(let parts): return parts.reduce(ByteSet.empty) { $0.union($1.firstBytes) }
    case .capture(_, let body), .atomic(let body): return body.firstBytes
    case .loop(let body, let loop): return loop.most == 0 ? .empty : body.firstBytes
    case .sequence(let parts):
      var first = ByteSet.empty
      for part in parts {
        first = first.union(part.firstBytes)
        if !part.isNullable { break }
      }
      return first
    }
  }

  /// The bytes that a match of it can end with.
  var lastBytes: ByteSet {
    switch self {
    case .empty, .look, .assertion: return .empty
    case .bytes(let set): return set
    case .backreference, .opaque: return .all
    case .choice(let parts): return parts.reduce(ByteSet.empty) { $0.union($1.lastBytes) }
    case .capture(_, let body), .atomic(let body): return body.lastBytes
    case .loop(let body, let loop): return loop.most == 0 ? .empty : body.lastBytes
    case .sequence(let parts):
      var last = ByteSet.empty
      for part in parts.reversed() {
        last = last.union(part.lastBytes)
        if !part.isNullable { break }
      }
      return last
    }
  }

  /// Whether it matches a few texts that are written out and nothing else, such as `(en|de)`.
  var isWrittenOut: Bool {
    switch self {
    case .empty, .look, .assertion: true
    case .bytes(let set): set.count <= 2
    case .sequence(let parts), .choice(let parts): parts.allSatisfy(\.isWrittenOut)
    case .capture(_, let body), .atomic(let body): body.isWrittenOut
    case .loop(let body, let loop): (loop.most ?? .max) <= 1 && body.isWrittenOut
    case .backreference, .opaque: false
    }
  }

  /// Whether some part of it, itself included, is of a kind.
  func contains(where isWanted: (PCRENode) -> Bool) -> Bool {
    if isWanted(self) { return true }
    return switch self {
    case .empty, .bytes, .assertion, .backreference, .opaque: false
    case .sequence(let parts), .choice(let parts): parts.contains { $0.contains(where: isWanted) }
    case .capture(_, let body), .atomic(let body), .look(let body, _), .loop(let body, _):
      body.contains(where: isWanted)
    }
  }
}
