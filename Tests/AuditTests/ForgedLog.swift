import Git
import Testing

@testable import Audit

/// A log whose commits are made by hand, so that each can be wrong in its own way.
struct ForgedLog {
  /// What goes into one commit; each part may be replaced.
  struct Plan {
    var bytes: [UInt8]
    var sequence: Int
    var kind: String
    var recordID: Digest
    var previous: Digest
    var root: Digest
    /// The Merkle tree before this record.
    let before: MerkleFrontier
    var parents: [ObjectID]
    var seconds: Int64
    var entries: [TreeObject.Entry]
    var files: [TreeObject.Entry]
    var subject = "audit: forged"
    var message: [UInt8]?

    /// Stores other bytes for the record, in a commit that agrees with them.
    mutating func replace(with bytes: [UInt8]) {
      self.bytes = bytes
      recordID = Digest(of: bytes)
      var grown = before
      grown.append(recordID)
      root = grown.root
    }
  }

  let space: Workspace
  private(set) var commits: [ObjectID] = []
  private(set) var frontier = MerkleFrontier()
  private(set) var previous = Digest.zero
  private(set) var genesis: Digest?

  init() throws { space = try Workspace() }

  /// Adds a record, after `alter` has changed what is stored for it.
  mutating func add(
    _ body: RecordBody, _ alter: (inout Plan, borrowing Repository) throws -> Void = { _, _ in }
  ) throws {
    let repository = try Repository(at: space.path)
    var body = body
    if body.kind != .genesis && body.repository == nil { body.repository = genesis }
    let record = try Record(body)
    for value in 0...100 { _ = try repository.write(.blob, Fixture.content(value)) }
    var grown = frontier
    grown.append(record.id)
    var plan = Plan(
      bytes: record.bytes, sequence: grown.size - 1, kind: body.kind.description,
      recordID: record.id, previous: previous, root: grown.root, before: frontier,
      parents: commits.suffix(1),
      seconds: body.recordedAt.seconds, entries: [],
      files: record.storedVersions.map {
        TreeObject.Entry(name: $0.name, mode: .regular, id: $0.version.git)
      })
    try alter(&plan, repository)
    try store(plan, in: repository)
    genesis = genesis ?? plan.recordID
  }

  private mutating func store(_ plan: Plan, in repository: borrowing Repository) throws {
    var entries = plan.entries
    if !entries.contains(where: { $0.name == "record.json" }) {
      let blob = try repository.write(.blob, plan.bytes)
      entries.append(.init(name: "record.json", mode: .regular, id: blob))
    }
    if !plan.files.isEmpty {
      let tree = try repository.write(.tree, TreeObject(plan.files).serialized)
      entries.append(.init(name: "files", mode: .directory, id: tree))
    }
    entries.removeAll { $0.id == .zero }
    let trailers = Trailers(
      sequence: plan.sequence, kind: plan.kind, record: plan.recordID, previous: plan.previous,
      root: plan.root)
    let who = CommitSignature(name: "f", email: "f", seconds: plan.seconds)
    let commit = CommitObject(
      tree: try repository.write(.tree, TreeObject(entries).serialized), parents: plan.parents,
      author: who, committer: who,
      message: plan.message ?? trailers.message(subject: plan.subject))
    let id = try repository.write(.commit, commit.serialized)
    let old = commits.last ?? .zero
    try repository.swapReference(AuditLog.reference, from: old, to: id, message: "forged")
    commits.append(id)
    frontier.append(plan.recordID)
    previous = plan.recordID
  }

  func verify() throws -> Verification { try Fixture.verify(space) }
}
