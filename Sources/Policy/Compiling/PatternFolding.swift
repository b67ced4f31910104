/// Writes the value of a parameter that is a regular expression into the expression that matches
/// with it.
///
/// A literal pattern is compiled once, one that comes from a variable at every evaluation: with
/// thousands of locations that was most of the time of all rules.
enum PatternFolding {
  private static let call = ".matches("

  /// `source` with `.matches(param.x)` as `.matches("…")` where `x` is the same in every
  /// environment.
  static func folded(_ source: String, in rule: ConfiguredRule) -> String {
    var result = source
    for (index, parameter) in rule.definition.parameters.enumerated()
    where parameter.type == .string {
      let variable = "\(call)\(ParameterValues.typeName).\(parameter.name))"
      guard case .string(let pattern) = rule.commonValue(of: index),
        let range = result.firstRange(of: variable)
      else { continue }
      result.replaceSubrange(range, with: "\(call)\(literal(pattern)))")
    }
    return result
  }

  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
