package import Syntax

/// A mistake in a file that people write for Headgate: a rule, `.headgate.yaml`.
package struct PolicyProblem: Sendable, Hashable, CustomStringConvertible {
  /// The file at fault, as the user named it.
  package let path: String
  package let position: SourcePosition
  /// What is wrong; lower case, no full stop.
  package let message: String
  /// The name that was probably meant, where a name is unknown.
  package let suggestion: String?

  package init(
    path: String, position: SourcePosition, message: String, suggestion: String? = nil
  ) {
    self.path = path
    self.position = position
    self.message = message
    self.suggestion = suggestion
  }

  /// The line that compilers print and editors understand: `path:line:column: error: message`.
  package var description: String {
    let place = "\(path):\(position.line):\(position.column): error: \(message)"
    return suggestion.map { "\(place): did you mean `\($0)`?" } ?? place
  }
}

/// Why rules or a configuration could not be loaded: all that is wrong with them, in order.
package struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
  package let problems: [PolicyProblem]

  package init(_ problems: [PolicyProblem]) { self.problems = problems }

  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
