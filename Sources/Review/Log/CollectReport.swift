package import Audit
import Findings
import Git
package import Syntax

/// What collecting the logs of many repositories did, for people and programs.
package struct CollectReport: Sendable {
  let logs: [CollectedLog]
  /// What went into a database; `nil` where none was asked for.
  let published: Published?

  /// Whether every repository could be asked and had nothing to refuse.
  package var isComplete: Bool { logs.allSatisfy { $0.problem == nil } }

  /// Whether a repository's log was rewound, forked or altered.
  package var isTampered: Bool { logs.contains { $0.problem?.code.severity == .tampered } }
}

extension LogQuery {
  /// Collects the logs of the repositories at `addresses`, and of all that were collected before.
  ///
  /// - Parameters:
  ///   - id: names the collection where it is begun now.
  ///   - environment: the variables for the git program, each as `NAME=value`.
  package func collect(
    _ addresses: [CollectedAddress], id: String, now: Timestamp, environment: [String]
  ) throws(Failure) -> CollectReport {
    let git = GitExecutable(environment: environment)
    let repository = try Self.collection(folder, git)
    do throws(AuditError) {
      let logs = try AuditLog.collect(
        addresses, into: repository, git: git, CollectingOptions(id: id, now: now))
      guard let collection = try LogCollection.read(in: repository) else {
        return CollectReport(logs: logs, published: nil)
      }
      let log = AuditLog(try reopened(repository), collection)
      let index = try LogIndex.current(of: log)
      guard let database else { return CollectReport(logs: logs, published: nil) }
      let published = try index.publish(from: log, collection: collection.id, to: database)
      return CollectReport(logs: logs, published: published)
    } catch { throw Failure(error) }
  }

  /// The lines of a file that names repositories; empty ones and remarks behind `#` are left out.
  package static func repositories(listedIn file: String) throws(Failure) -> [String] {
    try WorkTree.readFile(file).bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
      let text = line.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
      guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
      return String(decoding: text, as: UTF8.self)
    }
  }

  private func reopened(_ repository: borrowing Repository) throws(AuditError) -> Repository {
    do { return try repository.reopened() } catch { throw AuditError(error) }
  }

  /// The repository of a collection, which is made where there is nothing yet.
  private static func collection(
    _ folder: String, _ git: GitExecutable
  ) throws(Failure) -> Repository {
    do throws(GitError) {
      return try Repository(at: folder, search: false)
    } catch {
      guard error.code == .notARepository else {
        throw Failure(error.description, help: error.remedy)
      }
    }
    return try RepositoryAccess.orFailure { () throws(GitError) in
      let result = try git.run(["init", "--quiet", "--bare"], in: folder)
      guard result.status == 0 else {
        throw GitError(.other(result.status), "make \(folder): \(result.errorText)")
      }
      return try Repository(at: folder, search: false)
    }
  }
}

extension CollectReport {
  /// One object for each repository; fields may be added, never changed.
  package var json: JSON {
    [
      "logs": .array(
        logs.map { log in
          .object(present: [
            ("name", .string(log.name)), ("address", .string(log.address)),
            ("records", .number(log.records)), ("received", .number(log.received)),
            ("problem", log.problem.map { .string($0.code.rawValue) }),
            ("message", log.problem.map { .string($0.description) }),
          ])
        }),
      "published": published.map { .number($0.records) } ?? nil,
    ]
  }

  package func text(color: Bool) -> String {
    let ink = LogInk(isOn: color)
    var lines: [String] = []
    for log in logs {
      let name = ink.bold(TerminalText.safe(log.name))
      if let problem = log.problem {
        lines.append("\(name): \(problem.code.rawValue) \(TerminalText.safe(problem.description))")
        if let remedy = problem.remedy { lines.append(ink.dim("  \(TerminalText.safe(remedy))")) }
      } else if log.received > 0 {
        lines.append("\(name): \(log.received) new, \(log.records) records")
      }
    }
    let faulty = logs.count { $0.problem != nil }
    let all = logs.reduce(0) { $0 + $1.records }
    lines.append(
      "\(logs.count) repositories, \(all) records"
        + (faulty > 0 ? "; \(faulty) not collected this time" : ""))
    if let published {
      lines.append("database: \(published.records) records of \(published.logs) logs are new there")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
