extension RegexParser {
  /// The rest of a class after `[`.
  mutating func characterClass(isFolded: Bool) throws(RegexError) -> ScalarSet {
    var set = ScalarSet()
    set.isFolded = isFolded
    set.isNegated = take("^")
    var isFirst = true
    while true {
      guard let next = peek else { throw RegexError(message: "missing ]") }
      if next == "]", !isFirst {
        _ = take()
        break
      }
      isFirst = false
      try classItem(into: &set)
    }
    set.prepare()
    return set
  }

  private mutating func classItem(into set: inout ScalarSet) throws(RegexError) {
    if take("[:") {
      guard let name = take(until: "]") else { throw RegexError(message: "missing ]") }
      try insertPosixClass(name, into: &set)
      return
    }
    if peek == "\\" {
      _ = take()
      if try insertClass(into: &set) { return }
      try classRange(from: escapedScalar(), into: &set)
      return
    }
    guard let scalar = take() else { return }
    try classRange(from: scalar, into: &set)
  }

  private mutating func classRange(
    from low: Unicode.Scalar, into set: inout ScalarSet
  ) throws(RegexError) {
    var high = low
    if peek == "-", !isLastInClass {
      _ = take()
      guard let end = take() else { throw RegexError(message: "missing ]") }
      high = end == "\\" ? try escapedScalar() : end
    }
    guard low <= high else { throw RegexError(message: "invalid character class range") }
    set.insert(low.value...high.value)
  }

  /// Whether the hyphen that follows stands before the closing bracket, as itself.
  private var isLastInClass: Bool {
    var copy = self
    return copy.take("-]")
  }

  /// Adds the class of an escape such as `\d` or `\pL`; answers whether there is one.
  mutating func insertClass(into set: inout ScalarSet) throws(RegexError) -> Bool {
    switch peek {
    case "d": for range in Self.digits { set.insert(range) }
    case "D": set.insertAll(except: Self.digits)
    case "s": for range in Self.blanks { set.insert(range) }
    case "S": set.insertAll(except: Self.blanks)
    case "w": for range in Self.wordParts { set.insert(range) }
    case "W": set.insertAll(except: Self.wordParts)
    case "p", "P":
      set.insert(try property())
      return true
    default: return false
    }
    _ = take()
    return true
  }

  private mutating func property() throws(RegexError) -> ScalarSet.Property {
    var isNegated = take() == "P"
    var name: String?
    if take("{") {
      if take("^") { isNegated.toggle() }
      name = take(until: "}")
    } else if let letter = take() {
      name = String(Character(letter))
    }
    guard let name, let category = CategoryGroup(name) else {
      throw RegexError(message: "invalid character class range: \(name ?? "")")
    }
    return ScalarSet.Property(category: category, isNegated: isNegated)
  }

  private static let digits: [ClosedRange<UInt32>] = [48...57]
  private static let blanks: [ClosedRange<UInt32>] = [9...10, 12...13, 32...32]
  private static let wordParts: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]

  /// Adds `alpha:` or `^alpha:`, the text between `[:` and `]`.
  private func insertPosixClass(
    _ text: String, into set: inout ScalarSet
  ) throws(RegexError) {
    let isNegated = text.hasPrefix("^")
    let name = text.drop { $0 == "^" }
    guard name.last == ":", let ranges = Self.posixClasses[String(name.dropLast())] else {
      throw RegexError(message: "invalid character class range: [:\(text)]")
    }
    if isNegated {
      set.insertAll(except: ranges)
    } else {
      for range in ranges { set.insert(range) }
    }
  }

  private static let posixClasses: [String: [ClosedRange<UInt32>]] = [
    "alnum": [48...57, 65...90, 97...122], "alpha": [65...90, 97...122], "ascii": [0...127],
    "blank": [9...9, 32...32], "cntrl": [0...31, 127...127], "digit": digits, "graph": [33...126],
    "lower": [97...122], "print": [32...126], "punct": [33...47, 58...64, 91...96, 123...126],
    "space": [9...13, 32...32], "upper": [65...90], "word": wordParts,
    "xdigit": [48...57, 65...70, 97...102],
  ]

  // MARK: Escapes

  /// The code point of an escape after its backslash.
  mutating func escapedScalar() throws(RegexError) -> Unicode.Scalar {
    guard let letter = take() else { throw RegexError(message: "trailing \\") }
    switch letter {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "x": return try hexadecimalScalar()
    case "0"..."7": return try octalScalar(letter)
    default:
      let isPunctuation =
        letter.isASCII && !UInt8(truncatingIfNeeded: letter.value).isIdentifierPart
      guard isPunctuation || letter == "_" else {
        throw RegexError(message: "invalid escape sequence: \\\(letter)")
      }
      return letter
    }
  }

  private mutating func hexadecimalScalar() throws(RegexError) -> Unicode.Scalar {
    var digits = ""
    if take("{") {
      digits = take(until: "}") ?? ""
    } else {
      for _ in 0..<2 {
        if let digit = take() { digits.unicodeScalars.append(digit) }
      }
      if digits.unicodeScalars.count != 2 { digits = "" }
    }
    let isHexadecimal = digits.utf8.allSatisfy { $0.hexadecimalValue != nil }
    guard isHexadecimal, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
    else { throw RegexError(message: "invalid escape sequence: \\x\(digits)") }
    return scalar
  }

  /// `\0` and up to two more octal digits, or `\1` to `\7` and at least one more.
  private mutating func octalScalar(_ first: Unicode.Scalar) throws(RegexError) -> Unicode.Scalar {
    var value = first.value - 48
    var count = 1
    while count < 3, let digit = peek, digit.value >= 48, digit.value < 56 {
      value = value * 8 + digit.value - 48
      count += 1
      _ = take()
    }
    guard first == "0" || count > 1, let scalar = Unicode.Scalar(value) else {
      throw RegexError(message: "invalid escape sequence: \\\(first)")
    }
    return scalar
  }
}
