import Synchronization

/// A program that notes which of its conditions were true and which were false.
///
/// For tests of rules: a condition that no example makes true and false tells nothing by passing.
package final class ObservedProgram: Sendable {
  /// What one condition came to, over all evaluations.
  package struct Condition: Sendable, Hashable {
    /// Its UTF-8 bytes in the expression.
    package let range: Range<Int>
    package fileprivate(set) var wasTrue = false
    package fileprivate(set) var wasFalse = false
  }

  private let program: Program
  private let log: ConditionLog

  fileprivate init(_ program: Program, log: ConditionLog) {
    self.program = program
    self.log = log
  }

  /// The fields of host structures that the expression can read.
  package var fieldReferences: [FieldReference] { program.fieldReferences }

  /// The conditions in the order in which they are written, a whole before its parts.
  package var conditions: [Condition] { log.conditions }

  /// The expression's value, and nothing but notes besides.
  package func evaluate(_ variables: [Value]) -> Outcome { program.evaluate(variables) }
}

/// What the conditions of one expression came to.
///
/// A class with a lock, because the code that notes is shared by whoever evaluates the program.
final class ConditionLog: Sendable {
  private let numbers: [NodeID: Int]
  private let seen: Mutex<[ObservedProgram.Condition]>

  init(_ tree: SyntaxTree, _ source: [UInt8]) {
    let nodes = ConditionPlaces(tree).nodes
    numbers = Dictionary(
      nodes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    seen = Mutex(
      nodes.map {
        ObservedProgram.Condition(range: ConditionPlaces.balanced(tree[$0].range, in: source))
      })
  }

  var conditions: [ObservedProgram.Condition] { seen.withLock { $0 } }

  /// The code of a node, which notes its value where the node is a condition.
  func noting(_ code: @escaping Code, of node: NodeID) -> Code {
    guard let number = numbers[node] else { return code }
    return { frame throws(EvaluationFailure) in
      let value = try code(&frame)
      if case .bool(let bool) = value {
        self.seen.withLock { seen in
          if bool { seen[number].wasTrue = true } else { seen[number].wasFalse = true }
        }
      }
      return value
    }
  }
}

extension Environment {
  /// Prepares an expression as ``compile(_:checked:)`` does, to note what its conditions come to.
  package func observe(_ source: String) throws(CELError) -> ObservedProgram {
    let tree = try Parser.parse(source)
    let log = ConditionLog(tree, Array(source.utf8))
    return ObservedProgram(try program(of: tree, log: log), log: log)
  }
}
