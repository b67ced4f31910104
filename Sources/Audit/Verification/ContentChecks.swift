internal import Git

extension Verifier {
  /// Checks a record, its tree and its files.
  ///
  /// - Returns: the record, if it could be read.
  mutating func checkContent(
    _ commit: CommitObject, _ trailers: Trailers?, at sequence: Int?, in log: borrowing AuditLog
  ) -> Record? {
    do {
      let tree = try git { () throws(GitError) in try log.repository.tree(commit.tree) }
      checkShape(of: tree, at: sequence)
      guard let entry = tree[AuditLog.EntryName.record] else { return nil }
      let bytes = try git { () throws(GitError) in
        try log.repository.blob(entry.id, limit: Record.sizeLimit)
      }
      if let trailers, Digest(of: bytes) != trailers.record {
        report(.recordHash, at: sequence, "the record differs from the hash in its commit")
      }
      let record = try Record(reading: bytes)
      check(record, trailers, at: sequence)
      if let sequence {
        authority.note(record, at: sequence, signature: try log.signature(in: tree))
      }
      try checkFiles(of: record, in: tree, at: sequence, log)
      return record
    } catch {
      report(Self.asDamage(error), at: sequence)
      return nil
    }
  }

  private mutating func checkShape(of tree: TreeObject, at sequence: Int?) {
    typealias Name = AuditLog.EntryName
    for entry in tree.entries {
      let mode: FileMode? =
        switch entry.name {
        case Name.record, Name.signature: .regular
        case Name.files: .directory
        default: nil
        }
      if mode != entry.mode {
        report(
          .treeShape, at: sequence, "unexpected entry or mode: \(Subject.escaped(entry.name))")
      }
    }
    if tree[Name.record] == nil {
      report(.treeShape, at: sequence, "no \(Name.record)")
    }
    if TreeObject(tree.entries).entries != tree.entries
      || Set(tree.entries.map(\.name)).count != tree.entries.count
    {
      report(.treeShape, at: sequence, "entries repeated or out of order")
    }
  }

  private mutating func check(_ record: Record, _ trailers: Trailers?, at sequence: Int?) {
    if !seen.insert(record.id).inserted {
      report(.recordDuplicate, at: sequence, "the same record stands in the log again")
    }
    if let sequence, (record.body.kind == .genesis) != (sequence == 0) {
      report(.genesis, at: sequence, "a \(record.body.kind) record as number \(sequence)")
    }
    if let trailers, trailers.kind != record.body.kind.description {
      report(.messageFormat, at: sequence, "the commit says \(trailers.kind)")
    }
    if let repository = record.body.repository { repositories.append((sequence, repository)) }
    if case .unknown(let kind) = record.body.kind {
      report(.unknownKind, at: sequence, "kind \(kind) is not known to this version")
    }
    checkStates(of: record, at: sequence)
  }

  /// Compares what a change ends with to what the next newer change of the path starts from.
  private mutating func checkStates(of record: Record, at sequence: Int?) {
    guard record.body.kind.movesState else { return }
    let steps = record.steps
    for step in steps {
      if let later = laterStates[step.path], later.old != step.new {
        report(
          .stateBreak, at: later.sequence,
          "\(Subject.escaped(step.path)) was changed since its record before without a record")
      }
    }
    for step in steps { laterStates[step.path] = LaterState(sequence: sequence, old: step.old) }
  }

  /// Compares a change that was verified before to the changes after it that were not.
  mutating func compareStates(of record: Record) {
    for step in record.steps {
      guard let later = laterStates.removeValue(forKey: step.path) else { continue }
      if later.old != step.new {
        report(
          .stateBreak, at: later.sequence,
          "\(Subject.escaped(step.path)) was changed since its record before without a record")
      }
    }
  }

  private mutating func checkFiles(
    of record: Record, in root: TreeObject, at sequence: Int?, _ log: borrowing AuditLog
  ) throws(AuditError) {
    guard record.body.kind.describesChange else { return }
    var files = TreeObject([])
    if let entry = root[AuditLog.EntryName.files], entry.mode == .directory {
      files = try git { () throws(GitError) in try log.repository.tree(entry.id) }
    }
    let stored = record.storedVersions
    let names = Set(stored.map(\.name))
    for entry in files.entries where !names.contains(entry.name) || entry.mode != .regular {
      report(
        .treeShape, at: sequence, "unexpected entry or mode: files/\(Subject.escaped(entry.name))")
    }
    if Set(files.entries.map(\.name)).count != files.entries.count {
      report(.treeShape, at: sequence, "an entry of files is repeated")
    }
    for (name, version) in stored {
      guard let entry = files[name] else {
        report(.treeShape, at: sequence, "no files/\(name)")
        continue
      }
      do {
        try checkFile(name, entry.id, version, at: sequence, log)
      } catch {
        report(error, at: sequence)
      }
    }
  }

  private mutating func checkFile(
    _ name: String, _ id: ObjectID, _ version: FileVersion, at sequence: Int?,
    _ log: borrowing AuditLog
  ) throws(AuditError) {
    let differs = "files/\(name) differs from what the record says"
    guard id == version.git else { return report(.fileHash, at: sequence, differs) }
    let size = try git { () throws(GitError) in try log.repository.header(of: id).size }
    // Looked at before reading, so that a record cannot make us unpack more than it admits to.
    guard size == version.size else { return report(.fileHash, at: sequence, differs) }
    let bytes = try git { () throws(GitError) in try log.repository.blob(id, limit: size) }
    if Digest(of: bytes) != version.sha256 { report(.fileHash, at: sequence, differs) }
  }
}

extension Record {
  /// The states that the change ends and begins, by path; a rename ends one and begins another.
  ///
  /// What is imported ends none: it happened before changes that may stand before it in the log.
  fileprivate var steps: [(path: String, old: FileVersion?, new: FileVersion?)] {
    var steps: [(path: String, old: FileVersion?, new: FileVersion?)] = []
    guard body.kind != .imported else { return [] }
    for file in body.files {
      if let oldPath = file.oldPath, oldPath != file.path {
        steps.append((oldPath, file.old, nil))
        steps.append((file.path, nil, file.new))
      } else {
        steps.append((file.path, file.old, file.new))
      }
    }
    return steps
  }
}
