package import Audit
import Findings
package import Syntax

extension Reviewer.Given {
  /// The opinion as `approve --format json` prints it: fields may be added, never changed.
  package var json: JSON {
    let body = recorded.record.body
    return .object(present: [
      ("id", .string(recorded.record.id.description)), ("seq", .number(recorded.sequence)),
      ("existed", .bool(recorded.existed)), ("kind", .string(body.kind.description)),
      ("time", .string(body.recordedAt.description)), ("actor", .string(body.actor.id)),
      ("signed", .bool(recorded.isSigned)),
      ("reason", (body.reason?.text).map { .string($0) }),
      ("ticket", (body.ticket?.text).map { .string($0) }),
      ("of", .string(change.id.description)), ("ofSeq", .number(change.sequence)),
      ("files", .array(change.record.body.files.map { .string($0.path) })),
      ("review", review.json),
    ])
  }

  /// What was said about what, and what that means for the change.
  package var text: String {
    let body = recorded.record.body
    let verb = recorded.existed ? "already" : body.kind == .approval ? "approved" : "rejected"
    let what =
      recorded.existed ? "\(verb) \(body.kind == .approval ? "approved" : "rejected")" : verb
    return "\(what) #\(change.sequence) as #\(recorded.sequence)"
      + "\(recorded.isSigned ? ", signed" : ""): \(review.summary)\n"
      + "id \(recorded.record.id)\n"
  }
}

extension Review {
  /// The review as commands print it: fields may be added, never changed.
  package var json: JSON {
    .object(present: [
      ("status", .string(status.rawValue)), ("required", .number(required)),
      ("approvals", .number(approvals)), ("due", due.map { .string($0.description) }),
      ("late", isLate ? .bool(true) : nil),
      (
        "opinions",
        .array(
          opinions.map { opinion in
            .object(present: [
              ("id", .string(opinion.record.description)), ("seq", .number(opinion.sequence)),
              ("actor", .string(opinion.person)),
              ("kind", .string(opinion.isApproval ? "approval" : "rejection")),
              ("time", .string(opinion.time.description)), ("signed", .bool(opinion.isSigned)),
              ("counts", .bool(opinion.worth == .counts)), ("refused", opinion.refusal),
            ])
          })
      ),
    ])
  }

  /// One line for people.
  package var summary: String {
    let count = "\(approvals) of \(required) approvals"
    return switch status {
    case .approved: isLate ? "approved after it was due" : "approved"
    case .notRequired: "no approval is required"
    case .pending: "\(count)"
    case .rejected: "rejected"
    case .expired: "the approvals have expired"
    case .emergency: "\(count), due \(due?.short ?? "")"
    case .overdue: "\(count), overdue since \(due?.short ?? "")"
    }
  }
}

extension Review.Opinion {
  fileprivate var refusal: JSON? {
    guard case .refused(let code, let reason) = worth else { return nil }
    return .string("\(code.rawValue): \(reason)")
  }
}

extension Recorded {
  /// A record of any kind in short, as `annotate --format json` prints it.
  package var shortJSON: JSON {
    let body = record.body
    return .object(present: [
      ("id", .string(record.id.description)), ("seq", .number(sequence)),
      ("existed", .bool(existed)), ("kind", .string(body.kind.description)),
      ("time", .string(body.recordedAt.description)), ("actor", .string(body.actor.id)),
      ("signed", .bool(isSigned)), ("reason", (body.reason?.text).map { .string($0) }),
      ("ticket", (body.ticket?.text).map { .string($0) }),
    ])
  }

  package var shortText: String {
    "recorded \(record.body.kind) as #\(sequence)\(isSigned ? ", signed" : "")\nid \(record.id)\n"
  }
}

extension KeyLedger.Key {
  /// A line for people.
  package func text(color: Bool) -> String {
    let end = revoked.map { ", revoked by #\($0)" } ?? ""
    let roles = roles.isEmpty ? "" : "  \(roles.sorted().joined(separator: ", "))"
    return "\(TerminalText.safe(principal))  \(fingerprint)\(roles)  added by #\(added)\(end)\n"
  }
}
