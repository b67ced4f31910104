/// What evaluations read of their first variable: the same reads always lead to the same result.
///
/// Which field is read next depends on nothing but what was read before, so that whoever evaluates
/// one program for thousands of structures can remember where each series of reads led.
package struct ReadTrace: Sendable {
  /// The slots in the order in which they were first read, each with what it held.
  package private(set) var reads: [(slot: Int, result: FieldResult)] = []
  /// Whether the variable was used as a whole, so that its reads don't tell everything.
  package private(set) var isWhole = false

  package init() {}

  mutating func add(_ slot: Int, _ result: FieldResult) {
    if !reads.contains(where: { $0.slot == slot }) { reads.append((slot, result)) }
  }

  mutating func useWhole() { isWhole = true }
}
