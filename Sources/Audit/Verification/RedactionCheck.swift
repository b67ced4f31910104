/// Looks, while the log is walked from its end, whether what redactions say is gone can be gone.
struct RedactionCheck {
  /// Redactions by the records that they are about, which stand before them.
  private var awaited: [Digest: [(sequence: Int?, fields: [String])]] = [:]

  /// Takes in the record before all that were taken in.
  mutating func note(_ record: Record, at sequence: Int?) -> [AuditProblem] {
    if case .redaction(let redaction) = record.body.details {
      awaited[redaction.of, default: []].append((sequence, redaction.fields))
    }
    guard let redactions = awaited.removeValue(forKey: record.id) else { return [] }
    return redactions.flatMap { redaction in
      redaction.fields.compactMap { field in
        guard !record.isCommitment(field) else { return nil }
        return AuditProblem(
          .redaction, at: redaction.sequence,
          "\(Subject.escaped(field)) of \(record.id) stands in that record itself")
      }
    }
  }

  /// Redactions of records that are not there, once the whole log was seen.
  var problems: [AuditProblem] {
    awaited.flatMap { id, redactions in
      redactions.map { AuditProblem(.redaction, at: $0.sequence, "no record before it is \(id)") }
    }
  }
}

extension Record {
  /// Whether the record only commits to a text of its own that is kept elsewhere.
  package func isCommitment(_ field: String) -> Bool {
    let text: FreeText? =
      switch field {
      case "reason": body.reason
      case "ticket": body.ticket
      case "text":
        if case .annotation(let annotation) = body.details { annotation.text } else { nil }
      default: nil
      }
    if case .commitment = text { return true }
    return false
  }
}
