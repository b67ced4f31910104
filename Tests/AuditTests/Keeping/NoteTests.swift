import Testing

@testable import Audit

/// Signed notes and checkpoints as C2SP defines them.
@Suite("Signed notes", .timeLimit(.minutes(15)))
struct NoteTests {
  /// The example of golang.org/x/mod/sumdb/note, with its key.
  private static let published = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ\
    SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

    """
  private static let publishedKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

  private func key(_ verifier: String) throws -> NoteKey {
    let parts = verifier.split(separator: "+", maxSplits: 2).map(String.init)
    let bytes = try #require(Base64.bytes(of: parts[2], .standard))
    #expect(bytes.first == 1)
    var writer = SSHWriter()
    writer.string(Array("ssh-ed25519".utf8))
    writer.string(Array(bytes.dropFirst()))
    return try #require(
      NoteKey(name: parts[0], kind: .ed25519, key: SSHPublicKey(blob: writer.bytes)))
  }

  @Test("a note that another program signed is verified, and its key is spelled alike")
  func publishedNote() throws {
    let note = try #require(SignedNote(Array(Self.published.utf8)))
    let key = try key(Self.publishedKey)
    #expect(key.verifierKey == Self.publishedKey)
    #expect(key.verifies(note))
    #expect(note.description == Self.published)
    let altered = Self.published.replacing("answer", with: "reason")
    #expect(!key.verifies(try #require(SignedNote(Array(altered.utf8)))))
  }

  @Test(
    "what is no note is not read",
    arguments: [
      "", "text\n", "text\n\n\u{2014} name\n", "text\n\n\u{2014} name AAAA\n",
      "text\n\n- name AAAAAAAA\n", "text\n\n\u{2014} name AAAAAAAA", "te\u{7}xt\n\n",
      "text\n\n\u{2014} name AAAAAAA\n",
    ])
  func malformed(text: String) { #expect(SignedNote(Array(text.utf8)) == nil) }

  @Test("a checkpoint says which log, its size and its root, each in one spelling")
  func checkpoints() throws {
    let root = Digest(of: [1])
    let made = Checkpoint(genesis: Digest(of: [2]), size: 12, root: root)
    #expect(Checkpoint(text: made.text) == made)
    #expect(made.genesis == Digest(of: [2]))
    #expect(Checkpoint(text: made.text + "an extension\n") != nil)
    for wrong in [
      made.text.replacing("\n12\n", with: "\n012\n"), made.text.replacing("\n12\n", with: "\n-1\n"),
      made.text.replacing("\n12\n", with: "\n1234567890123456\n"), String(made.text.dropLast()),
      made.text.replacing("=", with: ""), made.text + "\n",
    ] { #expect(Checkpoint(text: wrong) == nil, "\(wrong)") }
    let foreign = Checkpoint(text: made.text.replacing("headgate.audit/", with: "example.com/"))
    #expect(foreign != nil && foreign?.genesis == nil)
  }

  @Test("proofs are read as they are written, and lead to the checkpoint's root")
  func proofs() throws {
    let leaves = (0..<23).map { Digest(of: [UInt8($0)]) }
    let tree = MerkleTree(leaves: leaves)
    let checkpoint = Checkpoint(genesis: leaves[0], size: 23, root: tree.root(size: 23))
    let note = SignedNote(text: checkpoint.text, signatures: [])
    let hashes = try #require(tree.inclusionProof(index: 7, size: 23))
    let text = LogProof.inclusion(index: 7, hashes: hashes).text(with: note)
    let (read, end) = try #require(LogProof.read(Array(text.utf8)))
    #expect(end == note)
    guard case .inclusion(let index, let found) = read else {
      Issue.record("another proof than the one that was written")
      return
    }
    #expect(
      MerkleTree.verifies(
        inclusion: found, of: leaves[7], index: index, size: 23, root: checkpoint.root))
    let extra = text.replacing("index", with: "extra AAAA\nindex")
    #expect(LogProof.read(Array(extra.utf8)) != nil)
    let old = LogProof.consistency(
      old: 9, hashes: try #require(tree.consistencyProof(old: 9, new: 23))
    ).text(with: note)
    guard case .consistency(let size, let path)? = LogProof.read(Array(old.utf8))?.proof else {
      Issue.record("no proof of consistency")
      return
    }
    #expect(
      MerkleTree.verifies(
        consistency: path, old: size, oldRoot: tree.root(size: 9), new: 23,
        newRoot: checkpoint.root))
    for wrong in [
      text.replacing("index 7", with: "index 07"), text.replacing("index 7", with: "index"),
      text.replacing("@v1", with: "@v2"), text.replacing("index 7\n", with: "index 7\nAAAA\n"),
      old.replacing("old 9", with: "old -9"),
    ] { #expect(LogProof.read(Array(wrong.utf8)) == nil, "\(wrong)") }
  }
}
