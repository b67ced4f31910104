/// The machine-readable end of a log commit's message: a record's place in the chain.
///
/// It stands in the commit and not in the record, so that a record that lost a race can be put
/// elsewhere without touching what was signed.
package struct Trailers: Sendable, Hashable {
  /// Counts from 0, the genesis record.
  package let sequence: Int
  package let kind: String
  package let record: Digest
  /// The id of the record before; zero for the first one.
  package let previous: Digest
  /// The Merkle root over the ids of all records up to this one.
  package let root: Digest

  /// The version of the trailers that is written and understood.
  static let version = 1

  private static let labels = [
    "Audit-Version", "Audit-Seq", "Audit-Kind", "Audit-Record", "Audit-Prev", "Audit-Root",
  ]

  package init(sequence: Int, kind: String, record: Digest, previous: Digest, root: Digest) {
    self.sequence = sequence
    self.kind = kind
    self.record = record
    self.previous = previous
    self.root = root
  }

  /// The whole commit message.
  package func message(subject: String) -> [UInt8] {
    let values = [
      "\(Self.version)", "\(sequence)", kind, record.description, previous.description,
      root.base64,
    ]
    let lines = zip(Self.labels, values).map { "\($0): \($1)\n" }
    return Array((subject + "\n\n" + lines.joined()).utf8)
  }

  /// Parses the last paragraph of a message.
  ///
  /// The lines must be the known ones, each once and in order, spelled as we spell them, so that no
  /// other text in the message can pass for one.
  ///
  /// - Throws: ``AuditError`` `messageFormat`, `schemaNewer`.
  package init(message: [UInt8]) throws(AuditError) {
    guard message.last == UInt8(ascii: "\n"), message.allSatisfy({ $0 < 0x80 }) else {
      throw AuditError(.messageFormat, "message: not ASCII or without a last line feed")
    }
    let lines = message.dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let paragraph = lines.suffix(while: { !$0.isEmpty })
    guard paragraph.count < lines.count - 1 else {
      throw AuditError(.messageFormat, "message: no paragraph of trailers")
    }
    var values: [String] = []
    for (index, line) in paragraph.enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      let label = index < Self.labels.count ? Self.labels[index] + ": " : ""
      guard !label.isEmpty, text.hasPrefix(label) else {
        throw AuditError(.messageFormat, "message: unexpected trailer \(Subject.escaped(text))")
      }
      values.append(String(text.dropFirst(label.count)))
      // A newer version may have other trailers, so that it has to be recognised first.
      if index == 0 { try Self.check(version: values[0]) }
    }
    guard values.count == Self.labels.count else {
      throw AuditError(.messageFormat, "message: \(values.count) trailers instead of 6")
    }
    guard let sequence = Int(values[1]), sequence >= 0, String(sequence) == values[1],
      RecordKind(values[2]) != nil, let record = Digest(values[3]),
      let previous = Digest(values[4]), let root = Digest(base64: values[5])
    else { throw AuditError(.messageFormat, "message: malformed value of a trailer") }
    self.init(
      sequence: sequence, kind: values[2], record: record, previous: previous, root: root)
  }

  private static func check(version text: String) throws(AuditError) {
    guard let version = Int(text), version >= 1, String(version) == text else {
      throw AuditError(.messageFormat, "message: malformed Audit-Version")
    }
    guard version <= Self.version else {
      throw AuditError(
        .schemaNewer, "message: Audit-Version \(version), this program knows \(Self.version)",
        remedy: "use a newer version of headgate")
    }
  }
}

extension BidirectionalCollection {
  /// The longest end of which every element satisfies `predicate`.
  fileprivate func suffix(while predicate: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, predicate(self[index(before: start)]) { formIndex(before: &start) }
    return self[start...]
  }
}
