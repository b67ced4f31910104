/// What paths a location can match, coarsely: runs of single bytes with anything between them.
///
/// Two of these can be compared for certain, which two regular expressions cannot be: most that
/// people write for locations are a beginning, an end or a list of endings.
struct NginxPathShape: Sendable {
  /// The bytes that must stand side by side, from the beginning of the path to its end.
  ///
  /// Between two runs anything may stand; the first is at the beginning of the path and the last
  /// at its end, and either may be empty. A single run is the whole path.
  private(set) var runs: [[ByteSet]] = [[]]
  /// Whether every path of this form matches; otherwise only some of them do.
  private(set) var isExact = true

  /// The paths of a plain location: those that begin with its pattern, or for `=` the one.
  init(literal: String, isWhole: Bool) {
    runs = isWhole ? [literal.utf8.map { ByteSet($0) }] : [literal.utf8.map { ByteSet($0) }, []]
  }

  /// Whether paths of this form may go on with anything.
  var isOpen: Bool { isExact && runs.count > 1 && runs[runs.count - 1].isEmpty }

  private init(anything: Void) { runs = [[], []] }

  /// Alternatives such as `\.(js|css)$` are told apart up to this many.
  private static let mostAlternatives = 32
  /// Repetitions such as `[0-9]{4}` are written out up to this many.
  private static let mostCopies = 16

  /// The alternatives of a regular expression; together they hold every path that it matches.
  ///
  /// - Complexity: O(*n*) in its length, times a constant number of alternatives.
  static func alternatives(of pattern: PCREPattern) -> [Self] {
    guard pattern.refusal == nil else { return [] }
    var pieces = [Pieces()]
    append(pattern.root, to: &pieces)
    return pieces.map { $0.shape }
  }

  /// Whether every path of another form is one of this form.
  func covers(_ other: Self) -> Bool {
    guard isExact else { return false }
    if runs.count == 1 {
      return other.runs.count == 1 && Self.fits(runs[0], other.runs[0][...])
    }
    guard let first = other.runs.first, let last = other.runs.last else { return false }
    let (head, tail) = (runs[0], runs[runs.count - 1])
    guard first.count >= head.count, Self.fits(head, first.prefix(head.count)) else { return false }
    var rest = other.runs.map { $0[...] }
    rest[0] = first.dropFirst(head.count)
    guard rest[rest.count - 1].count >= tail.count, Self.fits(tail, last.suffix(tail.count)) else {
      return false
    }
    rest[rest.count - 1] = rest[rest.count - 1].dropLast(tail.count)
    return Self.holds(rest, inOrder: runs.dropFirst().dropLast())
  }

  /// The text that every path begins with, as far as case and classes leave one choice.
  var beginning: [UInt8] {
    var bytes: [UInt8] = []
    for set in runs[0] {
      guard let byte = set.single else { break }
      bytes.append(byte)
    }
    return bytes
  }

  private static func fits(_ run: [ByteSet], _ other: ArraySlice<ByteSet>) -> Bool {
    run.count == other.count && zip(run, other).allSatisfy { $1.isSubset(of: $0) }
  }

  /// Whether the runs stand one behind the other in what is left of another form.
  private static func holds(
    _ rest: [ArraySlice<ByteSet>], inOrder runs: ArraySlice<[ByteSet]>
  ) -> Bool {
    var (number, rest) = (0, rest)
    for run in runs {
      while number < rest.count, !skip(past: run, in: &rest[number]) { number += 1 }
      if number == rest.count { return false }
    }
    return true
  }

  private static func skip(past run: [ByteSet], in rest: inout ArraySlice<ByteSet>) -> Bool {
    var start = rest.startIndex
    while rest.endIndex - start >= run.count {
      if fits(run, rest[start..<start + run.count]) {
        rest = rest[(start + run.count)...]
        return true
      }
      start += 1
    }
    return false
  }
}

// Reading a regular expression from left to right.
extension NginxPathShape {
  /// A shape that is still being put together.
  private struct Pieces {
    var runs: [[ByteSet]] = [[], []]
    var isExact = true
    var isAtStart = true
    var isAtEnd = false

    var shape: NginxPathShape {
      var shape = NginxPathShape(anything: ())
      shape.runs = isAtEnd || runs.count > 1 && runs[runs.count - 1].isEmpty ? runs : runs + [[]]
      shape.isExact = isExact
      return shape
    }

    mutating func add(_ set: ByteSet) {
      if isAtEnd { return lose() }
      runs[runs.count - 1].append(set)
      isAtStart = false
    }

    /// Something of any length stands here.
    mutating func addGap() {
      if isAtEnd { return lose() }
      if runs.count == 1 || !runs[runs.count - 1].isEmpty { runs.append([]) }
      isAtStart = false
    }

    /// Something that is not followed stands here.
    mutating func addUnknown() {
      addGap()
      lose()
    }

    mutating func lose() { isExact = false }

    mutating func anchorAtStart() {
      if isAtStart { runs = [[]] } else { lose() }
    }
  }

  private static func append(_ node: PCRENode, to all: inout [Pieces]) {
    switch node {
    case .empty: break
    case .bytes(let set): each(&all) { $0.add(set) }
    case .sequence(let parts): for part in parts { append(part, to: &all) }
    case .capture(_, let body), .atomic(let body): append(body, to: &all)
    case .assertion(.start): each(&all) { $0.anchorAtStart() }
    case .assertion(.end), .assertion(.lastLineEnd): each(&all) { $0.isAtEnd = true }
    case .assertion, .look: each(&all) { $0.lose() }
    case .backreference, .opaque: each(&all) { $0.addUnknown() }
    case .choice(let parts): branch(parts, &all)
    case .loop(let body, let loop): repeatBody(body, loop, &all)
    }
  }

  private static func each(_ all: inout [Pieces], _ change: (inout Pieces) -> Void) {
    for index in all.indices { change(&all[index]) }
  }

  private static func branch(_ parts: [PCRENode], _ all: inout [Pieces]) {
    guard all.count * parts.count <= mostAlternatives else {
      return each(&all) { $0.addUnknown() }
    }
    let before = all
    all = []
    for part in parts {
      var next = before
      append(part, to: &next)
      all += next
    }
    if all.count > mostAlternatives {
      // What the branches begin with is lost, so that the list stays short.
      all = before
      each(&all) { $0.addUnknown() }
    }
  }

  private static func repeatBody(_ body: PCRENode, _ loop: PCRELoop, _ all: inout [Pieces]) {
    if loop.least == 0, loop.most == 1 { return branch([.empty, body], &all) }
    let isSingle = if case .bytes = body { true } else { false }
    // Only single bytes are written out: copies of copies would have no end.
    let copies = isSingle ? min(loop.least, mostCopies) : min(loop.least, 1)
    for _ in 0..<copies { append(body, to: &all) }
    if loop.most == copies { return }
    // A path holds no newline but one that a client took pains to send.
    let isAnything =
      if case .bytes(let set) = body { set.union(.lineBreaks) == .all } else { false }
    let isExact =
      isAnything && loop.most == nil && loop.least == copies && loop.order != .possessive
    each(&all) {
      $0.addGap()
      if !isExact { $0.lose() }
    }
  }
}
