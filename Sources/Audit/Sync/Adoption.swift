internal import Git

extension AuditLog {
  /// Records anew, in the remote's log, what this clone recorded in a log that it began by itself.
  ///
  /// Two people who record before they first meet each begin a log, and a record names the log it
  /// belongs to: those of one side get new ids, which is why it has to be asked for.
  func adopt(
    _ ours: ObjectID, onto series: inout Series, _ options: SyncOptions,
    into result: inout SyncResult
  ) throws(AuditError) {
    let local = try commits(from: ours, to: nil).filter { $0.trailers.sequence > 0 }
    guard options.adopts else {
      throw AuditError(
        .genesis,
        "this clone began a log of its own before it saw the remote's: \(local.count) records",
        remedy: "headgate audit sync --adopt records them anew in the remote's log")
    }
    var renamed: [String: String] = [:]
    for commit in local.reversed() {
      let entry = try entry(commit)
      let tree = try git { () throws(GitError) in try repository.tree(commit.object.tree) }
      guard tree[EntryName.signature] == nil else {
        throw AuditError(
          .genesis,
          "record \(commit.trailers.sequence) is signed, and its signature names the other log",
          remedy: "record the change again: headgate record")
      }
      renamed[(entry.record.body.repository ?? entry.id).description] =
        series.place.genesis.description
      let value: CanonicalJSON
      do { value = try CanonicalJSON(parsing: entry.record.bytes) } catch {
        throw AuditError(.notCanonical, "record \(commit.trailers.sequence): \(error)")
      }
      let record = try Record(reading: value.replacing(renamed).bytes)
      renamed[entry.id.description] = record.id.description
      let blob = try git { () throws(GitError) in
        try repository.write(.blob, record.bytes, flushed: true)
      }
      let entries = tree.entries.map { entry in
        entry.name == EntryName.record
          ? TreeObject.Entry(name: entry.name, mode: entry.mode, id: blob) : entry
      }
      let made = try git { () throws(GitError) in
        try repository.write(.tree, TreeObject(entries).serialized, flushed: true)
      }
      try series.append(commit, tree: made, record: record.id, to: self)
      result.adopted += 1
    }
    result.received += series.place.frontier.size - result.adopted
  }
}

extension CanonicalJSON {
  /// The value with whole strings replaced: ids of records, wherever they are named.
  fileprivate func replacing(_ names: [String: String]) -> CanonicalJSON {
    switch self {
    case .string(let text): .string(names[text] ?? text)
    case .array(let values): .array(values.map { $0.replacing(names) })
    case .object(let object):
      .object(Object(object.members.map { Member($0.name, $0.value.replacing(names)) }))
    case .integer, .boolean: self
    }
  }
}
