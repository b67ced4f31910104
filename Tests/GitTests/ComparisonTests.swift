import FoundationEssentials
import Testing

@testable import Git

@Suite("Comparisons and history", .timeLimit(.minutes(15)))
struct ComparisonTests {
  private func lines(_ deltas: [FileDelta]) -> [String] {
    deltas.map { "\($0.status) \($0.oldPath ?? "-") \($0.newPath ?? "-")" }.sorted()
  }

  @Test func stagedChangesAreIndexAgainstHead() throws {
    let space = try Workspace()
    try space.commit(["keep": "1", "edit": "1", "drop": "22", "move": "333"])
    try space.write("edit", "2")
    try space.write("new", "4444")
    try space.git("rm", "-q", "drop")
    try space.git("mv", "move", "moved")
    try space.git("add", "edit", "new")
    try space.write("edit", "not staged")
    try space.write("announced", "x")
    try space.git("add", "-N", "announced")
    let repository = try Repository(at: space.path)
    let index = try repository.index()
    let deltas = try repository.stagedChanges(in: index)
    #expect(
      lines(deltas) == [
        "added - new", "deleted drop -", "modified edit edit", "renamed move moved",
      ])
    let edit = try #require(deltas.first { $0.path == "edit" })
    #expect(try repository.blob(#require(edit.newID)) == Array("2".utf8))
    #expect(try repository.blob(#require(edit.oldID)) == Array("1".utf8))
    #expect(edit.newMode == .regular)
    #expect(index["moved"]?.stage == 0)
    #expect(index.entries.map(\.path) == ["announced", "edit", "keep", "moved", "new"])
  }

  @Test func everythingIsAddedBeforeTheFirstCommit() throws {
    let space = try Workspace()
    try space.write("a", "x")
    try space.git("add", "a")
    let repository = try Repository(at: space.path)
    #expect(try lines(repository.stagedChanges(in: repository.index())) == ["added - a"])
  }

  @Test func anotherIndexFileCanBeNamed() throws {
    let space = try Workspace()
    try space.commit(["a": "1"])
    try space.write("a", "2")
    try space.git("add", "a")
    try FileManager.default.copyItem(
      atPath: space.path + "/.git/index", toPath: space.path + "/other-index")
    try space.git("reset", "-q")
    let repository = try Repository(at: space.path)
    #expect(try repository.stagedChanges(in: repository.index()).isEmpty)
    let other = try repository.index(file: space.path + "/other-index")
    #expect(try lines(repository.stagedChanges(in: other)) == ["modified a a"])
  }

  @Test func unresolvedMergeIsConflicted() throws {
    let space = try Workspace()
    try space.commit(["a": "1"])
    try space.git("checkout", "-q", "-b", "side")
    try space.commit(["a": "2"])
    try space.git("checkout", "-q", "main")
    try space.commit(["a": "3"])
    _ = try Command.run(["git", "-C", space.path, "merge", "-q", "side"])
    let repository = try Repository(at: space.path)
    let index = try repository.index()
    #expect(try repository.stagedChanges(in: index).map(\.status) == [.conflicted])
    #expect(index.entries.map(\.stage) == [1, 2, 3])
  }

  @Test func treesAreCompared() throws {
    let space = try Workspace()
    let body = (1...20).map { "line \($0)\n" }.joined()
    let one = try #require(ObjectID(hex: space.commit(["a": "1", "b": body])))
    try space.git("mv", "b", "c")
    let two = try #require(ObjectID(hex: space.commit(["a": "2", "c": body + "more\n"])))
    let repository = try Repository(at: space.path)
    #expect(try lines(repository.changes(from: one, to: two)) == ["modified a a", "renamed b c"])
    #expect(
      try lines(repository.changes(from: one, to: two, renames: .none)) == [
        "added - c", "deleted b -", "modified a a",
      ])
    #expect(try lines(repository.changes(from: nil, to: one)) == ["added - a", "added - b"])
  }

  @Test func historyIsWalked() throws {
    let space = try Workspace()
    let root = try #require(ObjectID(hex: space.commit(["a": "1"])))
    try space.git("checkout", "-q", "-b", "side")
    let side = try #require(ObjectID(hex: space.commit(["b": "1"])))
    try space.git("checkout", "-q", "main")
    let main = try #require(ObjectID(hex: space.commit(["a": "2"])))
    try space.git("merge", "-q", "--no-edit", "side")
    let repository = try Repository(at: space.path)
    let tip = try repository.commitID(of: "HEAD")
    #expect(try repository.firstParents(of: tip, limit: 10).map(\.id) == [tip, main, root])
    #expect(try repository.firstParents(of: tip, limit: 2).count == 2)
    #expect(try Set(repository.ancestors(of: tip, limit: 10).map(\.id)) == [tip, main, side, root])
    #expect(
      try Set(repository.ancestors(of: tip, excluding: main, limit: 10).map(\.id))
        == [tip, side])
    #expect(try repository.mergeBase(main, side) == root)
    #expect(try repository.isAncestor(root, of: tip))
    #expect(try !repository.isAncestor(main, of: side))
  }

  @Test func shallowHistoryIsNamedAsSuch() throws {
    let space = try Workspace()
    let first = try #require(ObjectID(hex: space.commit(["a": "1"])))
    for number in 2...5 { try space.commit(["a": "\(number)"]) }
    try space.git("clone", "-q", "--depth", "3", "file://" + space.path, "copy")
    let repository = try Repository(at: space.path + "/copy")
    let isShallow = repository.isShallow
    #expect(isShallow)
    let tip = try repository.commitID(of: "HEAD")
    #expect(try repository.firstParents(of: tip, limit: 10).count == 3)
    let error = failure {
      _ = try repository.ancestors(of: tip, limit: 10)
    }
    #expect(error?.code == .shallow)
    #expect(error?.remedy?.contains("unshallow") == true)
    #expect(
      failure { _ = try repository.mergeBase(tip, first) }?.code
        == .shallow)
  }

  @Test func manyFilesAreComparedQuickly() throws {
    let space = try Workspace()
    var files: [String: String] = [:]
    for number in 0..<2000 { files["dir\(number % 40)/file\(number)"] = "\(number)" }
    try space.commit(files)
    try space.write("dir1/file1", "changed")
    try space.git("add", "dir1/file1")
    let repository = try Repository(at: space.path)
    let index = try repository.index()
    let clock = ContinuousClock()
    let start = clock.now
    let deltas = try repository.stagedChanges(in: index)
    #expect(deltas.map(\.path) == ["dir1/file1"])
    #expect(clock.now - start < .seconds(2))
  }
}
