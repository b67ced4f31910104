internal import Git

/// What a commit of the log holds, read and checked by itself: nothing here depends on other
/// records, so that many can be read at a time.
struct RecordContent: Sendable {
  /// The record, if it could be read.
  private(set) var record: Record?
  /// What its signature is worth before anybody asks whose key made it.
  private(set) var signature = ReviewedRecord.SignatureCheck.absent
  private(set) var problems: [AuditProblem] = []

  /// A commit whose content is wanted.
  struct Place: Sendable {
    let tree: ObjectID
    let trailers: Trailers?
    let sequence: Int?
  }

  /// Nothing was looked at.
  init() {}

  /// Reads the content at one place.
  ///
  /// - Parameter sound: versions of files that were found to be what records say; added to.
  init(
    at place: Place, in log: borrowing AuditLog, isPartialClone: Bool,
    sound: inout Set<FileVersion>
  ) {
    do {
      try read(place, log, &sound)
    } catch {
      record = nil
      problems.append(.of(error, at: place.sequence, isPartialClone: isPartialClone))
    }
    problems = problems.map { problem in
      guard problem.code == .objectMissing, isPartialClone else { return problem }
      // In a partial clone objects are absent on purpose, and that proves nothing.
      return AuditProblem(
        problem.code, at: problem.sequence, problem.message, severity: .couldNotRun)
    }
  }

  private mutating func report(_ code: AuditCode, _ place: Place, _ message: String) {
    problems.append(AuditProblem(code, at: place.sequence, message))
  }

  private mutating func read(
    _ place: Place, _ log: borrowing AuditLog, _ sound: inout Set<FileVersion>
  ) throws(AuditError) {
    let tree = try git { () throws(GitError) in try log.repository.tree(place.tree) }
    checkShape(of: tree, place)
    guard let entry = tree[AuditLog.EntryName.record] else { return }
    let bytes = try git { () throws(GitError) in
      try log.repository.blob(entry.id, limit: Record.sizeLimit)
    }
    if let trailers = place.trailers, Digest(of: bytes) != trailers.record {
      report(.recordHash, place, "the record differs from the hash in its commit")
    }
    let record = try Record(reading: bytes)
    if let armoured = try log.signature(in: tree) {
      signature = ReviewedRecord.check(armoured, of: record.bytes)
    }
    try checkFiles(of: record, in: tree, place, log, &sound)
    self.record = record
  }

  private mutating func checkShape(of tree: TreeObject, _ place: Place) {
    typealias Name = AuditLog.EntryName
    for entry in tree.entries {
      let mode: FileMode? =
        switch entry.name {
        case Name.record, Name.signature: .regular
        case Name.files: .directory
        default: nil
        }
      if mode != entry.mode {
        report(.treeShape, place, "unexpected entry or mode: \(Subject.escaped(entry.name))")
      }
    }
    if tree[Name.record] == nil {
      report(.treeShape, place, "no \(Name.record)")
    }
    if TreeObject(tree.entries).entries != tree.entries
      || Set(tree.entries.map(\.name)).count != tree.entries.count
    {
      report(.treeShape, place, "entries repeated or out of order")
    }
  }

  private mutating func checkFiles(
    of record: Record, in root: TreeObject, _ place: Place, _ log: borrowing AuditLog,
    _ sound: inout Set<FileVersion>
  ) throws(AuditError) {
    guard record.body.kind.describesChange else { return }
    var files = TreeObject([])
    if let entry = root[AuditLog.EntryName.files], entry.mode == .directory {
      files = try git { () throws(GitError) in try log.repository.tree(entry.id) }
    }
    let stored = record.storedVersions
    let names = Set(stored.map(\.name))
    for entry in files.entries where !names.contains(entry.name) || entry.mode != .regular {
      report(.treeShape, place, "unexpected entry or mode: files/\(Subject.escaped(entry.name))")
    }
    if Set(files.entries.map(\.name)).count != files.entries.count {
      report(.treeShape, place, "an entry of files is repeated")
    }
    for (name, version) in stored {
      guard let entry = files[name] else {
        report(.treeShape, place, "no files/\(name)")
        continue
      }
      do {
        // The same content ends one change and begins the next: it is read once.
        if entry.id == version.git, sound.contains(version) { continue }
        if try Self.isSound(entry.id, version, log) {
          sound.insert(version)
        } else {
          report(.fileHash, place, "files/\(name) differs from what the record says")
        }
      } catch {
        problems.append(AuditProblem(error.code, at: place.sequence, error.description))
      }
    }
  }

  private static func isSound(
    _ id: ObjectID, _ version: FileVersion, _ log: borrowing AuditLog
  ) throws(AuditError) -> Bool {
    guard id == version.git else { return false }
    let size = try git { () throws(GitError) in try log.repository.header(of: id).size }
    // Looked at before reading, so that a record cannot make us unpack more than it admits to.
    guard size == version.size else { return false }
    let bytes = try git { () throws(GitError) in try log.repository.blob(id, limit: size) }
    return Digest(of: bytes) == version.sha256
  }
}

extension AuditProblem {
  /// What an error says about the log.
  static func of(_ error: AuditError, at sequence: Int?, isPartialClone: Bool) -> AuditProblem {
    let damage = Verifier.asDamage(error)
    let isExcused = damage.code == .objectMissing && isPartialClone
    return AuditProblem(
      damage.code, at: sequence, damage.description, severity: isExcused ? .couldNotRun : nil)
  }
}
