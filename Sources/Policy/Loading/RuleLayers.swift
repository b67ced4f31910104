import Syntax

/// Puts rules of several origins together: those that come with Headgate, shared ones, a team's.
///
/// A later rule takes the place of an earlier one only where its file says `overrides: true`, so
/// that nobody switches a rule off by naming a file like it.
package struct RuleLayers: Sendable {
  /// The rules in force.
  package private(set) var rules: [RuleDefinition]
  /// What is wrong with the rules that were added.
  package private(set) var problems: [PolicyProblem] = []
  private var indices: [String: Int] = [:]
  private var paths: [String: String] = [:]

  /// Begins with rules that override nothing.
  package init(_ rules: [RuleDefinition]) {
    self.rules = rules
    for (index, rule) in rules.enumerated() { indices[rule.id] = index }
  }

  /// Adds the rules of one origin.
  package mutating func add(_ loaded: [LoadedRule]) {
    var added: Set<String> = []
    for rule in loaded {
      let definition = rule.definition
      defer { paths[definition.id] = rule.source.path }
      guard added.insert(definition.id).inserted else {
        report(
          "rule `\(definition.id)` stands in \(paths[definition.id] ?? "another file") as well",
          rule)
        continue
      }
      switch (indices[definition.id], definition.overrides) {
      case (let index?, true): rules[index] = definition
      case (let index?, false):
        let other = rules[index].source
        let what = other == .builtIn ? "comes with Headgate" : "is one of \(other)"
        report(
          "rule `\(definition.id)` \(what): write `overrides: true` to replace it, or give the"
            + " file another name", rule)
      case (nil, true):
        report(
          "there is no rule `\(definition.id)` to override", rule, at: .overrides,
          suggestion: Suggestion.nearest(to: definition.id, in: rules.map(\.id)))
      case (nil, false):
        indices[definition.id] = rules.count
        rules.append(definition)
      }
    }
  }

  private mutating func report(
    _ message: String, _ rule: LoadedRule, at part: RulePart? = nil, suggestion: String? = nil
  ) {
    let offset = part.flatMap { rule.places[$0]?.offset(of: 0, in: rule.source) } ?? 0
    problems.append(
      PolicyProblem(
        path: rule.source.path, position: LineTable(rule.source.bytes).position(at: offset),
        message: message, suggestion: suggestion))
  }
}
