/// The state of one evaluation.
struct Frame {
  let variables: [Value]
  /// Variables of macros, by slot.
  var locals: [Value]

  init(variables: [Value], localCount: Int) {
    self.variables = variables
    locals = localCount == 0 ? [] : Array(repeating: .null, count: localCount)
  }
}
