package import Audit
import Findings
import Git

/// Turns governed changes into records of the audit log.
package struct Recorder: Sendable {
  /// Who records, when, and why.
  package struct Statement: Sendable {
    package let reason: String?
    package let ticket: String?
    package let now: Timestamp
    /// 16 random bytes for the record, and as many for the first record of a new log.
    package let nonce: [UInt8]
    package let genesisNonce: [UInt8]
    /// How the record comes about: `local`, or `ci:…`.
    package let via: String

    package init(
      reason: String?, ticket: String?, now: Timestamp, nonce: [UInt8], genesisNonce: [UInt8],
      via: String = "local"
    ) {
      self.reason = reason
      self.ticket = ticket
      self.now = now
      self.nonce = nonce
      self.genesisNonce = genesisNonce
      self.via = via
    }
  }

  /// A record that stands in the log.
  package struct Recorded: Sendable {
    package let record: Record
    package let sequence: Int
    /// Whether it stood there before.
    package let existed: Bool
    /// Settings that did not fit into the record; the files themselves are in the log whole.
    package let omittedSettings: Int
    /// What did not work beside the record, which is stored all the same.
    package let warning: String?
  }

  /// How far back a repeated `record` of the same commits is looked for: a CI job is retried soon
  /// or never.
  private static let recentRecords = 200

  /// Bytes that the settings of one record may take, which leaves room for everything else below 64
  /// KiB.
  private static let settingsLimit = 40_000

  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// Appends a record of `change`, once however often it is tried.
  ///
  /// - Throws: `Failure` when there is nothing to record, nobody to record it, or the log cannot be
  /// written.
  package func record(
    _ change: GovernedChange, _ statement: Statement
  ) throws(Failure) -> Recorded {
    guard !change.files.isEmpty else {
      throw Failure("no governed configuration file changed", help: "`headgate check` lists them")
    }
    let log = AuditLog(try RepositoryAccess.open(folder))
    do throws(AuditError) {
      if let existing = try recorded(change, in: log) { return existing }
    } catch {
      throw Failure(error)
    }
    let people = try people(of: change, in: log.repository)
    let (settings, omitted) = settings(of: change)
    do throws(AuditError) {
      let body = RecordBody(
        kind: .change, nonce: statement.nonce, recordedAt: statement.now,
        effectiveAt: people.effectiveAt ?? statement.now, actor: people.actor,
        recorder: Actor(id: people.recorder.id, via: statement.via),
        reason: statement.reason.map { .text($0) }, ticket: statement.ticket.map { .text($0) },
        commit: change.range.commit, base: change.range.base, files: try files(of: change),
        settings: settings, findings: try findings(of: change),
        others: omitted == 0
          ? [] : [CanonicalJSON.Member("settingsOmitted", .integer(Int64(omitted)))])
      let genesis = RecordBody(
        kind: .genesis, nonce: statement.genesisNonce, recordedAt: statement.now,
        actor: people.recorder, recorder: Actor(id: people.recorder.id, via: statement.via))
      let contents = change.files.flatMap { [$0.old, $0.new].compactMap { $0 } }
      let options = AppendOptions(
        now: statement.now, committer: people.committer, contents: contents)
      let appended = try log.append(body, startingWith: genesis, options: options)
      let entry = try log.entry(appended.commit)
      return Recorded(
        record: entry.record, sequence: appended.sequence, existed: appended.existed,
        omittedSettings: omitted, warning: appended.pinFailure?.description)
    } catch {
      throw Failure(error)
    }
  }

  /// The record of the same two commits, if it was made lately.
  private func recorded(
    _ change: GovernedChange, in log: borrowing AuditLog
  ) throws(AuditError) -> Recorded? {
    guard let commit = change.range.commit else { return nil }
    var found: Recorded?
    var visited = 0
    _ = try log.visitEntries { entry throws(AuditError) in
      visited += 1
      let body = entry.record.body
      if body.kind == .change, body.commit == commit, body.base == change.range.base {
        found = Recorded(
          record: entry.record, sequence: entry.sequence, existed: true, omittedSettings: 0,
          warning: nil)
      }
      return found == nil && visited < Self.recentRecords
    }
    return found
  }

  private func files(of change: GovernedChange) throws(AuditError) -> [FileChange] {
    var files: [FileChange] = []
    for file in change.files {
      files.append(
        FileChange(
          path: file.path, oldPath: file.oldPath, format: file.format,
          old: try version(file.old), new: try version(file.new)))
    }
    return files
  }

  private func version(_ bytes: [UInt8]?) throws(AuditError) -> FileVersion? {
    guard let bytes else { return nil }
    return try FileVersion(content: bytes)
  }

  /// The settings that fit, those with a vendor-neutral name first, in the order of the change.
  private func settings(of change: GovernedChange) -> ([SettingChange], omitted: Int) {
    let indices = Dictionary(
      change.files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let all = change.settings.map { difference in
      SettingChange(
        file: indices[difference.decidingFile] ?? indices[difference.path] ?? 0,
        key: difference.key, field: difference.field, resource: difference.resource,
        old: difference.old?.value, new: difference.new?.value, oldLine: difference.old?.line,
        newLine: difference.new?.line)
    }
    var room = Self.settingsLimit
    var kept: Set<Int> = []
    let ranked = all.indices.sorted {
      (all[$0].field == nil ? 1 : 0, $0) < (all[$1].field == nil ? 1 : 0, $1)
    }
    for index in ranked {
      room -= all[index].size
      if room < 0 { break }
      kept.insert(index)
    }
    return (all.indices.filter(kept.contains).map { all[$0] }, all.count - kept.count)
  }

  private func findings(of change: GovernedChange) throws(AuditError) -> FindingsSummary {
    let report = change.verdict.report
    return FindingsSummary(
      tool: Tool.version, policySHA256: Digest("sha256:" + report.policyDigest),
      errors: report.count(.error), warnings: report.count(.warning))
  }
}

extension ChangeRange {
  fileprivate var commit: ObjectID? { if case .commit(let id) = head { id } else { nil } }
}

extension SettingChange {
  /// An upper bound of the bytes in the record; a character may be escaped to six.
  fileprivate var size: Int {
    let texts = [key, field ?? "", resource ?? "", old ?? "", new ?? ""]
    return 120 + texts.reduce(0) { $0 + $1.utf8.count * 2 }
  }
}

extension Failure {
  /// The log's error, as commands print it.
  init(_ error: AuditError) {
    self.init("\(error.code.rawValue): \(error.description)", help: error.remedy)
  }
}
