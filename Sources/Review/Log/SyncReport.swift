package import Audit
import Findings
import Git
package import Syntax

extension LogQuery {
  /// Brings this clone's log and a remote's together.
  ///
  /// - Parameters:
  ///   - remote: a configured remote; `nil` takes `origin`.
  ///   - environment: the variables for the git program, each as `NAME=value`.
  package func synchronize(
    with remote: String?, pushes: Bool, adopts: Bool, now: Timestamp, environment: [String]
  ) throws(Failure) -> SyncReport {
    let name = remote ?? "origin"
    let outcome = try ask { log throws(AuditError) in
      let repository: Remote
      var options = SyncOptions(now: now, pushes: pushes, adopts: adopts)
      do throws(GitError) {
        repository = try Remote(
          name, of: log.repository, git: GitExecutable(environment: environment))
        if let reference = try log.repository.configuration("audit.remoteRef") {
          options.remoteReference = reference
        }
      } catch { throw AuditError(.storage, error.description, remedy: error.remedy) }
      let result = Result { () throws(AuditError) in
        try log.synchronize(with: repository, options: options)
      }
      Maintenance(repository.git).startIfDue(in: log, now: now)
      return result
    }
    let result: SyncResult
    do { result = try outcome.get() } catch {
      throw Failure(
        "\(error.code.rawValue): \(error.description)", help: error.remedy,
        isTampering: error.code.severity == .tampered)
    }
    return SyncReport(remote: name, result: result)
  }
}

/// What a synchronisation did, for people and programs.
package struct SyncReport: Sendable {
  let remote: String
  let result: SyncResult

  /// Fields may be added, never changed.
  package var json: JSON {
    [
      "remote": .string(remote), "records": .number(result.records),
      "received": .number(result.received), "sent": .number(result.sent),
      "moved": .number(result.moved), "adopted": .number(result.adopted),
      "tip": result.tip.map { .string($0.description) } ?? nil,
    ]
  }

  package var text: String {
    let name = TerminalText.safe(remote)
    guard result.records > 0 else { return "neither here nor at \(name) is there a log yet\n" }
    var parts: [String] = []
    if result.received > 0 { parts.append("\(result.received) received") }
    if result.sent > 0 { parts.append("\(result.sent) sent") }
    if result.adopted > 0 { parts.append("\(result.adopted) recorded anew") }
    if result.moved > 0 { parts.append("\(result.moved) put behind others that came first") }
    let what = parts.isEmpty ? "nothing new on either side" : parts.joined(separator: ", ")
    let records = result.records == 1 ? "1 record" : "\(result.records) records"
    return "\(name): \(what); \(records)\n"
  }
}
