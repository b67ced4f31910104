import Testing

/// What is left when a command ends at any of its calls: killed, or with the power.
@Suite(
  "Ends at every call", .timeLimit(.minutes(60)),
  .enabled(if: Interposer.isPossible, "\(Interposer.absence)"))
struct PowerLossTests {
  @Test(
    "killed before any call that changes a file: nothing acknowledged is lost, nothing told twice",
    arguments: FaultScene.Command.allCases)
  func killed(command: FaultScene.Command) throws {
    try end(command, kind: "kill", program: "headgate", some: 3)
  }

  @Test(
    "git killed at any of its calls while it fetches and pushes", arguments: ["kill", "killone"])
  func gitKilled(kind: String) throws {
    try end(.sync, kind: kind, program: "git", some: 3)
  }

  /// A sync only in the soak: now and then an object that git has just fetched is empty afterwards,
  /// and whether that is the simulation's doing or git's is not known yet (docs/audit-format.md).
  private static let commands: [FaultScene.Command] =
    Soak.isOn ? [.record, .approve, .sync] : [.record, .approve]

  @Test(
    "power lost at any call: files that were not flushed are empty, names undone",
    arguments: commands, ["loss", "names"])
  func powerLost(command: FaultScene.Command, kind: String) throws {
    try end(command, kind: kind, program: nil, some: 3)
  }

  @Test(
    "power lost right after the exit: what was acknowledged is there", arguments: ["loss", "names"])
  func afterwards(kind: String) throws {
    for command in [FaultScene.Command.record, .approve, .sync] {
      let scene = try FaultScene(command)
      let words = try scene.prepare()
      let run = try scene.folder.headgate(words, Fault(calls: "change", kind: kind))
      #expect(run.status == 0)
      let found = try scene.records().count
      #expect(found == scene.expected, "\(command): \(found) of \(scene.expected) records")
      try scene.settle(words, after: run.run, "\(command) after the exit")
      try scene.finish()
    }
  }

  @Test("the simulation takes what git does not flush")
  func simulation() throws {
    let folder = try TemporaryFolder(repository: ["a": "1"])
    try folder.write("a", "2")
    let run = try folder.faulted(
      "/usr/bin/env", ["git", "commit", "-q", "-a", "-m", "x"],
      Fault(calls: "change", kind: "loss", program: "git"))
    #expect(run.lost > 0)
    let check = try Program.shell("git fsck 2>&1", in: folder.path)
    #expect(check.status != 0, "git flushes its objects by itself now: \(check.output)")
  }

  private func end(
    _ command: FaultScene.Command, kind: String, program: String?, some: Int
  ) throws {
    let scene = try FaultScene(command)
    var generator = SeededGenerator(state: Soak.seed)
    let trial = try scene.prepare()
    let counted = try scene.folder.headgate(trial, Fault(program: program))
    #expect(counted.status == 0, "\(counted.text)")
    try scene.settle(trial, after: counted.run, "without a fault")
    var ended = 0
    var lost = 0
    for place in places(counted.calls, some: some, using: &generator) {
      let words = try scene.prepare()
      let run = try scene.folder.headgate(words, Fault(at: place, kind: kind, program: program))
      if kind != "killone" { #expect(run.faults == 0 || run.status == 128 + 9, "\(run.text)") }
      ended += run.faults
      lost += run.lost
      try scene.settle(words, after: run.run, "\(command) \(kind) at call \(place)")
    }
    #expect(ended > 0)
    try scene.finish()
    Soak.tell(
      "\(command): ended by \(kind) of \(program ?? "any program") \(ended) times, \(lost) files "
        + "and names lost, seed \(Soak.seed)")
  }
}
