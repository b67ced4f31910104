import Model

extension Invariant {
  /// Both sides with their sums, as people write them.
  ///
  /// `4 × 10 (auth) + 4 × 20 (worker) = 120 > 100 (clients that pgbouncer accepts)`.
  package var sumText: String {
    "\(side(left, leftSum)) \(sign) \(side(right, rightSum))"
  }

  package var leftText: String { side(left, leftSum) }
  package var rightText: String { side(right, rightSum) }

  /// How the sides compare; a question mark where nobody knows.
  private var sign: String {
    switch holds {
    case true?: relation.rawValue
    case false?: relation == .atMost ? ">" : "≥"
    case nil: "?"
    }
  }

  private func side(_ terms: [Term], _ sum: Double) -> String {
    var text = ""
    for (index, term) in terms.enumerated() {
      if index > 0 { text += term.isNegative ? " − " : " + " }
      text += "\(term.quantity.text)\(unitText(term.quantity.text)) (\(term.label))"
    }
    // Sizes are added up to the byte's thousandth of a megabyte, as their terms are shown.
    let digits = unit == .mebibyte ? Quantity.digits : 1
    let number = NumberText.short(sum, digits: digits)
    let isPlain =
      terms.count == 1
      && [number, NumberText.short(sum, digits: Quantity.digits)].contains(terms[0].quantity.text)
    guard !isPlain, !terms.contains(where: { $0.value == nil }), sum.isFinite else { return text }
    return "\(text) = \(number)\(unitText(number))"
  }

  /// Counts stand without unit.
  private func unitText(_ number: String) -> String {
    guard number.last?.isNumber == true || number.last == ")" else { return "" }
    switch unit {
    case .second: return " s"
    case .mebibyte: return " MB"
    default: return ""
    }
  }
}
