import Audit
package import Git
package import Syntax

/// Logs what changed before there was a log: one record for each commit of the main line that
/// touched governed files, marked as imported.
///
/// Whoever agreed to those changes is not known, so that imported records need no approval.
package struct HistoryImport: Sendable {
  /// What an import did.
  package struct Outcome: Sendable {
    /// Commits of the main line, and those that touched governed files.
    package var commits = 0
    package var governed = 0
    package var recorded = 0
    /// Governed commits that the log accounts for already.
    package var known = 0
    /// Commits that could not be read, with the reason.
    package var skipped: [(commit: ObjectID, reason: String)] = []
    package var last: Int?
  }

  /// Commits of one line of history; there is no larger repository of configuration.
  private static let commitLimit = 10_000_000
  /// Records that are stored at once: enough that storing them costs little, few enough that they
  /// fit into memory.
  private static let batchSize = 2_000

  private let folder: String
  private let products: [String]
  private let git: GitExecutable

  /// - Parameters:
  ///   - folder: a folder of the repository.
  ///   - products: versions given on the command line, `NAME=VERSION`.
  ///   - git: the program that stores records in bulk.
  package init(folder: String, products: [String], git: GitExecutable) {
    self.folder = folder
    self.products = products
    self.git = git
  }

  /// Imports the main line that ends with `head`; what was imported before is left alone.
  ///
  /// - Throws: `Failure` when the history is cut off, or the log cannot be written.
  package func run(head: String, _ statement: Statement) throws(Failure) -> Outcome {
    let log = AuditLog(try RepositoryAccess.open(folder))
    if log.repository.isShallow {
      throw Failure(
        "the history of this clone is cut off, and would be imported in part",
        help: "git fetch --unshallow")
    }
    let writer = try LogWriter(statement, in: log.repository)
    let line = try mainLine(head, in: log.repository)
    let known: Known
    do { known = try knownCommits(log, line) } catch { throw Failure(error) }
    var outcome = Outcome()
    outcome.commits = line.count
    var batch: [RecordBody] = []
    guard let tip = line.last?.0.id else { return outcome }
    var past = try PastFiles(folder: folder, head: tip, products: products)
    for (entry, base) in line {
      let change: PastFiles.Change?
      do { change = try past.change(of: entry.id, since: base, in: log.repository) } catch {
        outcome.skipped.append((entry.id, error.message))
        continue
      }
      guard let change else { continue }
      outcome.governed += 1
      if known.holds(entry.id, change.files) {
        outcome.known += 1
        continue
      }
      let authors = try authors(of: entry, in: log.repository)
      batch.append(writer.imported(change, entry, base: base, by: authors))
      if batch.count == Self.batchSize { try store(&batch, writer, log, &outcome) }
    }
    try store(&batch, writer, log, &outcome)
    writer.maintain(log)
    return outcome
  }

  /// The commits from the first to `head`, each with the one before.
  private func mainLine(
    _ head: String, in repository: borrowing Repository
  ) throws(Failure) -> [(HistoryEntry, ObjectID?)] {
    try RepositoryAccess.orFailure { () throws(GitError) in
      let tip = try repository.commitID(of: head)
      return try repository.firstParents(of: tip, limit: Self.commitLimit).reversed().map {
        ($0, $0.commit.parents.first)
      }
    }
  }

  /// Those who wrote what a commit brings to the main line; a merge brings the work of others.
  private func authors(
    of entry: HistoryEntry, in repository: borrowing Repository
  ) throws(Failure) -> [String] {
    let makers = ChangeAuthors.of(entry.commit)
    guard entry.commit.parents.count > 1, let base = entry.commit.parents.first else {
      return makers
    }
    return try RepositoryAccess.orFailure { () throws(GitError) in
      let others = try ChangeAuthors.names(from: base, to: entry.id, in: repository)
      return makers + others.filter { !makers.contains($0) }
    }
  }

  /// What the log accounts for already.
  private struct Known {
    /// Commits that lie in a change on record: several may be recorded as one change.
    var commits: Set<ObjectID> = []
    /// The contents of changes that were recorded before they were committed.
    var contents: Set<Set<RecordDetails.DecidedFile>> = []

    func holds(_ commit: ObjectID, _ files: [FileChange]) -> Bool {
      commits.contains(commit) || contents.contains(HistoryImport.content(files))
    }
  }

  private static func content(_ files: [FileChange]) -> Set<RecordDetails.DecidedFile> {
    Set(files.map { .init(path: $0.path, old: $0.old?.git, new: $0.new?.git) })
  }

  private func knownCommits(
    _ log: borrowing AuditLog, _ line: [(HistoryEntry, ObjectID?)]
  ) throws(AuditError) -> Known {
    var known = Known()
    var ranges: [(head: ObjectID, base: ObjectID?)] = []
    _ = try log.visitEntries(where: { RecordKind($0.kind)?.movesState == true }) { entry in
      let body = entry.record.body
      if let commit = body.commit {
        ranges.append((commit, body.base))
      } else {
        known.contents.insert(Self.content(body.files))
      }
      return true
    }
    let positions = Dictionary(
      line.enumerated().map { ($1.0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for range in ranges {
      guard let end = positions[range.head] else { continue }
      let start = range.base.flatMap { positions[$0] } ?? end - 1
      for position in max(0, min(start + 1, end))...end {
        known.commits.insert(line[position].0.id)
      }
    }
    return known
  }

  private func store(
    _ batch: inout [RecordBody], _ writer: LogWriter, _ log: borrowing AuditLog,
    _ outcome: inout Outcome
  ) throws(Failure) {
    guard !batch.isEmpty else { return }
    do throws(AuditError) {
      let identity = try writer.identity(of: log)
      var records: [Record] = []
      records.reserveCapacity(batch.count)
      for var body in batch {
        body.repository = identity
        records.append(try Record(body))
      }
      let options = AppendOptions(now: writer.statement.now, committer: writer.committer)
      let end = try log.append(inBulk: records, through: git, options: options)
      outcome.recorded += records.count
      outcome.last = end
    } catch {
      throw Failure(error)
    }
    batch.removeAll(keepingCapacity: true)
  }
}

extension LogWriter {
  /// The record of a past change.
  fileprivate func imported(
    _ change: PastFiles.Change, _ entry: HistoryEntry, base: ObjectID?, by authors: [String]
  ) -> RecordBody {
    var body = body(.imported)
    // Each record needs a number of its own, and the same one in every attempt of this run.
    body.nonce = Array(Digest(of: statement.nonce, entry.id.bytes).bytes.prefix(Record.nonceSize))
    body.actor = Actor(id: authors[0], via: "import")
    body.authors = authors.count > 1 ? authors.sorted() : []
    body.recorder = Actor(id: recorder.id, via: "import")
    body.effectiveAt = Timestamp(milliseconds: entry.commit.committer.seconds * 1_000)
    body.commit = entry.id
    body.base = base
    body.files = change.files
    body.settings = change.settings
    let summary = entry.commit.summary
    body.reason = summary.isEmpty ? nil : .text(String(summary.prefix(500)))
    body.others = change.remark
    return body
  }
}

extension HistoryImport.Outcome {
  /// What was done, as `record --import --format json` prints it: fields may be added, never
  /// changed.
  package var json: JSON {
    .object(present: [
      ("commits", .number(commits)), ("governed", .number(governed)),
      ("recorded", .number(recorded)), ("known", .number(known)),
      ("seq", last.map { .number($0) }),
      (
        "skipped",
        .array(
          skipped.map {
            ["commit": .string($0.commit.description), "reason": .string($0.reason)]
          })
      ),
    ])
  }

  package var text: String {
    let known = known == 0 ? "" : ", \(known) were in the log already"
    return "imported \(recorded) of \(governed) changes in \(commits) commits\(known)\n"
  }
}
