/// What an expression comes to.
package enum Outcome: Sendable {
  case value(Value)
  /// It has no value: a missing key, an overflow, a division by zero.
  case error(EvaluationError)
  /// It depends on what cannot be known, for these reasons: the first 16 at most, each once.
  case unknown([String])
}

/// Why an evaluation has no value.
package struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong; no full stop.
  package let message: String

  /// An error with a message for people, without a full stop.
  package init(_ message: String) {
    self.message = message
  }

  /// The message alone.
  package var description: String { message }
}

/// How a part of an expression, or a host's function, ends without a value.
package enum EvaluationFailure: Error, Sendable {
  case error(EvaluationError)
  case unknown([String])

  /// An error with a message for people, without a full stop.
  package static func error(_ message: String) -> Self { .error(EvaluationError(message)) }
}

/// An expression that doesn't parse or doesn't check.
package struct CELError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong; no full stop.
  package let message: String
  /// The UTF-8 bytes at fault, counted from 0 in the expression.
  package let range: Range<Int>
  /// The name that was probably meant, where a name is unknown.
  package let suggestion: String?

  /// An error at a place of the expression.
  package init(message: String, range: Range<Int>, suggestion: String? = nil) {
    self.message = message
    self.range = range
    self.suggestion = suggestion
  }

  /// The message, with the suggestion where there is one.
  package var description: String {
    suggestion.map { "\(message): did you mean `\($0)`?" } ?? message
  }
}
