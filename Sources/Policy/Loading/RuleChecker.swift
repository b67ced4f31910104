import CEL
package import Model
import Syntax

/// Checks a loaded rule against the schema: every expression compiles, every field and parameter
/// exists.
package enum RuleChecker {
  /// What is wrong with `rule`, each mistake with its line and column; empty for a good rule.
  package static func problems(of rule: LoadedRule, schema: Schema) -> [PolicyProblem] {
    let definition = rule.definition
    var file = PolicyFileReader(rule.source)
    guard let kind = schema[definition.kind] else {
      file.report("nothing is known of the kind `\(definition.kind.rawValue)`", at: 0)
      return file.problems
    }
    let environment = RuleEnvironment.make(for: definition, schema: schema)
    let texts: [(RulePart, String?)] = [
      (.when, definition.when), (.require, definition.require), (.fixTo, definition.fix?.to),
      (.downgrade, definition.downgrade?.when),
    ]
    for (part, text) in texts {
      guard let text else { continue }
      do throws(CELError) {
        let program = try environment.compile(text)
        if part != .fixTo, program.resultType != .bool, program.resultType != .dyn {
          throw CELError(
            message: "a condition is true or false, this is \(program.resultType)", range: 0..<0)
        }
      } catch {
        report(error, part, of: rule, to: &file)
      }
    }
    let templates: [(RulePart, String?)] = [
      (.message, definition.message), (.fixText, definition.fix?.text),
    ]
    for (part, text) in templates {
      guard let text else { continue }
      do throws(CELError) {
        _ = try MessageTemplate(text, in: environment)
      } catch {
        report(error, part, of: rule, to: &file)
      }
    }
    if !definition.directives.isEmpty {
      let known = kind.partNames
      for (index, name) in definition.directives.enumerated() where !known.contains(name) {
        let error = CELError(
          message: "there is no directive `\(name)`", range: 0..<name.utf8.count,
          suggestion: Suggestion.nearest(to: name, in: known))
        report(error, .directive(index), of: rule, to: &file)
      }
    }
    for (part, path) in fieldPaths(definition) {
      guard let name = path.field, kind.field(named: name) == nil else { continue }
      let nearest = Suggestion.nearest(to: name, in: kind.fields.map(\.name))
      let start = path.root.utf8.count + 1
      let error = CELError(
        message: "`\(path.root)` has no field `\(name)`", range: start..<start + name.utf8.count,
        suggestion: nearest)
      report(error, part, of: rule, to: &file)
    }
    return file.problems
  }

  private static func fieldPaths(_ definition: RuleDefinition) -> [(RulePart, FieldPath)] {
    definition.at.enumerated().map { (RulePart.at($0), $1) }
      + definition.related.enumerated().map { (RulePart.related($0), $1) }
      + (definition.fix?.set.map { [(RulePart.fixSet, $0)] } ?? [])
  }

  private static func report(
    _ error: CELError, _ part: RulePart, of rule: LoadedRule, to file: inout PolicyFileReader
  ) {
    let place = rule.places[part]
    let offset = place?.offset(of: error.range.lowerBound, in: rule.source) ?? 0
    file.report(error.message, at: offset, suggestion: error.suggestion)
  }
}
