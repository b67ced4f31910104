import FoundationEssentials
import Git
import Testing

@testable import Audit

/// Damage to the files in which git keeps a record's objects.
@Suite("Damaged objects", .timeLimit(.minutes(15)))
struct DamageTests {
  private static let objects = [
    "commit": "refs/audit/log~1", "tree": "refs/audit/log~1^{tree}",
    "record": "refs/audit/log~1:record.json", "files": "refs/audit/log~1:files",
    "content": "refs/audit/log~1:files/0.new",
  ]

  @Test("any changed byte is tampering", arguments: objects.keys.sorted())
  func everyByte(object: String) throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    let name = try #require(Self.objects[object])
    let hex = try space.git("rev-parse", name).trimmed
    let file = space.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    let original = try Data(contentsOf: URL(filePath: file))
    for position in original.indices {
      var damaged = original
      damaged[position] ^= UInt8(1 << (position % 8))
      try FileManager.default.removeItem(atPath: file)
      try damaged.write(to: URL(filePath: file))
      let result = try Fixture.verify(space)
      // The bits that fill the last byte before the checksum mean nothing: git, too, ignores them.
      if result.exitCode == 0 {
        #expect(position == original.count - 5)
      } else {
        #expect(result.exitCode == 4, "byte \(position): \(result.problems)")
      }
    }
    try FileManager.default.removeItem(atPath: file)
    try original.write(to: URL(filePath: file))
    #expect(try Fixture.verify(space).exitCode == 0)
  }

  @Test("a file cut off or missing is tampering", arguments: objects.keys.sorted(), [-1, 0, 10])
  func cutOff(object: String, length: Int) throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    let name = try #require(Self.objects[object])
    let hex = try space.git("rev-parse", name).trimmed
    let file = space.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    let original = try Data(contentsOf: URL(filePath: file))
    try FileManager.default.removeItem(atPath: file)
    if length >= 0 { try original.prefix(length).write(to: URL(filePath: file)) }
    let result = try Fixture.verify(space)
    #expect(result.exitCode == 4)
    let expected: AuditCode = length < 0 ? .objectMissing : .objectCorrupt
    #expect(result.problems.contains { $0.code == expected }, "\(result.problems)")
  }

  @Test func changedByteInAPackIsTampering() throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    try space.git("repack", "-q", "-a", "-d")
    try space.git("prune-packed")
    let folder = space.path + "/.git/objects/pack"
    let pack = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".pack") })
    let original = try Data(contentsOf: URL(filePath: folder + "/" + pack))
    var unseen = 0
    // The first twelve bytes are the pack's header and the last twenty its own checksum.
    for position in stride(from: 12, to: original.count - 20, by: 7) {
      var damaged = original
      damaged[position] ^= 0x10
      try FileManager.default.removeItem(atPath: folder + "/" + pack)
      try damaged.write(to: URL(filePath: folder + "/" + pack))
      let result = try Fixture.verify(space)
      if result.exitCode == 0 { unseen += 1 }
      #expect([0, 4].contains(result.exitCode), "byte \(position): \(result.problems)")
    }
    // The checksum behind each compressed object is no part of it, and libgit2 skips it.
    #expect(unseen <= original.count / 7 / 20)
  }
}
