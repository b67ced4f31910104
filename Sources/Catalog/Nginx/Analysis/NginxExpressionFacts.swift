import Model
import Synchronization

extension NginxFact {
  /// What is known of the regular expressions of a line: of `location`, `if`, `rewrite`,
  /// `server_name` and the entries of a `map`.
  static let directiveExpressions: [NginxFact] = [
    NginxFact(
      "expressions", .list(.string), "Its regular expressions, without ~",
      at: { $0.expressions(of: $1).first?.statement ?? $1 }
    ) { configuration, place in
      .list(configuration.expressions(of: place).map { .string($0.text) })
    },
    NginxFact(
      "expressions_refused", .list(.string), "Its expressions that PCRE refuses, each with why",
      at: { configuration, place in
        configuration.expressions(of: place).first {
          configuration.pattern($0).refusal != nil
        }?.statement
      }
    ) { configuration, place in
      .list(
        configuration.expressions(of: place).compactMap { expression in
          configuration.pattern(expression).refusal.map { .string("\(expression.text): \($0)") }
        })
    },
    NginxFact(
      "expression_anchored_at_start", .bool,
      "Whether its only expression matches at the start alone; absent where it has not just one",
      at: { $1 }
    ) { $0.only($1) { .bool($0.isAnchoredAtStart) } },
    NginxFact(
      "expression_anchored_at_end", .bool,
      "Whether its only expression matches at the end alone; absent where it has not just one",
      at: { $1 }
    ) { $0.only($1) { .bool($0.isAnchoredAtEnd) } },
    NginxFact(
      "expression_literal", .string,
      "The only text that its only expression matches, anchors aside; absent where there is none",
      at: { $1 }
    ) { $0.only($1) { $0.literal.map { .string($0) } ?? .absent } },
    NginxFact(
      "expression_holds_newline", .bool,
      "Whether its only expression can match a newline; absent where it has not just one",
      at: { $1 }
    ) {
      $0.only($1) { .bool($0.canHold(.newline)) }
    },
    NginxFact(
      "expressions_exponential", .list(.string),
      "Its expressions that take time without bound on short texts, each with such a text",
      at: { $0.firstBacktracking($1, isExponential: true) }
    ) { $0.backtracking($1, isExponential: true) },
    NginxFact(
      "expressions_polynomial", .list(.string),
      "Its expressions whose time grows with the cube of the text or worse, each with such a text",
      at: { $0.firstBacktracking($1, isExponential: false) }
    ) { $0.backtracking($1, isExponential: false) },
    NginxFact(
      "foreign_origins", .list(.string),
      "Origins of strangers that its checks of $http_origin or $http_referer let in",
      at: { $0.foreignOrigins($1).first?.statement }
    ) { configuration, place in
      .list(configuration.foreignOrigins(place).map { .string($0.proof) })
    },
  ]
}

extension NginxConfiguration {
  fileprivate func only(_ place: Int, _ answer: (PCREPattern) -> FieldValue) -> FieldValue {
    let all = expressions(of: place)
    guard all.count == 1 else { return .absent }
    let pattern = pattern(all[0])
    if !pattern.isUnderstood { return .unknown("the expression \(all[0].text) is not understood") }
    return answer(pattern)
  }

  /// Why an expression takes long, found once for all places that have the same.
  private func backtracking(_ expression: NginxExpression) -> PCREBacktracking? {
    // Most expressions have one loop, and then this costs less than looking it up.
    let pattern = pattern(expression)
    guard pattern.hasRoomForAmbiguity else { return nil }
    // `^/shop/7/(.*)/x` takes as long as `^/(.*)/x`: thousands of locations differ in no more.
    let core = NginxPatternLead(expression.text).core
    if let core,
      backtracking(core, expression.ignoresCase, { self.pattern(core, ignoresCase: $0) })
        == nil
    {
      return nil
    }
    return backtracking(expression.text, expression.ignoresCase) { _ in pattern }
  }

  private func backtracking(
    _ text: String, _ ignoresCase: Bool, _ pattern: (Bool) -> PCREPattern
  ) -> PCREBacktracking? {
    let key = (ignoresCase ? "i" : "-") + text
    if let known = knownBacktracking.withLock({ $0[key] }) { return known }
    let found = pattern(ignoresCase).backtracking
    knownBacktracking.withLock { $0[key] = .some(found) }
    return found
  }

  private func slow(
    _ place: Int, isExponential: Bool
  ) -> [(expression: NginxExpression, found: PCREBacktracking)] {
    expressions(of: place).compactMap { expression in
      guard let found = backtracking(expression),
        (found.growth == .exponential) == isExponential
      else { return nil }
      return (expression, found)
    }
  }

  fileprivate func backtracking(_ place: Int, isExponential: Bool) -> FieldValue {
    .list(
      slow(place, isExponential: isExponential).map {
        .string("\($0.expression.text) on \($0.found.description)")
      })
  }

  fileprivate func firstBacktracking(_ place: Int, isExponential: Bool) -> Int? {
    slow(place, isExponential: isExponential).first?.expression.statement
  }

  /// What strangers get past the checks of a line, which is an `if` or a `map`.
  fileprivate func foreignOrigins(_ place: Int) -> [(statement: Int, proof: String)] {
    expressions(of: place).compactMap { expression in
      guard case .text(let subject) = expression.subject,
        let isReferer = Self.isReferer(subject.lowercased()), isAllowing(expression, place)
      else { return nil }
      return NginxForeignOrigin(pattern(expression), isReferer: isReferer).proof.map {
        (expression.statement, $0)
      }
    }
  }

  private static func isReferer(_ subject: String) -> Bool? {
    switch subject {
    case "$http_origin", "${http_origin}": false
    case "$http_referer", "${http_referer}": true
    default: nil
    }
  }

  /// Whether a match lets a request do more: an entry of a `map` with nothing in it does not.
  private func isAllowing(_ expression: NginxExpression, _ place: Int) -> Bool {
    guard expression.statement != place else { return true }
    let value = view.argument(0, of: expression.statement)?.lowercased() ?? ""
    return !["", "0", "off", "no", "none", "null", "false"].contains(value)
  }
}
