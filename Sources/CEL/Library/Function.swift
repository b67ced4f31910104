/// A function: a name and its overloads.
package struct Function: Sendable {
  /// With dots where it lives in a namespace: `math.greatest`.
  package let name: String
  /// Its signatures; of several that fit the first is called.
  package let overloads: [Overload]

  /// A function with at least one overload.
  package init(_ name: String, _ overloads: [Overload]) {
    self.name = name
    self.overloads = overloads
  }

  func adding(_ more: [Overload]) -> Function {
    Function(name, overloads + more)
  }
}

/// One signature of a function and what it does.
package struct Overload: Sendable {
  /// What an overload does; gets as many arguments as it has parameters, each of its type's kind.
  ///
  /// Elements of lists and maps are not looked at before the call.
  package typealias Implementation = @Sendable ([Value]) throws(EvaluationFailure) -> Value

  /// Whether it is called as `x.name(…)`; the receiver is the first parameter then.
  package let isMember: Bool
  /// The types of its parameters; ``ValueType/parameter(_:)`` stands for any, the same throughout.
  package let parameters: [ValueType]
  /// The type that the checker gives a call; evaluation doesn't look whether it is so.
  package let result: ValueType
  /// Whether the last parameter may be repeated any number of times.
  package let isVariadic: Bool
  /// What it does; must not depend on anything but its arguments.
  package let implementation: Implementation

  /// An overload.
  ///
  /// - Parameters:
  ///   - isMember: whether it is called after a dot, with the receiver as its first argument.
  ///   - parameters: the parameters' types, the receiver's first.
  ///   - result: the result's type.
  ///   - isVariadic: whether the last parameter may be repeated.
  ///   - implementation: what it does.
  package init(
    member isMember: Bool = false, _ parameters: [ValueType], _ result: ValueType,
    variadic isVariadic: Bool = false, _ implementation: @escaping Implementation
  ) {
    self.isMember = isMember
    self.parameters = parameters
    self.result = result
    self.isVariadic = isVariadic
    self.implementation = implementation
  }
}

extension Overload {
  func takes(_ count: Int) -> Bool {
    isVariadic ? count >= parameters.count : count == parameters.count
  }

  /// The type of a parameter, which the last may be again and again.
  func parameter(_ index: Int) -> ValueType {
    parameters[min(index, parameters.count - 1)]
  }
}
