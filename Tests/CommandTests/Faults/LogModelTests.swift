import Testing

@Suite("The log beside a plain list", .timeLimit(.minutes(120)))
struct LogModelTests {
  @Test("random work of several clones, with kills, losses of power and damage, keeps every list")
  func model() throws {
    for round in 0..<(Soak.isOn ? 4 : 1) {
      let seed = Soak.seed + UInt64(round)
      let model = try LogModel(seed: seed)
      let steps = Soak.isOn ? 250 : 12
      do {
        for _ in 0..<steps { try model.step() }
        try model.finish()
      } catch {
        Issue.record("seed \(seed), after \(model.story.joined(separator: ", ")): \(error)")
      }
      Soak.tell("model: \(steps) steps, \(model.records) records, seed \(seed)")
    }
  }
}
