extension PCREReader {
  /// Reads an escape outside of a class, from its backslash.
  mutating func readEscape() -> PCRENode? {
    place += 1
    guard let byte = peek() else {
      refuse("\\ at end of pattern")
      return nil
    }
    if let assertion = Self.assertion(byte) {
      place += 1
      return .assertion(assertion)
    }
    switch byte {
    case UInt8(ascii: "R"):
      place += 1
      return .atomic(
        .choice([
          .sequence([.bytes(ByteSet(0x0D)), .bytes(.newline)]),
          .bytes(Self.verticalSpace),
        ]))
    case UInt8(ascii: "K"):
      place += 1
      return nil
    case UInt8(ascii: "X"):
      place += 1
      return .opaque
    case UInt8(ascii: "k"), UInt8(ascii: "g"): return readReference(byte)
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      let start = place
      let number = readNumber() ?? 0
      if number < 10 || number <= captureCount { return reference(number) }
      place = start
      return .bytes(readOctal())
    default: return .bytes(readEscapedSet())
    }
  }

  private static func assertion(_ byte: UInt8) -> PCREAssertion? {
    switch byte {
    case UInt8(ascii: "A"), UInt8(ascii: "G"): .start
    case UInt8(ascii: "z"): .end
    case UInt8(ascii: "Z"): .lastLineEnd
    case UInt8(ascii: "b"): .wordBoundary
    case UInt8(ascii: "B"): .notWordBoundary
    default: nil
    }
  }

  static let verticalSpace = ByteSet(0x0A...0x0D).union(ByteSet(0x85))
  private static let horizontalSpace = ByteSet("\t ").union(ByteSet(0xA0))

  /// Reads `\k<name>`, `\g{2}` and the like, from the letter.
  private mutating func readReference(_ letter: UInt8) -> PCRENode? {
    place += 1
    let ends: [UInt8: UInt8] = [
      UInt8(ascii: "{"): UInt8(ascii: "}"), UInt8(ascii: "<"): UInt8(ascii: ">"),
      UInt8(ascii: "'"): UInt8(ascii: "'"),
    ]
    guard let open = peek(), let end = ends[open] else {
      let isBack = take("-")
      guard letter == UInt8(ascii: "g"), let number = readNumber() else {
        refuse("a reference needs a name or a number")
        return nil
      }
      return reference(isBack ? captureCount + 1 - number : number)
    }
    place += 1
    let name = readName(until: end)
    // \g<…> calls the group instead of repeating its text.
    if letter == UInt8(ascii: "g"), open != UInt8(ascii: "{") { return .opaque }
    if let number = Int(name) {
      return reference(number < 0 ? captureCount + 1 + number : number)
    }
    return .backreference(self.number(of: name), ignoresCase: options.ignoresCase)
  }

  /// Reads an escape that stands for one byte out of a set, from the byte behind the backslash.
  private mutating func readEscapedSet() -> ByteSet {
    guard let byte = peek() else { return .empty }
    if let set = Self.shorthand(byte) {
      place += 1
      return set
    }
    switch byte {
    case UInt8(ascii: "x"): return readHexadecimal()
    case UInt8(ascii: "0"): return readOctal()
    case UInt8(ascii: "o"):
      place += 1
      return readBraced(radix: 8)
    case UInt8(ascii: "c"):
      place += 2
      return peek(-1).map { literal(($0 & 0xDF) ^ 0x40) } ?? .empty
    case UInt8(ascii: "p"), UInt8(ascii: "P"): return readProperty()
    default:
      place += 1
      return literal(Self.control(byte) ?? byte)
    }
  }

  private static func shorthand(_ byte: UInt8) -> ByteSet? {
    switch byte {
    case UInt8(ascii: "d"): .digits
    case UInt8(ascii: "D"): ByteSet.digits.inverted
    case UInt8(ascii: "w"): .word
    case UInt8(ascii: "W"): ByteSet.word.inverted
    case UInt8(ascii: "s"): .space
    case UInt8(ascii: "S"): ByteSet.space.inverted
    case UInt8(ascii: "h"): horizontalSpace
    case UInt8(ascii: "H"): horizontalSpace.inverted
    case UInt8(ascii: "v"): verticalSpace
    case UInt8(ascii: "V"): verticalSpace.inverted
    case UInt8(ascii: "N"): ByteSet.newline.inverted
    case UInt8(ascii: "C"): .all
    default: nil
    }
  }

  private static func control(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "e"): 0x1B
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// A Unicode property, of which bytes without UTF mode know only Latin-1: taken for any byte.
  private mutating func readProperty() -> ByteSet {
    place += 1
    if take("{") { _ = readName(until: UInt8(ascii: "}")) } else if peek() != nil { place += 1 }
    return .all
  }

