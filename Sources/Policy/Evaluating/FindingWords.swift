import CEL
import Findings

/// What a rule says of a resource that breaks it, besides the places.
struct FindingWords {
  let message: String
  let severity: Severity
  /// The words of the fix, where it has some.
  let help: String?
  /// What the fix sets; `nil` where it cannot be known.
  let value: Value?
}

/// The words of findings by what was read to make them: thousands of locations are wrong alike.
struct RememberedWords {
  /// Words that name the place are different for each: after so many without use none are kept.
  private static let mostUnused = 64
  /// Fewer resources have too few findings.
  private static let leastResources = 64

  private var tree = DecisionTree()
  private var words: [FindingWords] = []
  private var uses = 0
  private var isUseful: Bool

  init(resourceCount: Int) { isUseful = resourceCount >= Self.leastResources }

  /// The words for a row; `nil` where none like it was found wrong before.
  mutating func words(row: Int, _ columns: inout FieldColumns) -> FindingWords? {
    guard isUseful, let known = tree.verdict(row: row, &columns) else { return nil }
    uses += 1
    return words[known]
  }

  /// Remembers the words of a row, and by which of its fields they were made.
  mutating func add(
    _ new: FindingWords, _ trace: ReadTrace, row: Int, _ columns: inout FieldColumns,
    _ table: FieldTable
  ) {
    guard isUseful else { return }
    // What structures hold is found by the fields that conditions ask for.
    isUseful =
      !trace.isWhole && trace.reads.allSatisfy { $0.read.slots.count == 1 }
      && words.count < Self.mostUnused + uses
    guard isUseful else { return }
    var way: [(column: Int, value: Int32)] = []
    way.reserveCapacity(trace.reads.count)
    for (read, result) in trace.reads {
      let column = columns.column(of: read, in: table)
      way.append((column, columns.number(column, row: row, of: result)))
    }
    words.append(new)
    isUseful = tree.add(way, verdict: words.count - 1)
  }
}
