package import Git

/// What this clone remembers of the log (`trust.json`): a witness against rewinding it.
package struct Pin: Sendable {
  package let genesis: Digest
  package let tip: ObjectID
  package let sequence: Int
  package let root: Digest
  /// The right edge of the Merkle tree at the tip, so that the next append need not read the log.
  package let frontier: MerkleFrontier
  /// Fields that this version does not know; they are written back.
  let others: [CanonicalJSON.Member]

  static let fileName = "trust.json"
  /// Room for thousands of remotes.
  private static let sizeLimit = 1 << 20

  init(
    genesis: Digest, tip: ObjectID, sequence: Int, frontier: MerkleFrontier,
    others: [CanonicalJSON.Member] = []
  ) {
    self.genesis = genesis
    self.tip = tip
    self.sequence = sequence
    root = frontier.root
    self.frontier = frontier
    self.others = others
  }

  static func read(from directory: borrowing LogDirectory) throws(AuditError) -> Pin? {
    guard let bytes = try directory.read(fileName, limit: sizeLimit) else { return nil }
    do {
      guard let object = try CanonicalJSON(parsing: bytes).objectValue else {
        throw AuditError(.pinUnreadable, "not an object")
      }
      var fields = FieldReader(object, at: fileName)
      let version = try fields.integer("v")
      let genesis = try fields.digest("genesis")
      let tip = try fields.object("tip")
      let sequence = try fields.integer("seq").flatMap { Int(exactly: $0) }
      let root = try fields.text("root").flatMap { Digest(base64: $0) }
      let peaks = object["frontier"]?.arrayValue?.compactMap {
        $0.stringValue.flatMap { Digest(base64: $0) }
      }
      guard version == 1, let genesis, let tip, let sequence, sequence >= 0, let root, let peaks,
        let frontier = MerkleFrontier(size: sequence + 1, peaks: peaks), frontier.root == root
      else { throw AuditError(.pinUnreadable, "a field is missing or contradicts another") }
      return Pin(
        genesis: genesis, tip: tip, sequence: sequence, frontier: frontier,
        others: fields.rest.filter { !["root", "frontier"].contains($0.name) })
    } catch {
      throw AuditError(
        .pinUnreadable, "\(directory.path)/\(fileName) cannot be understood: \(error)",
        remedy: "compare the log with another clone, then delete the file")
    }
  }

  func write(to directory: borrowing LogDirectory, flushed: Bool) throws(AuditError) {
    let members: [CanonicalJSON.Member] = [
      .init("v", .integer(1)), .init("genesis", .string(genesis.description)),
      .init("tip", .string(tip.description)), .init("seq", .integer(Int64(sequence))),
      .init("root", .string(root.base64)),
      .init("frontier", .array(frontier.peaks.map { .string($0.base64) })),
    ]
    let value = CanonicalJSON.object(CanonicalJSON.Object(members + others))
    try directory.replace(Self.fileName, with: value.bytes + [UInt8(ascii: "\n")], flushed: flushed)
  }
}

extension AuditLog {
  /// What this clone remembers of the log; `nil` where it remembers nothing.
  ///
  /// - Throws: ``AuditError`` `pinUnreadable`, `storage`.
  package func pin() throws(AuditError) -> Pin? {
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: false) else { return nil }
    return try Pin.read(from: directory)
  }
}