  private mutating func readHexadecimal() -> ByteSet {
    place += 1
    if peek() == UInt8(ascii: "{") { return readBraced(radix: 16) }
    var value = 0
    var count = 0
    while count < 2, let digit = peek().flatMap({ Self.digit($0, radix: 16) }) {
      value = value * 16 + digit
      place += 1
      count += 1
    }
    return literal(UInt8(value))
  }

  private mutating func readOctal() -> ByteSet {
    var value = 0
    var count = 0
    while count < 3, let digit = peek().flatMap({ Self.digit($0, radix: 8) }) {
      value = value * 8 + digit
      place += 1
      count += 1
    }
    if count == 0 { place += 1 }
    return literal(UInt8(truncatingIfNeeded: value))
  }

  private mutating func readBraced(radix: Int) -> ByteSet {
    guard take("{") else {
      refuse("missing opening brace")
      return .empty
    }
    let value = Int(readName(until: UInt8(ascii: "}")), radix: radix) ?? -1
    guard let byte = UInt8(exactly: value) else {
      refuse("character code point value is too large")
      return .empty
    }
    return literal(byte)
  }

  private static func digit(_ byte: UInt8, radix: Int) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      Int(byte) - 0x30 < radix ? Int(byte) - 0x30 : nil
    case UInt8(ascii: "a")...UInt8(ascii: "f"): radix == 16 ? Int(byte) - 0x57 : nil
    case UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16 ? Int(byte) - 0x37 : nil
    default: nil
    }
  }

  /// Reads a class in brackets, from its opening one.
  mutating func readClass() -> ByteSet {
    place += 1
    let isNegated = take("^")
    var set = ByteSet.empty
    var isFirst = true
    while let byte = peek(), isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      if take("\\E") || take("\\Q") { continue }
      if isNext("[:"), let named = readPosixClass() {
        set = set.union(named)
        continue
      }
      let low = readClassMember()
      guard peek() == UInt8(ascii: "-"), let next = peek(1), next != UInt8(ascii: "]"),
        let start = low.byte
      else {
        set = set.union(low.set)
        continue
      }
      place += 1
      let high = readClassMember()
      if let end = high.byte, end >= start {
        set = set.union(ByteSet(start...end))
      } else if high.byte != nil {
        refuse("range out of order in character class")
      } else {
        set = set.union(low.set).union(high.set).union(ByteSet(UInt8(ascii: "-")))
      }
    }
    if peek() == UInt8(ascii: "]") { place += 1 } else { refuse("missing terminating ]") }
    if options.ignoresCase { set = set.caseFolded }
    return isNegated ? set.inverted : set
  }

  /// Reads one member; its byte where it is a single one, which can begin or end a range.
  private mutating func readClassMember() -> (set: ByteSet, byte: UInt8?) {
    guard let byte = peek() else { return (.empty, nil) }
    guard byte == UInt8(ascii: "\\") else {
      place += 1
      return (ByteSet(byte), byte)
    }
    place += 1
    let outer = options.ignoresCase
    options.ignoresCase = false
    defer { options.ignoresCase = outer }
    switch peek() ?? 0 {
    case UInt8(ascii: "b"):
      place += 1
      return (ByteSet(0x08), 0x08)
    case UInt8(ascii: "1")...UInt8(ascii: "7"):
      let set = readOctal()
      return (set, set.single)
    default:
      let set = readEscapedSet()
      return (set, set.single)
    }
  }

  private mutating func readPosixClass() -> ByteSet? {
    let names: [(StaticString, ByteSet)] = [
      ("alpha", .letters), ("digit", .digits), ("alnum", ByteSet.letters.union(.digits)),
      ("upper", .upper), ("lower", .lower), ("space", .space), ("blank", ByteSet("\t ")),
      ("punct", ByteSet(0x21...0x7E).subtracting(ByteSet.letters.union(.digits))),
      ("word", .word), ("xdigit", ByteSet.digits.union(ByteSet("abcdefABCDEF"))),
      ("print", ByteSet(0x20...0x7E)), ("graph", ByteSet(0x21...0x7E)),
      ("cntrl", ByteSet(0x00...0x1F).union(ByteSet(0x7F))), ("ascii", ByteSet(0x00...0x7F)),
    ]
    let start = place
    place += 2
    let isNegated = take("^")
    for (name, set) in names where take(name) {
      if take(":]") { return isNegated ? set.inverted : set }
      break
    }
    place = start
    return nil
  }
}
