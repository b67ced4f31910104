package import Audit
import Git
package import Syntax

/// Makes checkpoints of the log, and compares them with what it became.
package struct CheckpointMaking: Sendable {
  /// A checkpoint and what was done with it.
  package struct Made: Sendable {
    package let checkpoint: Checkpoint
    package let note: SignedNote
    /// The key in the form that programs for notes take; `nil` where nobody signed.
    package let verifierKey: String?
    /// `nil` where it was only printed.
    package let recorded: Recorded?
  }

  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// A checkpoint of the log as it is, put on record unless `isPrinted` only.
  ///
  /// - Parameter witness: a note of this log that others signed: it is recorded with theirs.
  /// - Throws: `Failure` where there is no log, or the note is not one of this log's.
  package func make(
    _ statement: Statement, isPrinted: Bool, witness: [UInt8]? = nil
  ) throws(Failure) -> Made {
    let log = AuditLog(try RepositoryAccess.open(folder))
    do throws(AuditError) {
      guard let place = try log.place() else {
        throw AuditError(
          .genesis, "there is no audit log yet", remedy: "`headgate record` begins one")
      }
      let checkpoint: Checkpoint
      let note: SignedNote
      var key: NoteKey?
      if let witness {
        (checkpoint, note) = try log.ownCheckpoint(in: witness)
      } else {
        checkpoint = Checkpoint(
          genesis: place.genesis, size: place.frontier.size, root: place.root)
        (note, key) = try Self.note(of: checkpoint, statement.signer)
      }
      let recorded =
        isPrinted
        ? nil : try append(checkpoint, witness == nil ? nil : note, statement, to: log)
      return Made(
        checkpoint: checkpoint, note: note, verifierKey: key?.verifierKey, recorded: recorded)
    } catch {
      throw Failure(error)
    }
  }

  /// The signed note of a checkpoint; without a signer one that nobody stands for.
  static func note(
    of checkpoint: Checkpoint, _ signer: RecordSigner?
  ) throws(AuditError) -> (SignedNote, NoteKey?) {
    guard let signer else { return (SignedNote(text: checkpoint.text, signatures: []), nil) }
    let (note, key) = try signer.sign(note: checkpoint.text, as: checkpoint.origin)
    return (note, key)
  }

  private func append(
    _ checkpoint: Checkpoint, _ witness: SignedNote?, _ statement: Statement,
    to log: borrowing AuditLog
  ) throws(AuditError) -> Recorded {
    let writer: LogWriter
    do throws(Failure) { writer = try LogWriter(statement, in: log.repository) } catch {
      throw AuditError(.storage, error.message, remedy: error.help)
    }
    let details = RecordDetails.checkpoint(
      .init(size: checkpoint.size, root: checkpoint.root, witness: witness?.description))
    return try writer.append(
      writer.prepare(writer.body(.checkpoint, details: details), for: log), to: log)
  }
}

extension CheckpointMaking.Made {
  /// As `audit checkpoint --format json` prints it: fields may be added, never changed.
  package var json: JSON {
    .object(present: [
      ("id", recorded.map { .string($0.record.id.description) }),
      ("seq", recorded.map { .number($0.sequence) }),
      ("origin", .string(checkpoint.origin)), ("size", .number(checkpoint.size)),
      ("root", .string(checkpoint.root.base64)), ("note", .string(note.description)),
      ("verifierKey", verifierKey.map { .string($0) }),
    ])
  }
}
