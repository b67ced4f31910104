/// A regular expression that was read, and what can be said of it without running it.
package struct PCREPattern: Sendable {
  /// The expression as written, without nginx's `~` before it.
  package let text: String
  package let ignoresCase: Bool
  /// The syntax tree; ``PCRENode/opaque`` alone where PCRE would refuse the expression.
  package let root: PCRENode
  /// The number of capturing groups.
  package let captureCount: Int
  /// The named groups with their numbers, in reading order.
  package let names: [(name: String, number: Int)]
  /// Why PCRE refuses the expression; `nil` where nothing was noticed.
  package let refusal: String?
  /// Whether every part of it is followed, so that answers hold for certain.
  package let isUnderstood: Bool
  /// Whether some loop is inside another or follows another: else nothing can be ambiguous.
  package let hasRoomForAmbiguity: Bool

  /// Reads an expression.
  ///
  /// - Complexity: O(*n*) in the length of `text`.
  package init(_ text: String, ignoresCase: Bool = false) {
    var reader = PCREReader(Array(text.utf8), ignoresCase: ignoresCase)
    let node = reader.readAll()
    self.text = text
    self.ignoresCase = ignoresCase
    refusal = reader.refusal
    root = refusal == nil ? node : .opaque
    captureCount = reader.captureCount
    names = reader.names
    isUnderstood = !root.contains { $0 == .opaque }
    hasRoomForAmbiguity = Self.loops(in: root) > 1
  }

  /// Whether a match can hold some byte of a set, as far as look-arounds do not prevent it.
  package func canHold(_ set: ByteSet) -> Bool { !root.alphabet.isDisjoint(with: set) }

  /// The part of a capturing group; `nil` where there is no such group.
  package func capture(_ number: Int) -> PCRENode? { Self.capture(number, in: root) }

  private static func capture(_ number: Int, in node: PCRENode) -> PCRENode? {
    switch node {
    case .capture(number, let body): body
    case .capture(_, let body), .atomic(let body), .look(let body, _), .loop(let body, _):
      capture(number, in: body)
    case .sequence(let parts), .choice(let parts):
      parts.lazy.compactMap { capture(number, in: $0) }.first
    case .empty, .bytes, .assertion, .backreference, .opaque: nil
    }
  }

  /// The number of the group with a name.
  package func number(named name: String) -> Int? { names.first { $0.name == name }?.number }

  /// Whether every match begins where the text does.
  package var isAnchoredAtStart: Bool { Self.isAnchored(root, fromEnd: false) }

  /// Whether every match ends where the text does, a last newline aside.
  package var isAnchoredAtEnd: Bool { Self.isAnchored(root, fromEnd: true) }

  private static func isAnchored(_ node: PCRENode, fromEnd: Bool) -> Bool {
    switch node {
    case .assertion(let assertion):
      return fromEnd ? assertion == .end || assertion == .lastLineEnd : assertion == .start
    case .capture(_, let body), .atomic(let body): return isAnchored(body, fromEnd: fromEnd)
    case .loop(let body, let loop): return loop.least > 0 && isAnchored(body, fromEnd: fromEnd)
    case .choice(let parts): return parts.allSatisfy { isAnchored($0, fromEnd: fromEnd) }
    case .sequence(let parts):
      for part in fromEnd ? parts.reversed() : parts {
        if isAnchored(part, fromEnd: fromEnd) { return true }
        switch part {
        case .empty, .look, .assertion: continue
        default: return false
        }
      }
      return false
    case .empty, .bytes, .look, .backreference, .opaque: return false
    }
  }

  /// The only text that it matches, in lower case where case is ignored; `nil` where there is none.
  ///
  /// Anchors are left out: ``isAnchoredAtStart`` and ``isAnchoredAtEnd`` tell of them.
  package var literal: String? {
    var bytes: [UInt8] = []
    guard appendLiteral(of: root, to: &bytes) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func appendLiteral(of node: PCRENode, to bytes: inout [UInt8]) -> Bool {
    switch node {
    case .empty, .assertion: return true
    case .bytes(let set):
      guard let byte = set.single ?? (ignoresCase ? Self.letter(set) : nil) else { return false }
      bytes.append(byte)
      return true
    case .sequence(let parts):
      for part in parts {
        guard appendLiteral(of: part, to: &bytes) else { return false }
      }
      return true
    case .capture(_, let body), .atomic(let body): return appendLiteral(of: body, to: &bytes)
    case .choice, .loop, .look, .backreference, .opaque: return false
    }
  }

  /// The lower case of a set that holds one letter in both cases.
  static func letter(_ set: ByteSet) -> UInt8? {
    guard set.count == 2, let upper = set.first, ByteSet.upper.contains(upper),
      set.contains(upper | 0x20)
    else { return nil }
    return upper | 0x20
  }
}
