/// Reads a pattern in RE2's syntax.
struct RegexParser {
  private let scalars: [Unicode.Scalar]
  private var offset = 0
  private var flags = Flags()
  private var nesting = 0

  private struct Flags {
    var isFolded = false
    var isMultiline = false
    var dotMatchesNewline = false
  }

  /// Groups nest at most this deep; bounds the recursion of parser and compiler.
  private static let nestingLimit = 250
  /// A part repeats at most this often, as in RE2.
  private static let repetitionLimit = 1_000

  init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars)
  }

  mutating func parse() throws(RegexError) -> RegexNode {
    let node = try alternatives()
    guard offset == scalars.count else { throw RegexError(message: "unexpected )") }
    return node
  }

  var peek: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

  mutating func take() -> Unicode.Scalar? {
    guard offset < scalars.count else { return nil }
    defer { offset += 1 }
    return scalars[offset]
  }

  mutating func take(_ text: StaticString) -> Bool {
    let wanted = "\(text)".unicodeScalars
    guard scalars[offset...].starts(with: wanted) else { return false }
    offset += wanted.count
    return true
  }

  /// The code points up to `end`, which is taken too; `nil` when it doesn't come.
  mutating func take(until end: Unicode.Scalar) -> String? {
    guard let index = scalars[offset...].firstIndex(of: end) else { return nil }
    defer { offset = index + 1 }
    return String(String.UnicodeScalarView(scalars[offset..<index]))
  }

  private mutating func alternatives() throws(RegexError) -> RegexNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else {
      throw RegexError(message: "expression nests too deeply")
    }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(RegexError) -> RegexNode {
    var nodes: [RegexNode] = []
    var canRepeat = false
    while let next = peek, next != "|", next != ")" {
      if let (minimum, maximum) = try repetition() {
        guard canRepeat, let node = nodes.popLast() else {
          throw RegexError(message: "no argument for repetition operator: \(next)")
        }
        nodes.append(.repetition(node, minimum: minimum, maximum: maximum))
        canRepeat = false
        continue
      }
      if take("\\Q") {
        try quotation(&nodes)
        canRepeat = true
        continue
      }
      if let node = try atom() {
        nodes.append(node)
        canRepeat = true
      }
    }
    return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
  }

  private mutating func quotation(_ nodes: inout [RegexNode]) throws(RegexError) {
    while peek != nil, !take("\\E") {
      if let scalar = take() { nodes.append(literal(scalar)) }
    }
  }

  /// `*`, `+`, `?` or `{n,m}` with an optional `?` after it; `nil` where no operator stands.
  private mutating func repetition() throws(RegexError) -> (Int, Int?)? {
    let bounds: (Int, Int?)
    switch peek {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      guard let counted = try count() else { return nil }
      _ = take("?")
      return counted
    default: return nil
    }
    offset += 1
    _ = take("?")
    return bounds
  }

  /// `{n}`, `{n,}` or `{n,m}`; anything else in braces is text.
  private mutating func count() throws(RegexError) -> (Int, Int?)? {
    let start = offset
    offset += 1
    guard let minimum = number() else {
      offset = start
      return nil
    }
    var maximum: Int? = minimum
    if take(",") { maximum = peek == "}" ? nil : number() ?? -1 }
    guard take("}"), maximum != -1 else {
      offset = start
      return nil
    }
    guard minimum <= Self.repetitionLimit, (maximum ?? 0) <= Self.repetitionLimit,
      minimum <= maximum ?? .max
    else { throw RegexError(message: "invalid repetition size") }
    return (minimum, maximum)
  }

  private mutating func number() -> Int? {
    let start = offset
    while let digit = peek, digit.value >= 48, digit.value <= 57 { offset += 1 }
    guard start < offset else { return nil }
    return Int(String(String.UnicodeScalarView(scalars[start..<offset]))) ?? .max
  }

  private func literal(_ scalar: Unicode.Scalar) -> RegexNode {
    .set(ScalarSet(scalar, isFolded: flags.isFolded))
  }

  private mutating func atom() throws(RegexError) -> RegexNode? {
    guard let scalar = take() else { return nil }
    switch scalar {
    case "(": return try group()
    case "[": return .set(try characterClass(isFolded: flags.isFolded))
    case ".":
      var set = ScalarSet()
      set.insertAll(except: flags.dotMatchesNewline ? [] : [10...10])
      set.prepare()
      return .set(set)
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "\\": return try escape()
    default: return literal(scalar)
    }
  }

  private mutating func escape() throws(RegexError) -> RegexNode {
    switch peek {
    case "A": offset += 1; return .assertion(.textStart)
    case "z": offset += 1; return .assertion(.textEnd)
    case "b": offset += 1; return .assertion(.wordBoundary)
    case "B": offset += 1; return .assertion(.noWordBoundary)
    default:
      var set = ScalarSet()
      if try insertClass(into: &set) {
        set.isFolded = flags.isFolded
        set.prepare()
        return .set(set)
      }
      return literal(try escapedScalar())
    }
  }

  // MARK: Groups

  private mutating func group() throws(RegexError) -> RegexNode? {
    let outer = flags
    if take("?P<") || take("?<") {
      guard let name = take(until: ">"), Self.isName(name) else {
        throw RegexError(message: "invalid group name")
      }
    } else if take("?") {
      guard try readFlags() else { return nil }
    }
    let node = try alternatives()
    guard take(")") else { throw RegexError(message: "missing )") }
    flags = outer
    return node
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy(\.isIdentifierPart)
  }

  /// Reads flags up to `:` or `)`; answers whether a group follows.
  private mutating func readFlags() throws(RegexError) -> Bool {
    var value = true
    while let flag = take() {
      switch flag {
      case "i": flags.isFolded = value
      case "m": flags.isMultiline = value
      case "s": flags.dotMatchesNewline = value
      case "U": break
      case "-" where value: value = false
      case ":": return true
      case ")": return false
      default: throw RegexError(message: "invalid flag: \(flag)")
      }
    }
    throw RegexError(message: "missing )")
  }
}
