import Testing

/// Several clones of one remote and what their logs must hold: a plain list for each.
final class LogModel {
  private let remote: TemporaryFolder
  private var published: [String] = []
  private var clones: [Clone] = []
  private var generator: SeededGenerator
  private var number = 100
  private var lastChange = ""
  /// What was done, for the message of a failure.
  private(set) var story: [String] = []

  private struct Clone {
    let folder: TemporaryFolder
    var log: [String]
    /// The newest change that was recorded here and not approved yet.
    var open: String?
  }

  private enum Action: CaseIterable {
    case record, record2, approve, sync, sync2, tidy, killRecord, killSync, losePower, damage
    case forget, clone
  }

  init(seed: UInt64) throws {
    generator = SeededGenerator(state: seed)
    remote = try TemporaryFolder()
    try remote.git("init", "-q", "--bare", "-b", "main", ".")
    try addClone(files: [".headgate.yaml": "approvals: {required: 1}\n"])
    try record(0)
    try sync(0)
    try addClone()
  }

  private func addClone(files: [String: String] = [:]) throws {
    let folder = try TemporaryFolder(repository: files)
    try folder.git("remote", "add", "origin", remote.path)
    if files.isEmpty {
      try folder.git("pull", "-q", "origin", "main")
    } else {
      try folder.git("push", "-q", "origin", "main")
    }
    clones.append(Clone(folder: folder, log: [], open: nil))
    if files.isEmpty { try sync(clones.count - 1) }
  }

  /// Does one thing in one clone, and compares every list.
  func step() throws {
    let index = Int.random(in: clones.indices, using: &generator)
    let action = Action.allCases.randomElement(using: &generator) ?? .record
    story.append("\(action) in \(index)")
    switch action {
    case .record, .record2: try record(index)
    case .approve: try approve(index)
    case .sync, .sync2: try sync(index)
    case .tidy: try tidy(index)
    case .killRecord: try disturbRecord(index, kind: "kill")
    case .losePower:
      try disturbRecord(index, kind: Bool.random(using: &generator) ? "loss" : "names")
    case .killSync: try killSync(index)
    case .damage: try damage(index)
    case .forget: try? clones[index].folder.remove(".git/headgate/index.sqlite")  // may be absent
    case .clone: if clones.count < 5 { try addClone() }
    }
    try compare()
  }

  /// Brings everybody together at the end.
  func finish() throws {
    for _ in 0..<2 { for index in clones.indices { try sync(index) } }
    try compare()
    for clone in clones {
      #expect(clone.log == published)
      let verdict = try clone.folder.headgate("audit", "verify", "--full")
      #expect(verdict.status == 0, "\(told): \(verdict.text)")
      let check = try Program.shell(
        "git fsck --strict --no-dangling 2>&1 | grep -v '^notice:'", in: clone.folder.path)
      #expect(check.output == "", "\(told): \(check.output)")
    }
  }

  var records: Int { published.count }

  private var told: String { story.suffix(12).joined(separator: ", ") }

  private func compare() throws {
    for (index, clone) in clones.enumerated() {
      let found = try log(clone.folder)
      #expect(found == clone.log, "clone \(index) after \(told)")
      if found != clone.log { throw ProgramError(text: "the model is left: \(told)") }
    }
    #expect(try log(remote) == published, "\(told)")
  }

  private func log(_ folder: TemporaryFolder) throws -> [String] {
    let format = "--format=%(trailers:key=Audit-Record,valueonly,separator=)"
    guard try !folder.git("for-each-ref", "refs/audit/log").isEmpty else { return [] }
    return try folder.git("log", "--reverse", format, "refs/audit/log")
      .split(separator: "\n").map(String.init)
  }

  // MARK: What people do

  private func change(_ index: Int) throws {
    number += 1
    try clones[index].folder.commit(
      ["\(index)/application.yml": Fixtures.pool(size: "\(number)")], "change \(number)")
  }

  private func record(_ index: Int) throws {
    try change(index)
    try tell(index, ["record", "--reason", "why", "--format", "json"])
    clones[index].open = clones[index].log.last
  }

  private func approve(_ index: Int) throws {
    guard let change = clones[index].open else { return }
    let folder = clones[index].folder
    try folder.git("config", "user.email", "bob@example.org")
    try tell(index, ["approve", change, "--format", "json"])
    try folder.git("config", "user.email", "developer@example.org")
    clones[index].open = nil
  }

  /// Runs a command that adds a record; the first one of a log brings the genesis record along.
  private func tell(_ index: Int, _ words: [String]) throws {
    let run = try clones[index].folder.headgate(words)
    #expect(run.status == 0, "\(told): \(run.text)")
    let id = try JSONValue(run.output).id?.string ?? ""
    if clones[index].log.isEmpty {
      clones[index].log += try log(clones[index].folder).prefix(1)
    }
    clones[index].log.append(id)
  }

  private func sync(_ index: Int) throws {
    let run = try clones[index].folder.headgate("audit", "sync")
    #expect(run.status == 0, "\(told): \(run.text)")
    published = merged(index)
    clones[index].log = published
  }

  /// What a synchronisation makes: the published records first, then those made here.
  private func merged(_ index: Int) -> [String] {
    let known = Set(published)
    return published + clones[index].log.filter { !known.contains($0) }
  }

  private func tidy(_ index: Int) throws {
    let ways = [["gc", "-q"], ["pack-refs", "--all"], ["repack", "-q", "-a", "-d"]]
    let words = ways.randomElement(using: &generator) ?? []
    try Program.git(words, in: clones[index].folder.path)
  }

  // MARK: What happens to them

  private func disturbRecord(_ index: Int, kind: String) throws {
    guard Interposer.isPossible else { return }
    try change(index)
    let words = ["record", "--reason", "why", "--format", "json"]
    let place = Int.random(in: 1...60, using: &generator)
    let run = try clones[index].folder.headgate(words, Fault(at: place, kind: kind))
    let before = clones[index].log
    let found = try log(clones[index].folder)
    #expect(found.starts(with: before), "\(told)")
    #expect(found.count <= before.count + 1, "\(told)")
    #expect(run.status != 0 || found.count == before.count + 1, "\(told): \(run.text)")
    // The change is recorded once, whether the first try got so far or not.
    let again = try clones[index].folder.headgate(words)
    #expect(again.status == 0, "\(told): \(again.text)")
    clones[index].log.append(try JSONValue(again.output).id?.string ?? "")
    if found.count > before.count { #expect(clones[index].log == found, "\(told)") }
  }

  private func killSync(_ index: Int) throws {
    guard Interposer.isPossible else { return }
    let place = Int.random(in: 1...120, using: &generator)
    let folder = clones[index].folder
    _ = try folder.headgate(["audit", "sync"], Fault(at: place, kind: "kill", program: nil))
    let whole = merged(index)
    let here = try log(folder)
    let there = try log(remote)
    #expect(here == clones[index].log || here == whole, "\(told)")
    #expect(there == published || there == whole, "\(told)")
    clones[index].log = here
    published = there
  }

  private func damage(_ index: Int) throws {
    let folder = clones[index].folder
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: try folder.git("update-ref", "-d", "refs/audit/log")
    case 1: try folder.write(".git/refs/audit/log", "0123")
    case 2: try folder.git("update-ref", "refs/audit/log", "refs/audit/log~1")
    default: try folder.write(".git/headgate/trust.json", "{")
    }
    #expect(try folder.headgate("audit", "verify").status != 0, "\(told)")
    let run = try folder.headgate("audit", "repair")
    #expect(run.status == 0, "\(told): \(run.text)")
  }
}
