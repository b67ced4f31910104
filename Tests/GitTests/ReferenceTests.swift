import FoundationEssentials
import Testing

@testable import Git

@Suite("References", .timeLimit(.minutes(15)))
struct ReferenceTests {
  private let name = "refs/audit/log"

  private func commits(_ space: Workspace) throws -> (ObjectID, ObjectID) {
    let first = try #require(ObjectID(hex: space.commit(["a": "1"])))
    return (first, try #require(ObjectID(hex: space.commit(["a": "2"]))))
  }

  @Test func swapsOnlyFromTheExpectedValue() throws {
    let space = try Workspace()
    let (one, two) = try commits(space)
    let repository = try Repository(at: space.path)
    #expect(try repository.reference(name) == nil)
    #expect(
      code {
        try repository.swapReference(name, from: one, to: two, message: "m")
      } == .modified)
    try repository.swapReference(name, from: .zero, to: one, message: "m")
    #expect(
      code {
        try repository.swapReference(name, from: .zero, to: two, message: "m")
      } == .exists)
    #expect(
      code {
        try repository.swapReference(name, from: two, to: one, message: "m")
      } == .modified)
    try repository.swapReference(name, from: one, to: two, message: "m")
    #expect(try repository.reference(name) == two)
  }

  @Test func lockFileOfGitMeansLocked() throws {
    let space = try Workspace()
    let (one, _) = try commits(space)
    try space.write(".git/refs/audit/log.lock", "")
    let repository = try Repository(at: space.path)
    let error = failure {
      try repository.swapReference(name, from: .zero, to: one, message: "m")
    }
    #expect(error?.code == .locked)
    #expect(error?.remedy?.contains("lock file") == true)
  }

  @Test("a torn reference is corrupt", arguments: ["", "0123456789abcdef0123", "garbage\n"])
  func tornReference(content: String) throws {
    let space = try Workspace()
    try space.write(".git/refs/audit/log", content)
    let repository = try Repository(at: space.path)
    #expect(code { _ = try repository.reference(name) } == .corruptReference)
  }

  @Test func keepsALogWhenAsked() throws {
    let space = try Workspace()
    let (one, two) = try commits(space)
    let repository = try Repository(at: space.path)
    try repository.ensureReferenceLog(name)
    try repository.swapReference(name, from: .zero, to: one, message: "first")
    try repository.swapReference(name, from: one, to: two, message: "second")
    let log = try String(
      decoding: Data(contentsOf: URL(filePath: space.path + "/.git/logs/refs/audit/log")),
      as: UTF8.self)
    #expect(log.split(separator: "\n").count == 2)
    #expect(log.contains("second"))
  }

  @Test func revisionsBecomeCommits() throws {
    let space = try Workspace()
    let (one, two) = try commits(space)
    try space.git("tag", "-a", "-m", "t", "v1", "HEAD~1")
    let repository = try Repository(at: space.path)
    #expect(try repository.commitID(of: "HEAD") == two)
    #expect(try repository.commitID(of: "v1") == one)
    #expect(try repository.commitID(of: "main~1") == one)
    #expect(try repository.commitID(of: two.short) == two)
    for (bad, expected) in [
      ("nope", GitError.Code.notFound), ("", .invalidName), ("HEAD^{tree", .invalidName),
    ] {
      #expect(code { _ = try repository.commitID(of: bad) } == expected)
    }
  }

  @Test func headOfAnEmptyRepositoryIsUnborn() throws {
    let space = try Workspace()
    let empty = try Repository(at: space.path)
    #expect(code { _ = try empty.commitID(of: "HEAD") } == .unborn)
  }

  private func code(_ body: () throws -> Void) -> GitError.Code? { failure(body)?.code }
}
