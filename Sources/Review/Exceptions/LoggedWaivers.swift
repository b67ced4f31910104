package import Audit
import Git
package import Policy
import Syntax

/// The waivers of a repository's audit log.
///
/// A check may not pay for the start of libgit2 only to learn that there is no log, so that its
/// reference is looked for by plain reads; what the log says is kept in a file beside it, under the
/// name of the log's tip. A gate reads the log itself.
package struct LoggedWaivers: Sendable {
  /// One waiver as the log has it.
  struct Entry: Sendable, Hashable {
    let id: String
    let waiver: RecordDetails.Waiver
    let reason: String
    let ticket: String?
    /// Who recorded it.
    let actor: String
  }

  let entries: [Entry]

  /// The waivers of the log around `folder`; none where there is no log.
  ///
  /// - Throws: `Failure` when there is a log and it cannot be read.
  package init(around folder: String) throws(Failure) {
    guard let directory = GitDirectory(around: folder),
      let tip = directory.reference(AuditLog.reference)
    else {
      entries = []
      return
    }
    let cache = WaiverCache(directory: directory.common)
    let known = cache.read()
    if let known, known.tip == tip {
      entries = known.entries
      return
    }
    let found = try Self.walk(folder, after: known)
    entries = found.entries
    cache.write(found)
  }

  /// The waivers of the log, read record by record.
  ///
  /// - Throws: `Failure` when it cannot be read.
  package init(reading folder: String) throws(Failure) {
    entries = try Self.walk(folder, after: nil).entries
  }

  /// What the log says down to what was known of it, which is most of it after the first time.
  private static func walk(
    _ folder: String, after known: WaiverCache.Content?
  ) throws(Failure) -> WaiverCache.Content {
    let log = AuditLog(try RepositoryAccess.open(folder))
    do throws(AuditError) {
      var found: [Entry] = []
      var superseded: Set<String> = []
      var isJoined = false
      let tip = try log.tip()?.description ?? ""
      _ = try log.visitEntries { entry throws(AuditError) in
        if entry.commit.description == known?.tip {
          isJoined = true
          return false
        }
        if case .waiver(let waiver) = entry.record.body.details {
          superseded.formUnion(waiver.supersedes.map(\.description))
          found.append(Entry(entry, waiver))
        }
        return true
      }
      let all = found + (isJoined ? known?.entries ?? [] : [])
      return WaiverCache.Content(tip: tip, entries: all.filter { !superseded.contains($0.id) })
    } catch {
      throw Failure(error)
    }
  }

  /// The waivers as they count at `now`.
  ///
  /// - Parameter isTrusted: whether a waiver of this person counts here.
  package func waivers(
    at now: Timestamp, from isTrusted: (String) -> Bool = { _ in true }
  ) -> [Policy.Waiver] {
    entries.compactMap { entry in
      let waiver = entry.waiver
      guard waiver.expires > waiver.granted, isTrusted(entry.actor),
        let path = Glob(waiver.path)
      else { return nil }
      return Policy.Waiver(
        rule: waiver.rule, path: path, resource: waiver.resource,
        fingerprint: waiver.fingerprint, reason: entry.reason, owner: waiver.owner,
        ticket: entry.ticket, expires: String(waiver.expires.description.prefix(10)),
        isExpired: waiver.expires < now)
    }
  }
}

extension LoggedWaivers.Entry {
  fileprivate init(_ entry: LogEntry, _ waiver: RecordDetails.Waiver) {
    let body = entry.record.body
    id = entry.id.description
    self.waiver = waiver
    reason = body.reason?.text ?? "(its reason is not in the log)"
    ticket = body.ticket?.text
    actor = body.actor.id
  }
}
