/// The state of one evaluation.
struct Frame {
  let variables: [Value]
  /// Variables of macros, by slot.
  var locals: [Value]
  /// Why variables of `cel.bind` have no value, by slot: they fail where they are used.
  var failures: [Int: EvaluationFailure] = [:]
  private var stepsLeft = Frame.stepLimit

  /// An evaluation takes at most this many steps: elements visited, calls, and what these build.
  ///
  /// Macros within macros are the one way to write work that grows beyond bounds. A step takes
  /// some 50 to 100 ns, so a rule ends within about a second; an honest one over a large
  /// configuration takes thousands.
  static let stepLimit = 10_000_000

  init(variables: [Value], localCount: Int) {
    self.variables = variables
    locals = localCount == 0 ? [] : Array(repeating: .null, count: localCount)
  }

  /// Counts steps.
  ///
  /// - Throws: once more than ``stepLimit`` have been taken, and from then on always.
  mutating func charge(_ steps: Int = 1) throws(EvaluationFailure) {
    stepsLeft -= steps
    if stepsLeft < 0 {
      stepsLeft = 0
      throw .error("evaluation takes more than \(Self.stepLimit) steps")
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
