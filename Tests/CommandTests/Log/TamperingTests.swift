import FoundationEssentials
import Testing

/// `audit verify` notices every change of what is in the log.
@Suite("headgate audit verify", .timeLimit(.minutes(15)))
struct TamperingTests {
  private func recorded() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    for reference in ["HEAD~1", "HEAD"] {
      let run = try folder.headgate("record", "--head", reference, "--reason", "why")
      guard run.status == 0 else { throw ProgramError(text: run.text) }
    }
    return folder
  }

  private func objects(of folder: TemporaryFolder) throws -> [(id: String, name: String)] {
    try folder.git("rev-list", "--objects", "refs/audit/log").split(separator: "\n").map { line in
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      return (words[0], words.count > 1 ? words[1] : "")
    }
  }

  private func path(of id: String) -> String { ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))" }

  @Test("an untouched log is intact, and says how many records it has")
  func intact() throws {
    let folder = try recorded()
    let run = try folder.headgate("audit", "verify", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.output).records?.int == 3)
    #expect(try JSONValue(run.output).problems?.array == [])
    #expect(try folder.headgate("audit", "verify", "--quiet").text == "")
  }

  @Test("a changed byte in the middle of any object of the log is found")
  func everyObject() throws {
    let folder = try recorded()
    let objects = try objects(of: folder)
    // Three records: each a commit, a tree and a record; a tree of files and the two versions.
    #expect(objects.count >= 12)
    for (id, name) in objects {
      let file = path(of: id)
      let bytes = folder.bytes(file)
      try #require(!bytes.isEmpty)
      try flip(bytes.count / 2, of: file, in: folder)
      let run = try folder.headgate("audit", "verify", "--format", "json")
      #expect(run.status == 4, "\(id) \(name): \(run.text)")
      #expect((try? JSONValue(run.output).problems?.array.isEmpty) == false)
      try replace(file, with: bytes, in: folder)
    }
    #expect(try folder.headgate("audit", "verify").status == 0)
  }

  @Test("a changed byte at any place of a record is found")
  func everyPlace() throws {
    let folder = try recorded()
    let record = try #require(try objects(of: folder).first { $0.name == "record.json" })
    let file = path(of: record.id)
    let bytes = folder.bytes(file)
    for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 12)) {
      try flip(index, of: file, in: folder)
      let run = try folder.headgate("audit", "verify")
      #expect(run.status == 4, "byte \(index): \(run.text)")
    }
    try replace(file, with: bytes, in: folder)
  }

  @Test(
    "a record written anew with git's own commands is found",
    arguments: [
      // Another record under the last commit's message and parent.
      """
      blob=$(git show refs/audit/log:record.json | sed 's/"why"/"Why"/' | git hash-object -w --stdin)
      tree=$(git ls-tree refs/audit/log | sed "s/blob [0-9a-f]*\\(.record.json\\)/blob $blob\\1/" | git mktree)
      git update-ref refs/audit/log "$(git log -1 --format=%B refs/audit/log | git commit-tree $tree -p refs/audit/log~1)"
      """,
      // The last record dropped, which only this clone's memory knows.
      "git update-ref refs/audit/log refs/audit/log~1",
      // The whole log gone.
      "git update-ref -d refs/audit/log",
      // A commit of another kind on top.
      "git update-ref refs/audit/log $(git commit-tree -p refs/audit/log -m note refs/audit/log^{tree})",
      // A branch instead of the log.
      "git update-ref refs/audit/log HEAD",
    ])
  func rewritten(script: String) throws {
    let folder = try recorded()
    let change = try Program.shell("set -e\n" + script, in: folder.path)
    #expect(change.status == 0, "\(change.text)")
    let run = try folder.headgate("audit", "verify")
    #expect(run.status == 4, "\(run.text)")
    #expect(run.text.contains("E_"), "\(run.text)")
    // Going on must not heal it.
    _ = try folder.headgate("record", "--head", "HEAD~1", "--reason", "again")
    #expect(try folder.headgate("audit", "verify").status == 4)
  }

  @Test("a missing object is found, by its name")
  func missing() throws {
    let folder = try recorded()
    let commit = try folder.git("rev-parse", "refs/audit/log~1").prefix(40)
    try folder.remove(path(of: String(commit)))
    let run = try folder.headgate("audit", "verify")
    #expect(run.status == 4, "\(run.text)")
    #expect(run.text.contains("E_OBJ_MISSING"), "\(run.text)")
    #expect(run.text.contains(commit.prefix(7)), "\(run.text)")
  }

  @Test("a fresh clone verifies what it fetched")
  func clone() throws {
    let folder = try recorded()
    let other = try TemporaryFolder(repository: [:])
    try other.git("fetch", "-q", folder.path, "refs/audit/log:refs/audit/log")
    let run = try other.headgate("audit", "verify")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.contains("3 records, intact"))
    let shallow = try TemporaryFolder(repository: [:])
    try shallow.git(
      "fetch", "-q", "--depth", "1", "file://" + folder.path, "refs/audit/log:refs/audit/log")
    let cut = try shallow.headgate("audit", "verify")
    #expect(cut.status == 1 || cut.status == 2, "\(cut.text)")
    #expect(cut.text.contains("E_SHALLOW"), "\(cut.text)")
  }

  private func flip(_ index: Int, of file: String, in folder: TemporaryFolder) throws {
    var bytes = folder.bytes(file)
    bytes[index] ^= 0x10
    try replace(file, with: bytes, in: folder)
  }

  /// Git makes its objects read-only, so the file is made anew.
  private func replace(
    _ file: String, with bytes: [UInt8], in folder: TemporaryFolder
  ) throws {
    try folder.remove(file)
    try folder.write(file, bytes)
  }
}
