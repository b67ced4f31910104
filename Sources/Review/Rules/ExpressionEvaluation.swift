import CEL
import Catalog
import Policy
package import Syntax

/// Expressions evaluated on given values: what a policy author tries conditions with.
package enum ExpressionEvaluation {
  /// Evaluates `expression` with the bindings of a file: a JSON object of name to typed value.
  ///
  /// - Parameter bindings: `{"x": {"int": "5"}}`, or an object with the members of a case.
  /// - Throws: `Failure` when the bindings are not of the encoding.
  package static func evaluate(
    _ expression: String, bindings: JSON?
  ) throws(Failure) -> EvaluationResult {
    var members: [JSON.Member] = [JSON.Member("expr", .string(expression))]
    if let bindings {
      guard let object = bindings.objectValue else {
        throw Failure("bindings must be a JSON object of names and typed values")
      }
      if bindings["bindings"]?.objectValue != nil {
        members += object.filter { $0.name != "expr" }
      } else {
        members.append(JSON.Member("bindings", bindings))
      }
    }
    return try evaluate(case: .object(members))
  }

  /// Evaluates one case: `expr` with `bindings`, `typeEnv`, `container` and `disableCheck`.
  package static func evaluate(case json: JSON) throws(Failure) -> EvaluationResult {
    guard let expression = json["expr"]?.stringValue else {
      throw Failure("a case needs the member `expr`")
    }
    var values: [String: Value] = [:]
    for member in json["bindings"]?.objectValue ?? [] {
      do throws(Failure) {
        values[member.name] = try TypedValue.value(member.value)
      } catch {
        throw Failure("binding `\(member.name)`: \(error.message)", help: error.help)
      }
    }
    var variables: [Variable] = []
    for declaration in json["typeEnv"]?.arrayValue ?? [] {
      guard let name = declaration["name"]?.stringValue,
        let type = declaration["type"]?.stringValue.flatMap(ValueType.init(parsing:))
      else { throw Failure("an entry of `typeEnv` needs `name` and a known `type`") }
      variables.append(Variable(name, type))
    }
    // Values without a declared type are known to the checker as `dyn`.
    for name in values.keys.sorted() where !variables.contains(where: { $0.name == name }) {
      variables.append(Variable(name, .dyn))
    }
    // A declared name without value can only be asked for its type.
    variables.removeAll { values[$0.name] == nil && $0.type != .type }
    return run(
      expression, variables, values, container: json["container"]?.stringValue ?? "",
      checked: json["disableCheck"]?.boolValue != true)
  }

  private static func run(
    _ expression: String, _ variables: [Variable], _ values: [String: Value], container: String,
    checked: Bool
  ) -> EvaluationResult {
    let environment = Environment(
      container: container, variables: variables, functions: RuleFunctions.all(Catalog.schema),
      timeZones: .system)
    do throws(CELError) {
      let program = try environment.compile(expression, checked: checked)
      return EvaluationResult(program.evaluate(variables.map { values[$0.name] ?? .null }))
    } catch {
      return EvaluationResult(error: error.description, at: error.range)
    }
  }
}

/// What an expression came to, as typed JSON.
package struct EvaluationResult: Sendable {
  /// `{"value": {…}}` or `{"error": {"message": …}}`.
  package let json: JSON
  /// Whether it is an error: the expression does not compile or has no value.
  package let isError: Bool

  init(_ outcome: Outcome) {
    switch outcome {
    case .value(let value):
      json = ["value": TypedValue.json(value)]
      isError = false
    case .error(let error):
      json = ["error": ["message": .string(error.message)]]
      isError = true
    case .unknown(let reasons):
      json = ["unknown": .array(reasons.map { .string($0) })]
      isError = true
    }
  }

  init(error message: String, at range: Range<Int>) {
    json = [
      "error": [
        "message": .string(message), "offset": .number(range.lowerBound),
        "length": .number(range.count),
      ]
    ]
    isError = true
  }
}
