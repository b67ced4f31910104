import CEL
import Model

/// What a rule says of a resource.
enum Verdict {
  case pass, broken, notApplicable
  case undecided([String])
  case failed(String)
}

/// Judges resources by one rule with one set of parameters, and remembers how it came to verdicts.
struct Judge {
  let parameters: Value
  private let rule: PreparedRule
  private var tree = DecisionTree()
  private var verdicts: [Verdict] = [.pass, .broken]
  private var remembers: Bool

  /// Fewer resources are judged one by one: remembering would cost more than it spares.
  private static let leastResources = 16
  private var stepsLeft: Int

  init(_ rule: PreparedRule, _ parameters: Value, resourceCount: Int) {
    self.rule = rule
    self.parameters = parameters
    remembers = resourceCount >= Self.leastResources
    stepsLeft = StepBudget.steps(for: resourceCount)
  }

  /// Whether a row is known to pass: what most rows do, and nobody needs to look at again.
  ///
  /// Mutating, although it changes nothing, so that the judge is asked in its place and not copied.
  mutating func passes(row: Int, _ columns: inout FieldColumns) -> Bool {
    remembers && tree.verdict(row: row, &columns) == 0
  }

  /// The verdict on a row.
  ///
  /// - Parameter own: the columns of the fields that the rule may read of the resource itself.
  mutating func verdict(
    row: Int, _ columns: inout FieldColumns, own: [(slot: Int, column: Int)], _ table: FieldTable
  ) -> Verdict {
    if remembers, let known = tree.verdict(row: row, &columns) { return verdicts[known] }
    let resource = ResourceValue(
      columns.resources[row], table: table, known: columns.known(row: row, own))
    let variables = [Value.object(resource), parameters]
    guard stepsLeft >= 0 else { return Self.exhausted }
    var trace = ReadTrace(stepsLeft: stepsLeft)
    var verdict = judge(variables, &trace)
    stepsLeft = trace.stepsLeft
    if stepsLeft < 0, case .failed = verdict { verdict = Self.exhausted }
    if remembers { remember(verdict, trace, row: row, &columns) }
    return verdict
  }

  private static let exhausted = Verdict.failed(StepBudget.exhaustion)

  private func judge(_ variables: [Value], _ trace: inout ReadTrace) -> Verdict {
    if let when = rule.when {
      switch Self.decision(when.evaluate(variables, trace: &trace)) {
      case .broken: return .pass
      case .pass: break
      case let other: return other
      }
    }
    return Self.decision(rule.require.evaluate(variables, trace: &trace))
  }

  private static func decision(_ outcome: Outcome) -> Verdict {
    switch outcome {
    case .value(.bool(let holds)): holds ? .pass : .broken
    case .value(let value): .failed("a condition came to \(value.typeName), not to bool")
    case .unknown(let reasons): .undecided(reasons)
    case .error(let error): .failed(error.message)
    }
  }

  private mutating func remember(
    _ verdict: Verdict, _ trace: ReadTrace, row: Int, _ columns: inout FieldColumns
  ) {
    guard !trace.isWhole else {
      remembers = false
      return
    }
    var way: [(column: Int, value: Int32)] = []
    way.reserveCapacity(trace.reads.count)
    for (read, result) in trace.reads {
      let column = columns.column(of: read)
      way.append((column, columns.number(column, row: row, of: result)))
    }
    remembers = tree.add(way, verdict: number(of: verdict))
  }

  private mutating func number(of verdict: Verdict) -> Int {
    switch verdict {
    case .pass: return 0
    case .broken: return 1
    case .notApplicable, .undecided, .failed:
      verdicts.append(verdict)
      return verdicts.count - 1
    }
  }
}

/// How long one rule may take over all resources: what may take a second once may not take it a
/// thousand times.
enum StepBudget {
  /// On average, beside one evaluation that takes as many as any may; honest rules take hundreds.
  private static let perResource = 1_000

  static func steps(for resources: Int) -> Int { Program.stepLimit + perResource * resources }

  /// The same for all resources, whichever of them took the steps.
  static let exhaustion = "the rule takes too many steps for its resources"
}
