/// A part of a pattern.
indirect enum RegexNode {
  /// What holds between two code points.
  enum Assertion {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
  }

  case empty
  case set(ScalarSet)
  case assertion(Assertion)
  case sequence([RegexNode])
  case alternatives([RegexNode])
  /// At least `minimum` and at most `maximum` times, without end when that is `nil`.
  case repetition(RegexNode, minimum: Int, maximum: Int?)
}

/// A set of code points: ranges and Unicode properties.
struct ScalarSet: Sendable {
  /// A set of code points that isn't written out.
  struct Property: Sendable {
    let category: CategoryGroup
    let isNegated: Bool
  }

  private(set) var ranges: [ClosedRange<UInt32>] = []
  private(set) var properties: [Property] = []
  var isNegated = false
  /// Whether letters stand for both their cases.
  var isFolded = false
  /// The answers for ASCII, a bit each, once ``prepare()`` has found them.
  private(set) var ascii: UInt128?

  init() {}

  init(_ scalar: Unicode.Scalar, isFolded: Bool) {
    insert(scalar.value...scalar.value)
    if isFolded {
      self.isFolded = true
      for other in scalar.otherCases { insert(other.value...other.value) }
    }
    prepare()
  }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    ranges.append(range)
  }

  mutating func insert(_ property: Property) {
    properties.append(property)
  }

  /// Adds every code point outside of `others`, which must be sorted and apart.
  mutating func insertAll(except others: [ClosedRange<UInt32>]) {
    var start: UInt32 = 0
    for range in others {
      if range.lowerBound > start { ranges.append(start...range.lowerBound - 1) }
      start = range.upperBound + 1
    }
    ranges.append(start...0x10FFFF)
  }

  /// Works out the answers for ASCII, which most texts are made of.
  mutating func prepare() {
    var bits: UInt128 = 0
    for range in ranges where range.lowerBound < 128 {
      for value in range.lowerBound...min(range.upperBound, 127) { bits |= 1 << UInt128(value) }
    }
    if !properties.isEmpty {
      for value in UInt8.min..<128 where findAsWritten(Unicode.Scalar(value)) {
        bits |= 1 << UInt128(value)
      }
    }
    if isFolded {
      bits |= (bits & Self.upperLetters) << 32 | (bits & Self.upperLetters << 32) >> 32
      // The two letters outside of ASCII whose other case is within: the Kelvin sign, the long s.
      if findAsWritten("\u{212A}") { bits |= Self.bothCases("k") }
      if findAsWritten("\u{17F}") { bits |= Self.bothCases("s") }
    }
    ascii = isNegated ? ~bits : bits
  }

  private static let upperLetters: UInt128 = ((1 << 26) - 1) << 65

  private static func bothCases(_ letter: Unicode.Scalar) -> UInt128 {
    1 << UInt128(letter.value) | 1 << UInt128(letter.value - 32)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 128, let ascii { return ascii >> UInt128(scalar.value) & 1 == 1 }
    return find(scalar)
  }

  private func find(_ scalar: Unicode.Scalar) -> Bool {
    var isFound = findAsWritten(scalar)
    if isFolded, !isFound { isFound = scalar.otherCases.contains(where: findAsWritten) }
    return isFound != isNegated
  }

  private func findAsWritten(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) }
      || properties.contains { $0.category.contains(scalar) != $0.isNegated }
  }
}

extension Unicode.Scalar {
  /// The upper and lower case of a letter, where each is one code point.
  fileprivate var otherCases: [Unicode.Scalar] {
    [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { mapping in
      let scalars = mapping.unicodeScalars
      return scalars.count == 1 && scalars.first != self ? scalars.first : nil
    }
  }
}

/// One general category of Unicode, or the group of those with the same first letter.
struct CategoryGroup: Sendable {
  /// One or two letters: `L`, `Lu`; empty for any.
  private let name: String

  /// The group of a name as patterns write it; `nil` for one that isn't known.
  init?(_ name: String) {
    if name == "Any" {
      self.name = ""
      return
    }
    guard Self.names.contains(name) || ["L", "M", "N", "P", "S", "Z", "C"].contains(name) else {
      return nil
    }
    self.name = name
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    Self.name(scalar.properties.generalCategory).hasPrefix(name)
  }

  private static let names: Set<String> = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
  ]

  private static func name(_ category: Unicode.GeneralCategory) -> String {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
