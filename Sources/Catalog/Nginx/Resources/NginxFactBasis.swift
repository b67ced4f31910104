import Model

/// Which facts hang on the words of a line alone: a configuration says the same in thousands of
/// places, and these are worked out once for all of them.
enum NginxFactBasis {
  /// The basis of each fact of a kind, in the order of their slots.
  static func all(of kind: Kind) -> [FieldBasis] {
    switch kind {
    case .directive: directive
    case .location: location
    case .nginx: []
    default: NginxFact.facts(of: kind).map(ofPlace)
    }
  }

  private static let directive = NginxFact.directive.map { fact -> FieldBasis in
    if ofWords.contains(fact.name) { return .words }
    return ofConstantWords.contains(fact.name) ? .constantWords : ofPlace(fact)
  }

  private static let location = NginxFact.location.map { fact -> FieldBasis in
    ["pattern", "modifier"].contains(fact.name) ? .words : ofPlace(fact)
  }

  private static func ofPlace(_ fact: NginxFact) -> FieldBasis {
    fact.key == nil ? .alone : .place
  }

  private static let ofWords: Set<String> = [
    "arguments", "text", "variables", "expressions", "expressions_refused",
    "expression_anchored_at_start", "expression_anchored_at_end", "expression_literal",
    "expression_holds_newline", "expressions_exponential", "expressions_polynomial",
    "foreign_origins", "limit_zone", "limit_zone_declared", "limit_delay", "pass_path",
  ]
  /// Those that words without variables decide, or with such as hold the same at every place.
  private static let ofConstantWords: Set<String> = [
    "client_sources", "newline_sources", "captures_undefined",
  ]
}
