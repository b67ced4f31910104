package import Git

/// Many records at once, for imports: git packs them, so that each costs a fraction of a file.
extension AuditLog {
  /// Adds the records at the end of the log in their order, all or none of them.
  ///
  /// What the records say of files must be stored in git already.
  ///
  /// - Returns: the number of the last one.
  /// - Throws: ``AuditError`` as a single append does; `storage` when git refuses.
  package func append(
    inBulk records: [Record], through executable: GitExecutable, options: AppendOptions
  ) throws(AuditError) -> Int {
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: true) else {
      throw AuditError(.storage, "open \(common)\(LogDirectory.name)")
    }
    let lock = try directory.lock(options.pacing)
    try lock.mark()
    try options.after(.locked)
    let end = try LogEnd.read(from: self, directory)
    guard let genesis = end.genesis, records.allSatisfy({ $0.body.repository == genesis }) else {
      throw AuditError(.repositoryID, "the records are made for another log")
    }
    guard !records.isEmpty else { return end.frontier.size - 1 }
    var stream = ImportStream(after: end, committer: options.committer)
    for record in records { stream.append(record) }
    let tip = try store(stream.finished, through: executable)
    try options.after(.commitWritten)
    if options.durable { try git { () throws(GitError) in try repository.flushObjects() } }
    try readBack(records, from: tip, to: end.tip)
    try options.after(.readBack)
    let move = ReferenceMove(
      name: Self.reference, old: end.tip, new: tip,
      message: "audit: import of \(records.count) records", durable: options.durable,
      now: options.now, pacing: options.pacing)
    guard try move.run(in: repository, holding: lock) else {
      throw AuditError(
        .busy, "\(Self.reference) was moved by another program meanwhile", remedy: "try again")
    }
    try options.after(.swapped)
    let place = LogPlace(genesis: genesis, commit: tip, frontier: stream.frontier)
    // A clone that cannot remember is told by verification; the records are stored all the same.
    try? (end.pin?.moved(to: place) ?? Pin(place)).write(to: directory, flushed: options.durable)
    withExtendedLifetime(lock) {}
    return stream.frontier.size - 1
  }

  /// Lets git write the stream's objects as a pack.
  ///
  /// - Returns: the last commit; no reference points to it yet.
  private func store(
    _ stream: [UInt8], through executable: GitExecutable
  ) throws(AuditError) -> ObjectID {
    let result = try git { () throws(GitError) in
      try executable.run(
        ["-c", "fastimport.unpackLimit=1", "fast-import", "--quiet", "--done"],
        in: repository.commonDirectory, input: stream)
    }
    guard result.status == 0, let tip = ObjectID(hex: String(result.text.prefix(40))) else {
      throw AuditError(.storage, "git fast-import: \(result.errorText.prefix(500))")
    }
    return tip
  }

  /// Reads every record through a fresh handle, before the reference points to it.
  private func readBack(
    _ records: [Record], from tip: ObjectID, to old: ObjectID?
  ) throws(AuditError) {
    let fresh = AuditLog(try git { () throws(GitError) in try repository.reopened() })
    var left = records.count
    var parent: ObjectID?
    _ = try fresh.visit(from: tip) { commit throws(AuditError) in
      left -= 1
      guard try fresh.entry(commit).id == records[left].id else {
        throw AuditError(.recordHash, "record \(commit.trailers.sequence) reads back differently")
      }
      parent = commit.object.parents.first
      return left > 0
    }
    guard left == 0, parent == old else {
      throw AuditError(.storage, "\(left) records are missing after they were stored")
    }
  }
}

/// What `git fast-import` is told: a commit for each record.
private struct ImportStream {
  private var bytes = Array("feature done\n".utf8)
  private(set) var frontier: MerkleFrontier
  private var previous: Digest
  private var parent: String?
  private var mark = 0
  private let committer: AppendOptions.Committer?

  /// The name that the stream's commits have while it lasts; none is left behind.
  private static let branch = "refs/audit-import/log"

  init(after end: LogEnd, committer: AppendOptions.Committer?) {
    frontier = end.frontier
    previous = end.record
    parent = end.tip?.description
    self.committer = committer
  }

  mutating func append(_ record: Record) {
    frontier.append(record.id)
    let trailers = Trailers(
      sequence: frontier.size - 1, kind: record.body.kind.description, record: record.id,
      previous: previous, root: frontier.root)
    previous = record.id
    mark += 1
    let who = committerLine(record)
    line("commit \(Self.branch)")
    line("mark :\(mark)")
    line("author \(who)")
    line("committer \(who)")
    data(trailers.message(subject: Subject.text(for: record.body)))
    if let parent { line("from \(parent)") }
    line("deleteall")
    line("M 100644 inline \(AuditLog.EntryName.record)")
    data(record.bytes)
    for (name, version) in record.storedVersions {
      line("M 100644 \(version.git) \(AuditLog.EntryName.files)/\(name)")
    }
    line("")
    parent = ":\(mark)"
  }

  private func committerLine(_ record: Record) -> String {
    let name = record.body.recorder.id.drop { $0 != ":" }.dropFirst()
    let fallback = name.isEmpty ? record.body.recorder.id : String(name)
    let who = CommitSignature(
      name: committer?.name ?? fallback, email: committer?.email ?? fallback,
      seconds: record.body.recordedAt.seconds)
    return who.line
  }

  /// The whole stream: at its end git says what the last commit is.
  var finished: [UInt8] {
    bytes
      + Array(
        "get-mark :\(mark)\nreset \(Self.branch)\nfrom \(ObjectID.zero)\n\ndone\n".utf8)
  }

  private mutating func line(_ text: String) {
    bytes += Array(text.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func data(_ content: [UInt8]) {
    line("data \(content.count)")
    bytes += content
    bytes.append(UInt8(ascii: "\n"))
  }
}
