import Audit
import Findings
import Git

/// Turns governed changes into records of the audit log.
package struct Recorder: Sendable {
  /// How far back a repeated `record` of the same change is looked for: a CI job is retried, and
  /// what was recorded before its commit is committed, soon or never.
  private static let recentRecords = 200

  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// Appends a record of `change`, once however often it is tried.
  ///
  /// - Parameter isEmergency: whether the change goes first and is approved afterwards.
  /// - Throws: `Failure` when there is nothing to record, nobody to record it, or the log cannot be
  /// written.
  package func record(
    _ change: GovernedChange, _ statement: Statement, isEmergency: Bool = false
  ) throws(Failure) -> Recorded {
    guard !change.files.isEmpty else {
      throw Failure("no governed configuration file changed", help: "`headgate check` lists them")
    }
    let log = AuditLog(try RepositoryAccess.open(folder))
    let content = RecordedContent(change.files, change.settings)
    let keepsContent = try log.repository.keepsContent()
    let files: [FileChange]
    do throws(AuditError) {
      files = try content.files(keepsContent: keepsContent)
      if let existing = try recorded(change, files, in: log) { return existing }
    } catch {
      throw Failure(error)
    }
    let writer = try LogWriter(statement, in: log.repository)
    let (actor, authors, effectiveAt) = try writer.makers(of: change.range, in: log.repository)
    var emergency: Emergency?
    if isEmergency {
      let rules = try ApprovalsInForce.rules(at: change.range.base, in: log.repository) ?? .none
      emergency = Emergency(
        due: statement.now.advanced(bySeconds: Int64(rules.emergencyHours) * 3_600))
    }
    do throws(AuditError) {
      var body = writer.body(.change)
      body.actor = actor
      body.authors = authors
      body.emergency = emergency
      body.effectiveAt = effectiveAt
      body.commit = change.range.commit
      body.base = change.range.base
      body.files = files
      body.settings = content.settings
      body.findings = try findings(of: change)
      body.others = content.remark
      let contents =
        keepsContent ? change.files.flatMap { [$0.old, $0.new].compactMap { $0 } } : []
      let prepared = try writer.prepare(body, for: log)
      var recorded = try writer.append(prepared, contents: contents, to: log)
      recorded.omittedSettings = content.omitted
      return recorded
    } catch {
      throw Failure(error)
    }
  }

  /// The record of the same change, if it was made lately: of the same two commits, or of the same
  /// contents, which an amended commit has, and one that was recorded before it was made.
  ///
  /// Of each file only its last record counts: who takes a change back and makes it anew has made
  /// it twice.
  private func recorded(
    _ change: GovernedChange, _ files: [FileChange], in log: borrowing AuditLog
  ) throws(AuditError) -> Recorded? {
    let paths = Set(files.flatMap { [$0.path, $0.oldPath].compactMap { $0 } })
    let steps = Set(files.map(\.step))
    var found: Recorded?
    var isOvertaken = false
    var visited = 0
    _ = try log.visitEntries { entry throws(AuditError) in
      visited += 1
      let body = entry.record.body
      guard body.kind == .change || body.kind == .imported else {
        return visited < Self.recentRecords
      }
      let isSameRange =
        change.range.commit != nil && body.commit == change.range.commit
        && body.base == change.range.base
      let isSameContent = !isOvertaken && Set(body.files.map(\.step)) == steps
      if isSameRange || isSameContent {
        found = Recorded(
          record: entry.record, sequence: entry.sequence, existed: true,
          isSigned: entry.signature != nil, warning: nil)
      }
      isOvertaken =
        isOvertaken
        || body.files.contains { paths.contains($0.path) || paths.contains($0.oldPath ?? "") }
      return found == nil && visited < Self.recentRecords
    }
    return found
  }

  private func findings(of change: GovernedChange) throws(AuditError) -> FindingsSummary {
    let report = change.verdict.report
    return FindingsSummary(
      tool: Tool.version, policySHA256: Digest("sha256:" + report.policyDigest),
      errors: report.count(.error), warnings: report.count(.warning))
  }
}

extension FileChange {
  /// From which content of which file to which.
  fileprivate var step: [String?] { [path, oldPath, old?.git.description, new?.git.description] }
}

extension ChangeRange {
  fileprivate var commit: ObjectID? { if case .commit(let id) = head { id } else { nil } }
}

extension Failure {
  /// The log's error, as commands print it.
  init(_ error: AuditError) {
    self.init("\(error.code.rawValue): \(error.description)", help: error.remedy)
  }
}
