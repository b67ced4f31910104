/// Reads a regular expression as PCRE does with the options nginx sets: bytes, not characters.
///
/// What PCRE would refuse ends the reading; what it would accept and this reader does not follow
/// becomes ``PCRENode/opaque``. One pass, its recursion bounded by ``deepestGroup``.
struct PCREReader {
  /// What holds from some place on to the end of its group: `(?i)` and its like.
  struct Options {
    var ignoresCase = false
    /// `^` and `$` match at newlines.
    var isMultiline = false
    /// `.` matches newlines.
    var dotIsAll = false
    /// White space and comments mean nothing.
    var isExtended = false
    /// Lazy is greedy and greedy lazy.
    var isUngreedy = false
    /// Plain parentheses do not capture.
    var capturesNamesOnly = false
  }

  /// PCRE2 itself allows 250; real expressions stay below ten.
  static let deepestGroup = 100
  /// PCRE's own largest count in braces.
  static let largestCount = 65_535

  let bytes: [UInt8]
  var place = 0
  var options: Options
  var captureCount = 0
  var names: [(name: String, number: Int)] = []
  /// Why PCRE refuses the expression, as far as that was noticed.
  var refusal: String?
  var largestReference = 0
  private var depth = 0

  init(_ bytes: [UInt8], ignoresCase: Bool) {
    self.bytes = bytes
    options = Options()
    options.ignoresCase = ignoresCase
  }

  /// A backreference, which may also name a group further on.
  mutating func reference(_ number: Int) -> PCRENode {
    largestReference = max(largestReference, number)
    return .backreference(number, ignoresCase: options.ignoresCase)
  }

  /// The byte at a distance from the place; `nil` behind the end.
  func peek(_ distance: Int = 0) -> UInt8? {
    place + distance < bytes.count ? bytes[place + distance] : nil
  }

  func isNext(_ text: StaticString) -> Bool {
    guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { wanted in
      wanted.indices.allSatisfy { wanted[$0] == bytes[place + $0] }
    }
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard isNext(text) else { return false }
    place += text.utf8CodeUnitCount
    return true
  }

  mutating func refuse(_ reason: String) {
    if refusal == nil { refusal = reason }
    place = bytes.count
  }

  /// Reads the whole expression.
  mutating func readAll() -> PCRENode {
    var isOpaque = false
    // Options such as (*UTF) stand before everything else.
    while isNext("(*"), let end = bytes[place...].firstIndex(of: UInt8(ascii: ")")) {
      place = end + 1
      isOpaque = true
    }
    let node = readChoice()
    if refusal == nil, place < bytes.count { refuse("unmatched closing parenthesis") }
    if refusal == nil, largestReference > captureCount {
      refuse("reference to non-existent subpattern")
    }
    return isOpaque ? .sequence([.opaque, node]) : node
  }

