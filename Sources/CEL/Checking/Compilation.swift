extension Environment {
  /// Prepares an expression for evaluation.
  ///
  /// - Parameters:
  ///   - source: the expression.
  ///   - checked: whether types are checked; unchecked, what would be refused fails at evaluation.
  /// - Returns: the program.
  /// - Throws: ``CELError`` for what doesn't parse or doesn't check: the first one found.
  package func compile(
    _ source: String, checked: Bool = true
  ) throws(CELError) -> Program {
    try program(of: Parser.parse(source), checked: checked)
  }

  /// Checks and plans a tree; a log has what conditions come to noted.
  func program(
    of tree: SyntaxTree, checked: Bool = true, log: ConditionLog? = nil
  ) throws(CELError) -> Program {
    let checkedTree = try Checker.check(tree, in: self, isStrict: checked)
    let code = try Planner(environment: self, checked: checkedTree, log: log).plan(tree.root)
    return Program(
      resultType: checkedTree.resultType, fieldReferences: checkedTree.fieldReferences,
      code: code, variableCount: variables.count, localCount: checkedTree.localCount)
  }
}
