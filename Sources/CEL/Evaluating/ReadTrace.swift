/// A field that an evaluation reads of its first variable, or of a structure inside it.
package struct FieldRead: Sendable, Hashable {
  /// The slots from the variable's own field inwards; never empty.
  package let slots: [Int]
  /// Whether only its being there counts, and not what it holds.
  package let isPresence: Bool

  /// A read of the field at the end of `slots`.
  package init(slots: [Int], isPresence: Bool = false) {
    self.slots = slots
    self.isPresence = isPresence
  }
}

/// What evaluations read of their first variable: the same reads always lead to the same result.
///
/// Which field is read next depends on nothing but what was read before, so that whoever evaluates
/// one program for thousands of structures can remember where each series of reads led. Of a
/// structure inside the variable nothing counts but the fields that are read of it: thousands of
/// lines stand in as many locations, which differ in nothing that is asked for.
package struct ReadTrace: Sendable {
  /// The reads in the order in which they were first made, each with what it held.
  package private(set) var reads: [(read: FieldRead, result: FieldResult)] = []
  /// Whether the variable was used as a whole, so that its reads don't tell everything.
  package private(set) var isWhole = false

  /// Steps that all evaluations which are traced here may take together; below zero once they have
  /// taken more.
  package private(set) var stepsLeft: Int

  /// - Parameter stepsLeft: a limit for several evaluations, besides that of each one.
  package init(stepsLeft: Int = .max) { self.stepsLeft = stepsLeft }

  mutating func count(steps: Int) { stepsLeft -= steps }

  mutating func add(_ read: FieldRead, _ result: FieldResult) {
    if !reads.contains(where: { $0.read == read }) { reads.append((read, result)) }
  }

  mutating func useWhole() { isWhole = true }
}