  /// Reads alternatives up to a closing parenthesis or the end.
  mutating func readChoice() -> PCRENode {
    guard depth < Self.deepestGroup else {
      refuse("groups nested too deeply")
      return .opaque
    }
    depth += 1
    defer { depth -= 1 }
    var alternatives = [readSequence()]
    while peek() == UInt8(ascii: "|") {
      place += 1
      alternatives.append(readSequence())
    }
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  private mutating func readSequence() -> PCRENode {
    var parts: [PCRENode] = []
    while let byte = peek(), byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      if options.isExtended, skipLayout() { continue }
      if take("\\Q") {
        readQuoted(into: &parts)
        continue
      }
      if take("\\E") { continue }
      guard let atom = readAtom() else { continue }
      parts.append(readQuantifiers(of: atom, isGroup: byte == UInt8(ascii: "(")))
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  /// Skips white space or a comment of `(?x)`.
  private mutating func skipLayout() -> Bool {
    guard let byte = peek() else { return false }
    if ByteSet.space.contains(byte) {
      place += 1
      return true
    }
    guard byte == UInt8(ascii: "#") else { return false }
    while let byte = peek(), byte != 0x0A { place += 1 }
    return true
  }

  /// Reads what stands between `\Q` and `\E`; a quantifier behind it is about the last byte.
  private mutating func readQuoted(into parts: inout [PCRENode]) {
    while let byte = peek() {
      if take("\\E") { break }
      place += 1
      parts.append(.bytes(literal(byte)))
    }
    if let last = parts.popLast() { parts.append(readQuantifiers(of: last, isGroup: false)) }
  }

  func literal(_ byte: UInt8) -> ByteSet {
    options.ignoresCase ? ByteSet(byte).caseFolded : ByteSet(byte)
  }

  /// Reads one thing that can be repeated; `nil` where there is none, as for a comment.
  private mutating func readAtom() -> PCRENode? {
    guard let byte = peek() else { return nil }
    switch byte {
    case UInt8(ascii: "("): return readGroup()
    case UInt8(ascii: "["): return .bytes(readClass())
    case UInt8(ascii: "\\"): return readEscape()
    case UInt8(ascii: "."):
      place += 1
      return .bytes(options.dotIsAll ? .all : ByteSet.newline.inverted)
    case UInt8(ascii: "^"):
      place += 1
      return .assertion(options.isMultiline ? .lineStart : .start)
    case UInt8(ascii: "$"):
      place += 1
      return .assertion(options.isMultiline ? .lineEnd : .lastLineEnd)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      refuse("quantifier does not follow a repeatable item")
      return nil
    default:
      if readCounts() != nil {
        refuse("quantifier does not follow a repeatable item")
        return nil
      }
      place += 1
      return .bytes(literal(byte))
    }
  }

  /// Reads what stands behind an atom; only groups may repeat an assertion or another loop.
  private mutating func readQuantifiers(of atom: PCRENode, isGroup: Bool) -> PCRENode {
    var node = atom
    var isRepeatable = true
    if case .assertion = atom { isRepeatable = isGroup }
    while take("(?#") { skipComment() }
    while let counts = readCounts() {
      var order = options.isUngreedy ? PCRELoop.Order.lazy : .greedy
      if peek() == UInt8(ascii: "+") {
        place += 1
        order = .possessive
      } else if peek() == UInt8(ascii: "?") {
        place += 1
        order = options.isUngreedy ? .greedy : .lazy
      }
      if !isRepeatable {
        refuse("quantifier does not follow a repeatable item")
        return node
      }
      isRepeatable = false
      node = .loop(node, PCRELoop(least: counts.least, most: counts.most, order: order))
    }
    return node
  }

  /// Reads `*`, `+`, `?` or counts in braces; takes nothing where none of them is next.
  private mutating func readCounts() -> (least: Int, most: Int?)? {
    switch peek() {
    case UInt8(ascii: "*"):
      place += 1
      return (0, nil)
    case UInt8(ascii: "+"):
      place += 1
      return (1, nil)
    case UInt8(ascii: "?"):
      place += 1
      return (0, 1)
    case UInt8(ascii: "{"): return readBraces()
    default: return nil
    }
  }

  /// Reads `{2}`, `{2,}` or `{2,5}`; a brace that opens nothing of the kind is an ordinary byte.
  private mutating func readBraces() -> (least: Int, most: Int?)? {
    let start = place
    place += 1
    guard let least = readNumber() else {
      place = start
      return nil
    }
    var most: Int? = least
    if peek() == UInt8(ascii: ",") {
      place += 1
      most = readNumber()
    }
    guard peek() == UInt8(ascii: "}") else {
      place = start
      return nil
    }
    place += 1
    if least > Self.largestCount || (most ?? 0) > Self.largestCount || (most ?? least) < least {
      refuse("numbers in braces out of order or too big")
    }
    return (least, most)
  }

  mutating func readNumber() -> Int? {
    var value: Int?
    while let byte = peek(), ByteSet.digits.contains(byte) {
      value = min((value ?? 0) * 10 + Int(byte - 0x30), Self.largestCount + 1)
      place += 1
    }
    return value
  }
}
