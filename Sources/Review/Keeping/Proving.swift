package import Audit
import Git

/// Writes proofs about the log for somebody who does not have it.
package struct Proving: Sendable {
  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// Shows that a record is in the log (C2SP tlog-proof).
  ///
  /// - Parameters:
  ///   - name: the record's number, its id, or the beginning of it.
  ///   - size: in the log of so many records; all of them where `nil`.
  package func inclusion(
    of name: String, in size: Int?, _ signer: RecordSigner?
  ) throws(Failure) -> String {
    let log = AuditLog(try RepositoryAccess.open(folder))
    let entry = try log.theEntry(named: name)
    return try proof(in: log, size, signer) { tree, size in
      tree.inclusionProof(index: entry.sequence, size: size).map {
        .inclusion(index: entry.sequence, hashes: $0)
      }
    }
  }

  /// Shows that the log continues the one of its first `old` records (as a C2SP witness is told).
  package func consistency(
    since old: Int, in size: Int?, _ signer: RecordSigner?
  ) throws(Failure) -> String {
    let log = AuditLog(try RepositoryAccess.open(folder))
    return try proof(in: log, size, signer) { tree, size in
      tree.consistencyProof(old: old, new: size).map { .consistency(old: old, hashes: $0) }
    }
  }

  /// The size that a note speaks of, after the log was found to continue it.
  package func size(of note: [UInt8]) throws(Failure) -> Int {
    let log = AuditLog(try RepositoryAccess.open(folder))
    do { return try log.ownCheckpoint(in: note).0.size } catch {
      throw Failure(
        "\(error.code.rawValue): \(error.description)", help: error.remedy,
        isTampering: [.rollback, .fork].contains(error.code))
    }
  }

  private func proof(
    in log: borrowing AuditLog, _ size: Int?, _ signer: RecordSigner?,
    _ make: (MerkleTree, Int) -> LogProof?
  ) throws(Failure) -> String {
    do throws(AuditError) {
      let leaves = try log.leaves()
      guard let genesis = leaves.first else {
        throw AuditError(
          .genesis, "there is no audit log yet", remedy: "`headgate record` begins one")
      }
      let size = size ?? leaves.count
      let tree = MerkleTree(leaves: leaves)
      guard size > 0, size <= leaves.count, let proof = make(tree, size) else {
        throw AuditError(
          .checkpoint, "the log has \(leaves.count) records: that is not in its first \(size)")
      }
      let checkpoint = Checkpoint(genesis: genesis, size: size, root: tree.root(size: size))
      return proof.text(with: try CheckpointMaking.note(of: checkpoint, signer).0)
    } catch {
      throw Failure(error)
    }
  }
}
