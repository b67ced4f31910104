extension Environment {
  /// Prepares an expression for evaluation.
  ///
  /// - Parameters:
  ///   - source: the expression.
  ///   - checked: whether types are checked; unchecked, what a check would refuse fails at evaluation.
  /// - Returns: the program.
  /// - Throws: ``CELError`` for what doesn't parse or doesn't check: the first one found.
  package func compile(
    _ source: String, checked: Bool = true
  ) throws(CELError) -> Program {
    throw CELError(message: "not built", range: 0..<source.utf8.count)
  }
}
