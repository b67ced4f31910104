package import Model

/// A number or word that a team may set for a rule.
///
/// Without a default the rule doesn't apply until somebody sets the parameter: it states what only
/// the team knows, such as the memory of a machine.
package struct RuleParameter: Sendable, Hashable {
  package enum ValueType: String, Sendable, Hashable, CaseIterable {
    case bool, int, double, string, duration
    /// Bytes; written with or without a unit: `8GB`, `8GiB`, `8589934592`.
    case size
    case strings = "list(string)"
  }

  package let name: String
  package let type: ValueType
  package let defaultValue: ParameterValue?
  /// The unit of an `int` or `double`.
  package let unit: Unit
  /// What it means, in one sentence.
  package let about: String

  package init(
    name: String, type: ValueType, defaultValue: ParameterValue?, unit: Unit = .none, about: String
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.unit = unit
    self.about = about
  }
}

/// The value of a parameter.
package enum ParameterValue: Sendable, Hashable, CustomStringConvertible {
  case bool(Bool)
  /// A count, or bytes where the parameter's type is a size.
  case int(Int64)
  case double(Double)
  case string(String)
  /// Microseconds.
  case duration(Int64)
  case strings([String])

  package var description: String {
    switch self {
    case .bool(let value): value.description
    case .int(let value): value.description
    case .double(let value): value.description
    case .string(let value): value
    case .duration(let value): "\(value)us"
    case .strings(let values): values.joined(separator: ", ")
    }
  }
}
