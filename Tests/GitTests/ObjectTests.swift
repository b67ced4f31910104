import FoundationEssentials
import Testing

@testable import Git

@Suite("Objects", .timeLimit(.minutes(15)))
struct ObjectTests {
  @Test func idsKeepTheirDigits() {
    let hex = "0123456789abcdef0123456789abcdef01234567"
    #expect(ObjectID(hex: hex)?.description == hex)
    #expect(ObjectID(hex: hex)?.bytes.prefix(3).elementsEqual([0x01, 0x23, 0x45]) == true)
    #expect(ObjectID(hex: hex).map { ObjectID($0.native) } == ObjectID(hex: hex))
    for bad in ["", "01", hex + "0", hex.uppercased(), String(hex.dropLast()) + "g"] {
      #expect(ObjectID(hex: bad) == nil)
    }
  }

  @Test func blobsAreWrittenAndReadRaw() throws {
    let space = try Workspace()
    try space.write(".gitattributes", "* text eol=crlf working-tree-encoding=UTF-16\n")
    let repository = try Repository(at: space.path)
    let bytes = Array("a\r\nb\n\0c".utf8)
    let id = try repository.write(.blob, bytes)
    #expect(try id == ObjectID(of: bytes))
    #expect(try repository.blob(id) == bytes)
    #expect(try repository.header(of: id) == (.blob, bytes.count))
    #expect(try space.git("cat-file", "-s", id.description).trimmed == "\(bytes.count)")
  }

