internal import Git

extension Verifier {
  /// Compares a record with its place and with the newer ones.
  mutating func check(_ content: RecordContent, _ trailers: Trailers?, at sequence: Int?) {
    problems += content.problems
    guard let record = content.record else { return }
    check(record, trailers, at: sequence)
    if let sequence { authority.note(record, at: sequence, content.signature) }
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
