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
    let isSigned: Bool
    /// Why its maker cannot be believed, by the keys in force where it stands.
    let refusal: String?
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
      let tip = try log.tip()?.description ?? ""
      if let known, try !log.hasWaivers(after: known.tip) {
        return WaiverCache.Content(tip: tip, entries: known.entries)
      }
      return WaiverCache.Content(tip: tip, entries: try log.waiverEntries())
    } catch {
      throw Failure(error)
    }
  }

  /// The waivers as they count at `now`.
  ///
  /// - Parameters:
  ///   - mustBeSigned: whether an unsigned waiver counts for nothing.
  ///   - objection: why a waiver of this person does not count here; `nil` where it does.
  package func waivers(
    at now: Timestamp, mustBeSigned: Bool = false, objection: (String) -> String? = { _ in nil }
  ) -> [Policy.Waiver] {
    entries.compactMap { entry in
      let waiver = entry.waiver
      guard waiver.expires > waiver.granted, let path = Glob(waiver.path) else { return nil }
      var refusal = entry.refusal ?? objection(entry.actor)
      if refusal == nil, mustBeSigned, !entry.isSigned { refusal = "it is not signed" }
      let last = waiver.granted.advanced(bySeconds: Waiving.dayLimit * 86_400)
      if refusal == nil, waiver.expires > last {
        refusal = "it holds for more than a year"
      }
      return Policy.Waiver(
        rule: waiver.rule, path: path, resource: waiver.resource,
        fingerprint: waiver.fingerprint, reason: entry.reason, owner: waiver.owner,
        ticket: entry.ticket, expires: String(waiver.expires.description.prefix(10)),
        isExpired: waiver.expires < now, refusal: refusal)
    }
  }
}

extension AuditLog {
  /// Whether a waiver was recorded after the log ended in `tip`.
  fileprivate func hasWaivers(after tip: String) throws(AuditError) -> Bool {
    var (isFound, isJoined) = (false, false)
    _ = try visitEntries { entry throws(AuditError) in
      isJoined = entry.commit.description == tip
      isFound = !isJoined && entry.record.body.kind == .waiver
      return !isJoined && !isFound
    }
    // A log that does not contain what was known of it is another one.
    return isFound || !isJoined
  }

  /// All waivers that no later one replaces, judged by the keys where they stand.
  fileprivate func waiverEntries() throws(AuditError) -> [LoggedWaivers.Entry] {
    let kinds = Set([RecordKind.genesis, .keyAdd, .keyRevoke, .waiver].map(\.description))
    var records: [LogEntry] = []
    let isComplete = try visitEntries(where: { kinds.contains($0.kind) }) {
      entry throws(AuditError) in
      records.append(entry)
      return true
    }
    var keys = KeyLedger()
    var superseded: Set<String> = []
    var found: [LoggedWaivers.Entry] = []
    for entry in records.reversed() {
      let record = ReviewedRecord(entry)
      guard case .waiver(let waiver) = entry.record.body.details else {
        keys.add(record)
        continue
      }
      // In a shallow clone keys may be missing, and nobody can be judged by them.
      let refusal = isComplete ? Self.refusal(of: record, keys) : nil
      if refusal == nil { superseded.formUnion(waiver.supersedes.map(\.description)) }
      found.append(LoggedWaivers.Entry(entry, waiver, refusal))
    }
    return found.filter { !superseded.contains($0.id) }
  }

  private static func refusal(of record: ReviewedRecord, _ keys: KeyLedger) -> String? {
    switch keys.standing(of: record) {
    case .verified: nil
    // Otherwise anybody could waive in the name of somebody who signs.
    case .unsigned:
      keys.holdsKey(Identity(record.actor.id))
        ? "\(record.actor.id) has a key and did not sign" : nil
    case .refused(let code, let why):
      // Before the first key nobody's can be known.
      code == .keyUnknown && keys.keys.isEmpty ? nil : why
    }
  }
}

extension LoggedWaivers.Entry {
  fileprivate init(_ entry: LogEntry, _ waiver: RecordDetails.Waiver, _ refusal: String?) {
    let body = entry.record.body
    id = entry.id.description
    // Its time is when it was recorded, whatever else it says.
    self.waiver = waiver.granted(at: body.recordedAt)
    reason = body.reason?.text ?? "(its reason is not in the log)"
    ticket = body.ticket?.text
    actor = body.actor.id
    isSigned = entry.signature != nil
    self.refusal = refusal
  }
}

extension RecordDetails.Waiver {
  fileprivate func granted(at time: Timestamp) -> Self {
    Self(
      rule: rule, path: path, resource: resource, fingerprint: fingerprint, owner: owner,
      granted: time, expires: expires)
  }
}