  @Test func sizeIsCheckedBeforeReading() throws {
    let space = try Workspace()
    let repository = try Repository(at: space.path)
    let id = try repository.write(.blob, [UInt8](repeating: 7, count: 1000))
    #expect(
      failure { _ = try repository.blob(id, limit: 999) }?.code
        == .tooLarge)
    #expect(try repository.blob(id, limit: 1000).count == 1000)
  }

  @Test func absentObjectIsNotFoundAndWrongKindIsCorrupt() throws {
    let space = try Workspace()
    let repository = try Repository(at: space.path)
    let absent = try #require(ObjectID(hex: String(repeating: "12", count: 20)))
    #expect(failure { _ = try repository.blob(absent) }?.code == .notFound)
    let blob = try repository.write(.blob, [1])
    #expect(failure { _ = try repository.commit(blob) }?.code == .corrupt)
    let stored = [absent, blob].map { repository.contains($0) }
    #expect(stored == [false, true])
  }

  @Test("every flipped byte of a loose object is seen", arguments: [0, 1, 2, 5, 9, -1, -3])
  func damagedObjectIsCorrupt(position: Int) throws {
    let space = try Workspace()
    let id = try Repository(at: space.path).write(.blob, Array("some content".utf8))
    let hex = id.description
    let file = space.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    var data = try Data(contentsOf: URL(filePath: file))
    let index = position >= 0 ? position : data.count + position
    data[index] ^= 0x40
    try FileManager.default.removeItem(atPath: file)
    try data.write(to: URL(filePath: file))
    let repository = try Repository(at: space.path)
    let error = failure { _ = try repository.object(id) }
    #expect(error?.code == .corrupt, "\(error?.description ?? "read without an error")")
  }

  /// libgit2 writes past its memory when it reads these, which tools for that purpose show.
  @Test("an object longer or shorter than it says is corrupt", arguments: [0, 1, 5, 49, 51, 500])
  func wrongSize(stated: Int) throws {
    let space = try Workspace()
    let repository = try Repository(at: space.path)
    let content = [UInt8](repeating: 0x61, count: 50)
    let id = try repository.write(.blob, content)
    let hex = id.description
    let file = space.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    try FileManager.default.removeItem(atPath: file)
    let packed = Self.uncompressed(Array("blob \(stated)\0".utf8) + content)
    try Data(packed).write(to: URL(filePath: file))
    let fresh = try Repository(at: space.path)
    #expect(failure { _ = try fresh.object(id) }?.code == .corrupt)
  }

  /// `bytes` in zlib's format, in one stored block.
  private static func uncompressed(_ bytes: [UInt8]) -> [UInt8] {
    var one: UInt32 = 1
    var two: UInt32 = 0
    for byte in bytes {
      one = (one + UInt32(byte)) % 65_521
      two = (two + one) % 65_521
    }
    let size = UInt16(bytes.count)
    let header = [size, ~size].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let checksum = [two >> 8, two & 0xFF, one >> 8, one & 0xFF].map { UInt8($0) }
    return [0x78, 0x01, 0x01] + header + bytes + checksum
  }

  @Test func emptyObjectFileIsCorrupt() throws {
    let space = try Workspace()
    let id = try Repository(at: space.path).write(.blob, Array("some content".utf8))
    let hex = id.description
    let file = space.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    try FileManager.default.removeItem(atPath: file)
    try Data().write(to: URL(filePath: file))
    let repository = try Repository(at: space.path)
    #expect(failure { _ = try repository.object(id) }?.code == .corrupt)
  }

  @Test func commitsAreReadAsGitWritesThem() throws {
    let space = try Workspace()
    let first = try space.commit(["a": "x"])
    let second = try space.commit(["a": "y"], "subject ü\n\nbody")
    let repository = try Repository(at: space.path)
    let id = try #require(ObjectID(hex: second))
    let commit = try repository.commit(id)
    #expect(commit.parents == [try #require(ObjectID(hex: first))])
    #expect(
      commit.author
        == CommitSignature(
          name: "An Author", email: "author@example.org", seconds: 1_700_000_000, zone: "+0100"))
    #expect(commit.committer.name == "A Committer")
    #expect(commit.summary == "subject ü")
    #expect(try commit.serialized == repository.object(id).bytes)
  }

  @Test func writtenCommitsPassGitsOwnCheck() throws {
    let space = try Workspace()
    let repository = try Repository(at: space.path)
    let blob = try repository.write(.blob, Array("text".utf8))
    let inner = try repository.write(
      .tree, TreeObject([.init(name: "z", mode: .regular, id: blob)]).serialized)
    let tree = TreeObject([
      .init(name: "dir", mode: .directory, id: inner),
      .init(name: "dir.a", mode: .regular, id: blob),
      .init(name: "dir0", mode: .regular, id: blob),
    ])
    let who = CommitSignature(name: "A <x>\n", email: "a@b>\n", seconds: 1)
    let commit = CommitObject(
      tree: try repository.write(.tree, tree.serialized), parents: [], author: who,
      committer: who, message: Array("subject\n".utf8))
    let id = try repository.write(.commit, commit.serialized)
    try repository.swapReference("refs/x/y", from: .zero, to: id, message: "test")
    try space.git("fsck", "--strict", "--no-dangling")
    #expect(try repository.files(in: id).map(\.name) == ["dir.a", "dir/z", "dir0"])
    #expect(try repository.files(below: "dir", in: id).map(\.name) == ["dir/z"])
    #expect(try repository.blob(at: "dir/z", in: id) == Array("text".utf8))
    #expect(try repository.blob(at: "dir/y", in: id) == nil)
    #expect(try repository.blob(at: "dir", in: id) == nil)
  }

  @Test(
    "malformed commits are corrupt",
    arguments: [
      "", "tree x\n", "tree 0123456789abcdef0123456789abcdef01234567\n\nmessage",
      "tree 0123456789abcdef0123456789abcdef01234567\nauthor A <a> 1 +0000\n\n",
      "tree 0123456789abcdef0123456789abcdef01234567\nauthor A a 1\ncommitter A <a> 1 +0000\n\n",
      "tree 0123456789abcdef0123456789abcdef01234567\nauthor A <a> 1 +0\ncommitter A <a> 1 +0",
    ])
  func malformedCommit(text: String) {
    #expect(
      failure {
        _ = try CommitObject(parsing: Array(text.utf8), id: .zero)
      }?.code == .corrupt)
  }

  @Test(
    "malformed trees are corrupt",
    arguments: [
      "100644", "100644 a", "100644 a\0short", "10x644 a\0aaaaaaaaaaaaaaaaaaaa",
      "10064444 a\0aaaaaaaaaaaaaaaaaaaa", " a\0aaaaaaaaaaaaaaaaaaaa",
    ])
  func malformedTree(text: String) {
    #expect(
      failure {
        _ = try TreeObject(parsing: Array(text.utf8), id: .zero)
      }?.code == .corrupt)
  }
}
