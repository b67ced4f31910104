package import Audit
package import Git
package import Syntax

/// Deletes texts that stand beside the log, and says so on the record.
package struct Redacting: Sendable {
  /// What was done.
  package struct Outcome: Sendable {
    package let recorded: Recorded
    /// The record that the texts belonged to.
    package let target: LogEntry
    package let fields: [String]
    /// The object that still lies in a pack of this clone; `nil` where it is gone.
    package let remaining: ObjectID?
    /// Whether the texts were in this clone at all.
    package let wereHere: Bool
  }

  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// Deletes the private texts of the record called `name`.
  ///
  /// - Throws: `Failure` when the record has none: what stands in the record itself cannot be
  ///   deleted without breaking every later record.
  package func redact(_ name: String, _ statement: Statement) throws(Failure) -> Outcome {
    let log = AuditLog(try RepositoryAccess.open(folder))
    let target = try log.theEntry(named: name)
    let fields = ["reason", "text", "ticket"].filter { target.record.isCommitment($0) }
    guard !fields.isEmpty else {
      throw Failure(
        "record \(target.sequence) holds its texts itself, and so does every copy of the log: "
          + "nothing can delete them without breaking the chain",
        help: "change the secret, and say so: headgate annotate \(target.sequence) '…'; "
          + "next time `record --private`, and git config audit.content hash")
    }
    let writer = try LogWriter(statement, in: log.repository)
    do throws(AuditError) {
      let prepared = try writer.prepare(
        writer.body(.redaction, details: .redaction(.init(of: target.id, fields: fields))),
        for: log)
      // Said first: a text that is gone without a word would look like a loss.
      let recorded = try writer.append(prepared, to: log)
      let wereHere = try log.privateTexts(of: target.id) != nil
      let remaining = try log.deletePrivateTexts(of: target.id)
      return Outcome(
        recorded: recorded, target: target, fields: fields, remaining: remaining,
        wereHere: wereHere)
    } catch {
      throw Failure(error)
    }
  }
}

extension Redacting.Outcome {
  /// As `audit redact --format json` prints it: fields may be added, never changed.
  package var json: JSON {
    .object(present: [
      ("id", .string(recorded.record.id.description)), ("seq", .number(recorded.sequence)),
      ("of", .string(target.id.description)), ("ofSeq", .number(target.sequence)),
      ("fields", .array(fields.map { .string($0) })),
      ("remaining", remaining.map { .string($0.description) }),
    ])
  }

  package var text: String {
    let what = fields.joined(separator: " and ")
    return "deleted \(what) of #\(target.sequence), recorded as #\(recorded.sequence)\n"
      + "id \(recorded.record.id)\n"
  }

  /// What is left to do.
  package var notes: [String] {
    var notes: [String] = []
    if let remaining {
      notes.append(
        "note: git keeps object \(remaining.short) in a pack until `git gc --prune=now`")
    }
    if !wereHere { notes.append("note: the texts were not in this clone") }
    notes.append("note: other clones that were given refs/audit/private have to delete theirs")
    return notes
  }
}

extension LogQuery {
  /// What a record only commits to, as far as this clone has it: lines for people.
  package func withheld(_ entry: LogEntry) throws(Failure) -> [(field: String, text: String?)] {
    let fields = ["reason", "ticket"].filter { entry.record.isCommitment($0) }
    guard !fields.isEmpty else { return [] }
    return try ask { log throws(AuditError) in
      let texts = try log.privateTexts(of: entry.id)
      return fields.map { field in
        let said = field == "reason" ? entry.record.body.reason : entry.record.body.ticket
        guard case .commitment(let commitment) = said else { return (field, nil) }
        return (field, texts?.text(of: field, committedTo: commitment))
      }
    }
  }
}
