import Testing

/// A command of the log that is disturbed again and again, and what must hold after each time.
final class FaultScene {
  enum Command: String, CaseIterable { case record, approve, sync, repair }

  let command: Command
  let folder: TemporaryFolder
  /// The other clone and the remote of a synchronisation.
  private var others: (remote: TemporaryFolder, clone: TemporaryFolder)?
  /// Records that the log is to have after the command.
  private(set) var expected = 0
  /// Records that were acknowledged with exit code 0, in the order in which they were made.
  private var acknowledged: [String] = []
  private var number = 100

  init(_ command: Command) throws {
    self.command = command
    folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": "approvals: {required: 1}\n",
    ])
    guard command == .sync else {
      try record(in: folder)
      expected = 2
      return
    }
    let remote = try TemporaryFolder()
    try remote.git("init", "-q", "--bare", "-b", "main", ".")
    try folder.git("remote", "add", "origin", remote.path)
    try folder.git("push", "-q", "origin", "main")
    try record(in: folder)
    let clone = try TemporaryFolder(repository: [:])
    try clone.git("remote", "add", "origin", remote.path)
    try clone.git("pull", "-q", "origin", "main")
    others = (remote, clone)
    expected = 2
    #expect(try folder.headgate("audit", "sync").status == 0)
  }

  /// Commits a change of the configuration and records it.
  private func record(in folder: TemporaryFolder) throws {
    try change(in: folder)
    let run = try folder.headgate("record", "--reason", "why", "--format", "json")
    guard run.status == 0 else { throw ProgramError(text: "\(run.status): \(run.text)") }
    acknowledged.append(try JSONValue(run.output).id?.string ?? "")
  }

  private func change(in folder: TemporaryFolder) throws {
    number += 1
    let path = folder === others?.clone ? "other/application.yml" : "application.yml"
    try folder.commit([path: Fixtures.pool(size: "\(number)")], "change \(number)")
  }

  /// Makes work for the command.
  ///
  /// - Returns: its words.
  func prepare() throws -> [String] {
    switch command {
    case .record:
      try change(in: folder)
      expected += 1
      return ["record", "--reason", "why", "--format", "json"]
    case .approve:
      try record(in: folder)
      expected += 2
      try folder.git("config", "user.email", "bob@example.org")
      return ["approve", acknowledged.last ?? "", "--format", "json"]
    case .sync:
      let clone = try #require(others?.clone)
      #expect(try clone.headgate("audit", "sync").status == 0)
      try record(in: clone)
      #expect(try clone.headgate("audit", "sync").status == 0)
      try record(in: folder)
      expected += 2
      return ["audit", "sync"]
    case .repair:
      try folder.write(".git/refs/audit/log", "0123456789")
      return ["audit", "repair"]
    }
  }

  /// Tries again without a fault, and looks at everything.
  func settle(_ words: [String], after run: Run, _ comment: String) throws {
    if command == .record || command == .approve, run.status == 0 {
      acknowledged.append(try JSONValue(run.output).id?.string ?? "")
    }
    let verdict = try folder.headgate("audit", "verify", "--full")
    if command != .repair || run.status == 0 {
      #expect(verdict.status == 0, "\(comment): \(verdict.text)")
    }
    let again = try folder.headgate(words)
    #expect(again.status == 0, "\(comment), again: \(again.text)")
    try folder.git("config", "user.email", "developer@example.org")
    let records = try self.records()
    #expect(records.count == expected, "\(comment): \(records.count) records")
    #expect(Set(records).count == records.count, "\(comment): a record stands twice")
    #expect(Set(records).isSuperset(of: acknowledged), "\(comment): a record is lost")
    if let remote = others?.remote {
      let tips = try [remote, folder].map { try $0.git("rev-parse", "refs/audit/log") }
      #expect(tips[0] == tips[1], "\(comment): the remote has another log")
    }
  }

  /// The log and git's own check at the end of all.
  func finish() throws {
    // Empty files that nothing refers to; git's check stumbles over them.
    #expect(try folder.headgate("audit", "repair").status == 0)
    for folder in [folder, others?.remote, others?.clone].compactMap({ $0 }) {
      let check = try Program.shell(
        "git fsck --strict --no-dangling 2>&1 | grep -v '^notice:'", in: folder.path)
      #expect(check.output == "", "\(check.output)")
    }
    let verdict = try folder.headgate("audit", "verify", "--full", "--format", "json")
    #expect(verdict.status == 0, "\(verdict.text)")
    #expect(try JSONValue(verdict.output).records?.int == expected)
  }

  /// Ids of the records by plain git, newest first.
  func records() throws -> [String] {
    try folder.git(
      "log", "--format=%(trailers:key=Audit-Record,valueonly,separator=)", "refs/audit/log"
    ).split(separator: "\n").map(String.init)
  }
}

extension TemporaryFolder {
  func headgate(_ arguments: [String]) throws -> Run {
    try Program.headgate(arguments, in: path)
  }
}

/// Which calls of a command are disturbed: all of them in `make soak`, some in every test run.
func places(_ count: Int, some: Int, using generator: inout SeededGenerator) -> [Int] {
  guard !Soak.isOn, count > some else { return count > 0 ? Array(1...count) : [] }
  return (0..<some).map { part in
    let start = count * part / some
    let end = count * (part + 1) / some
    return Int.random(in: (start + 1)...end, using: &generator)
  }
}
