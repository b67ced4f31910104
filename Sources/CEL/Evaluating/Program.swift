/// A checked expression, ready to be evaluated any number of times, on any thread.
package struct Program: Sendable {
  /// The type of the result, `dyn` where it isn't known before evaluation.
  package let resultType: ValueType
  /// The fields of host structures that the expression can read, in order of appearance, each once.
  package let fieldReferences: [FieldReference]
  let code: Code
  let localCount: Int

  /// The expression's value.
  ///
  /// - Parameter variables: the values in the order of ``Environment/variables``.
  package func evaluate(_ variables: [Value]) -> Outcome {
    var frame = Frame(variables: variables, localCount: localCount)
    do throws(EvaluationFailure) {
      return .value(try code(&frame))
    } catch {
      switch error {
      case .error(let error): return .error(error)
      case .unknown(let reasons): return .unknown(reasons)
      }
    }
  }
}

/// A field that an expression reads.
package struct FieldReference: Sendable, Hashable {
  /// The name of the ``StructType``.
  package let typeName: String
  package let field: String
  package let slot: Int
}

/// A planned part of an expression.
typealias Code = @Sendable (inout Frame) throws(EvaluationFailure) -> Value
