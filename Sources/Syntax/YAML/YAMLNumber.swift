/// The numbers of YAML 1.1.
struct YAMLNumber {
  let value: YAMLValue

  /// Reads a number with its sign, base and underscores; `nil` where it is text.
  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes.removeFirst()
    }
    guard let first = bytes.first else { return nil }
    let isDigit = first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")
    guard isDigit || first == UInt8(ascii: ".") else { return nil }
    guard
      let value = Self.whole(bytes, isNegative) ?? Self.sexagesimal(bytes, isNegative)
        ?? Self.broken(bytes, isNegative, hasSign: bytes.count < text.utf8.count)
    else { return nil }
    self.value = value
  }

  private static func whole(_ bytes: ArraySlice<UInt8>, _ isNegative: Bool) -> YAMLValue? {
    let zero = UInt8(ascii: "0")
    guard bytes.first == zero, bytes.count > 1 else {
      return digits(bytes, base: 10, isNegative)
    }
    switch bytes.dropFirst().first {
    case UInt8(ascii: "b"): return digits(bytes.dropFirst(2), base: 2, isNegative)
    case UInt8(ascii: "x"): return digits(bytes.dropFirst(2), base: 16, isNegative)
    default: return digits(bytes.dropFirst(), base: 8, isNegative)
    }
  }

  /// Digits of `base` with underscores among them; at least one digit.
  private static func digits(
    _ bytes: ArraySlice<UInt8>, base: Int64, _ isNegative: Bool
  ) -> YAMLValue? {
    var number: Int64 = 0
    var count = 0
    var overflows = false
    for byte in bytes where byte != UInt8(ascii: "_") {
      guard let digit = digit(byte), digit < base else { return nil }
      count += 1
      let (product, first) = number.multipliedReportingOverflow(by: base)
      let (sum, second) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      overflows = overflows || first || second
      number = sum
    }
    guard count > 0, base != 10 || bytes.first != UInt8(ascii: "_") else { return nil }
    if overflows {
      return .largeInt((isNegative ? "-" : "") + String(decoding: bytes, as: UTF8.self))
    }
    return .int(number)
  }

  private static func digit(_ byte: UInt8) -> Int64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// `10:30` is 630, `1:10:30` is 4230, `10:30.5` is the float 630.5.
  private static func sexagesimal(_ bytes: ArraySlice<UInt8>, _ isNegative: Bool) -> YAMLValue? {
    let point = bytes.firstIndex(of: UInt8(ascii: "."))
    let parts = bytes[..<(point ?? bytes.endIndex)].split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count > 1 else { return nil }
    if point == nil, bytes.first == UInt8(ascii: "0") { return nil }
    var total: Int64 = 0
    for (place, part) in parts.enumerated() {
      guard case .int(let number) = digits(part, base: 10, false) else { return nil }
      guard place == 0 || part.count <= 2 && number < 60 && !part.contains(UInt8(ascii: "_"))
      else { return nil }
      let (product, first) = total.multipliedReportingOverflow(by: 60)
      let (sum, second) = product.addingReportingOverflow(number)
      if first || second { return nil }
      total = sum
    }
    guard let point else { return .int(isNegative ? -total : total) }
    let fraction = bytes[bytes.index(after: point)...].filter { $0 != UInt8(ascii: "_") }
    guard let part = Double("0." + String(decoding: fraction, as: UTF8.self) + "0") else {
      return nil
    }
    return .float((Double(total) + part) * (isNegative ? -1 : 1))
  }

  /// `1.5`, `.5`, `1.`, `1e2`, `.inf`, `.nan`.
  private static func broken(
    _ bytes: ArraySlice<UInt8>, _ isNegative: Bool, hasSign: Bool
  ) -> YAMLValue? {
    switch String(decoding: bytes, as: UTF8.self) {
    case ".inf", ".Inf", ".INF": return .float(isNegative ? -.infinity : .infinity)
    case ".nan", ".NaN", ".NAN": return hasSign ? nil : .float(.nan)
    default: break
    }
    if bytes.first == UInt8(ascii: ".") {
      guard !hasSign, let next = bytes.dropFirst().first, digit(next) ?? 10 < 10 else { return nil }
    }
    var digits = 0
    var points = 0
    var plain: [UInt8] = []
    var rest = bytes
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      rest.removeFirst()
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "."): points += 1
      case UInt8(ascii: "_") where !plain.isEmpty: continue
      default: return nil
      }
      plain.append(byte)
    }
    guard digits > 0, points <= 1, points == 1 || !rest.isEmpty else { return nil }
    if plain.last == UInt8(ascii: ".") { plain.append(UInt8(ascii: "0")) }
    if plain.first == UInt8(ascii: ".") { plain.insert(UInt8(ascii: "0"), at: 0) }
    if !rest.isEmpty {
      let exponent = rest.dropFirst()
      guard Int(String(decoding: exponent, as: UTF8.self)) != nil else { return nil }
    }
    guard let number = Double(String(decoding: plain + rest, as: UTF8.self)) else { return nil }
    return .float(isNegative ? -number : number)
  }
}
