/// Shows with a few hashes that a record is in a log, or that one log continues another.
package enum LogProof: Sendable {
  /// A record stands at this place (C2SP tlog-proof).
  case inclusion(index: Int, hashes: [Digest])
  /// The first so many records are a beginning of the checkpoint's (as a C2SP witness is asked).
  case consistency(old: Int, hashes: [Digest])

  private static let header = "c2sp.org/tlog-proof@v1"
  /// A tree of 2^64 leaves needs no more.
  private static let hashLimit = 130

  /// The proof with the checkpoint that it leads to.
  package func text(with checkpoint: SignedNote) -> String {
    let (head, hashes) =
      switch self {
      case .inclusion(let index, let hashes): ("\(Self.header)\nindex \(index)\n", hashes)
      case .consistency(let old, let hashes): ("old \(old)\n", hashes)
      }
    return head + hashes.map { $0.base64 + "\n" }.joined() + "\n" + checkpoint.description
  }

  /// Reads a proof of either kind.
  ///
  /// - Returns: `nil` where it is none.
  package static func read(_ bytes: [UInt8]) -> (proof: LogProof, checkpoint: SignedNote)? {
    guard bytes.count <= SignedNote.sizeLimit,
      let end = bytes.firstRange(of: Array("\n\n".utf8)),
      let note = SignedNote(Array(bytes[end.upperBound...]))
    else { return nil }
    var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\n")[
      ...]
    var word = "old "
    if lines.first == Self.header[...] {
      lines = lines.dropFirst()
      // What stands there is not proved by anything.
      if lines.first?.hasPrefix("extra ") == true { lines = lines.dropFirst() }
      word = "index "
    }
    guard let first = lines.popFirst(), first.hasPrefix(word),
      let number = Int(first.dropFirst(word.count)), number >= 0,
      first == word + String(number), lines.count <= Self.hashLimit
    else { return nil }
    let hashes = lines.compactMap { Digest(base64: String($0)) }
    guard hashes.count == lines.count else { return nil }
    return (
      word == "old "
        ? .consistency(old: number, hashes: hashes)
        : .inclusion(index: number, hashes: hashes), note
    )
  }
}

extension AuditLog {
  /// The ids of all records in their order, read from the commits' messages.
  ///
  /// - Throws: ``AuditError`` `shallow` where the log is cut off, `rootMismatch` where they do not
  ///   give the root that the newest commit states.
  package func leaves() throws(AuditError) -> [Digest] {
    guard let tip = try tip() else { return [] }
    var found: [Digest] = []
    var root: Digest?
    let isComplete = try visit(from: tip) { commit throws(AuditError) in
      if root == nil { root = commit.trailers.root }
      found.append(commit.trailers.record)
      return true
    }
    guard isComplete else {
      throw AuditError(
        .shallow, "the log is cut off in this shallow clone, so that nothing can be proved",
        remedy: "git fetch --unshallow, or fetch \(AuditLog.reference) whole")
    }
    found.reverse()
    guard MerkleTree(leaves: found).root(size: found.count) == root else {
      throw AuditError(
        .rootMismatch, "the root of the newest record does not follow from the records",
        remedy: "headgate audit verify --full")
    }
    return found
  }
}
