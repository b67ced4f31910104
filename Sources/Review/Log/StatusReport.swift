package import Audit
import Findings
import Git
package import Syntax

/// What somebody has still to do about the log: reviews, waivers, changes without a record.
package struct StatusReport: Sendable {
  /// Changes whose review is open, newest first.
  let reviews: [ReviewedChange]
  /// Waivers that ran out and that nothing replaced, newest first.
  let expired: [LogEntry]
  /// Whether every commit that touched governed files has a record.
  let population: Population
  /// Records in the log.
  let records: Int
}

extension LogQuery {
  /// - Parameters:
  ///   - now: for what is due and what has expired.
  ///   - limit: so many changes are looked at, from the newest on.
  ///   - products: versions given on the command line, `NAME=VERSION`.
  package func status(
    at now: Timestamp, limit: Int, products: [String]
  ) throws(Failure) -> StatusReport {
    let reviews = try reviews(at: now, limit: limit)
    let (expired, newest) = try asking { asking throws(AuditError) in
      let waivers = try asking.waivers()
      let newest = try asking.records(limit: 1).values.first
      return (waivers.filter { $0.hasExpired(at: now) }, newest)
    }
    return StatusReport(
      reviews: reviews, expired: expired,
      population: try Population(of: self, products: products),
      records: newest.map { $0.sequence + 1 } ?? 0)
  }
}

extension LogEntry {
  fileprivate func hasExpired(at now: Timestamp) -> Bool {
    guard case .waiver(let waiver) = record.body.details else { return false }
    // One that ends when it begins only takes others back.
    return waiver.expires <= now && waiver.expires > waiver.granted
  }
}

extension StatusReport {
  /// Everything open as one list; fields may be added, never changed.
  package var json: JSON {
    .array(
      reviews.map { change in
        change.entry.json(
          adding: [
            ("problem", .string(change.review.status.rawValue)),
            ("required", .number(change.review.required)),
            ("approvals", .number(change.review.approvals)),
            ("due", change.review.due.map { .string($0.description) }),
          ])
      }
        + expired.map { entry in
          guard case .waiver(let waiver) = entry.record.body.details else { return entry.json }
          return entry.json(
            adding: [
              ("problem", "waiver-expired"), ("rule", .string(waiver.rule)),
              ("scope", .string(waiver.path)), ("owner", .string(waiver.owner)),
              ("expires", .string(waiver.expires.description)),
            ])
        }
        + population.unrecorded.map { commit in
          .object(present: [
            ("problem", "unrecorded"), ("commit", .string(commit.id.description)),
            ("time", .string(Timestamp(milliseconds: commit.seconds * 1_000).description)),
            ("actor", .string("user:" + commit.author)),
            ("path", commit.paths.first.map { .string($0) }),
            ("files", .array(commit.paths.map { .string($0) })),
            ("reason", .string(commit.summary)),
          ])
        })
  }

  package var isEmpty: Bool {
    reviews.isEmpty && expired.isEmpty && population.unrecorded.isEmpty
  }

  package func text(color: Bool) -> String {
    let ink = LogInk(isOn: color)
    var lines: [String] = []
    for change in reviews {
      let body = change.entry.record.body
      let review = change.review
      let due = review.due.map { ", due \($0.short)" } ?? ""
      lines.append(
        "\(ink.bold(review.status.rawValue)) \(safe(change.entry.label))  "
          + "\(review.approvals) of \(review.required) agreed\(due)  "
          + "\(safe(body.actor.id))  \(body.time.short)  \(safe(body.files.first?.path ?? ""))")
      if let reason = body.reason?.text { lines.append("  \(safe(reason))") }
      if review.status == .pending || review.status == .overdue {
        lines.append(
          ink.dim(
            "  headgate approve \(change.entry.sequence)"
              + (change.entry.origin.name.map { ", in \(safe($0))" } ?? "")))
      }
    }
    for entry in expired {
      guard case .waiver(let waiver) = entry.record.body.details else { continue }
      lines.append(
        "\(ink.bold("waiver expired")) \(safe(entry.label))  \(safe(waiver.rule)) "
          + "\(safe(waiver.path))  \(waiver.expires.short)  \(safe(waiver.owner))")
    }
    for commit in population.unrecorded {
      lines.append(
        "\(ink.bold("unrecorded")) \(commit.id.short)  \(safe(commit.author))  "
          + "\(Timestamp(milliseconds: commit.seconds * 1_000).short)  "
          + commit.paths.prefix(3).map(safe).joined(separator: ", "))
      lines.append(ink.dim("  headgate record --head \(commit.id.short) --reason '…'"))
    }
    lines.append(population.sentence)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension LogEntry {
  /// The record with what a report says of it.
  func json(adding members: [(String, JSON?)]) -> JSON {
    guard case .object(let own) = json, case .object(let others) = JSON.object(present: members)
    else { return json }
    return .object(own + others)
  }
}

private func safe(_ text: String) -> String { TerminalText.safe(text) }
