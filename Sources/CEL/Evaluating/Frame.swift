/// The state of one evaluation.
struct Frame {
  let variables: [Value]
  /// Variables of macros, by slot.
  var locals: [Value]
  /// Why variables of `cel.bind` have no value, by slot: they fail where they are used.
  var failures: [Int: EvaluationFailure] = [:]
  /// What is read of the first variable, where somebody wants to know.
  var trace: ReadTrace?
  private let stepLimit: Int
  private var stepsLeft: Int
  private var isExhausted = false

  init(
    variables: [Value], localCount: Int, stepLimit: Int = Program.stepLimit,
    trace: ReadTrace? = nil
  ) {
    self.variables = variables
    self.trace = trace
    let stepLimit = min(stepLimit, max(0, trace?.stepsLeft ?? stepLimit))
    self.stepLimit = stepLimit
    stepsLeft = stepLimit
    locals = localCount == 0 ? [] : Array(repeating: .null, count: localCount)
  }

  /// Steps that were counted; one more than the limit where that was passed.
  var stepsTaken: Int { isExhausted ? stepLimit + 1 : stepLimit - stepsLeft }

  /// Counts steps.
  ///
  /// - Throws: once more have been taken than the limit allows, and from then on always.
  mutating func charge(_ steps: Int = 1) throws(EvaluationFailure) {
    stepsLeft -= steps
    if stepsLeft < 0 {
      stepsLeft = 0
      isExhausted = true
      throw .error("evaluation takes more than \(stepLimit) steps")
    }
  }

  /// Counts the steps of handling a value that was handed over whole.
  mutating func charge(for value: Value) throws(EvaluationFailure) {
    switch value {
    case .string(let string): try charge(string.utf8.count >> 6)
    case .bytes(let bytes): try charge(bytes.count >> 6)
    case .list(let list): try charge(list.count >> 2)
    case .map(let map): try charge(map.count >> 2)
    default: break
    }
  }
}
