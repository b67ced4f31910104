/// Weighs the decisions about one change.
struct Reviewing {
  let subject: ReviewLedger.Subject
  let decisions: [ReviewLedger.Decided]
  let rules: ApprovalRules
  let now: Timestamp
  /// Whether the change was built upon, so that its approvals no longer expire.
  let isSettled: Bool

  var result: Review {
    var opinions: [Review.Opinion] = []
    var last: [Identity: Int] = [:]
    for decided in decisions {
      let person = Identity(decided.record.actor.id)
      let refusal = problem(with: decided)
      // A decision that is worth nothing takes none back, but for one's own that only expired.
      if refusal == nil || refusal?.code == .approvalExpired {
        if let earlier = last[person], case .counts = opinions[earlier].worth {
          opinions[earlier] = opinions[earlier].with(.superseded)
        }
        last[person] = opinions.count
      }
      opinions.append(opinion(decided, refusal))
    }
    let standing = opinions.filter { $0.worth == .counts }
    let approvals = standing.filter(\.isApproval)
    let expired = opinions.filter { opinion in
      guard opinion.isApproval, case .refused(.approvalExpired, _) = opinion.worth else {
        return false
      }
      return last[Identity(opinion.person)].map { opinions[$0].sequence } == opinion.sequence
    }
    let due = due
    let status: Review.Status =
      if standing.contains(where: { !$0.isApproval }) {
        .rejected
      } else if rules.required == 0 || subject.record.kind == .imported {
        .notRequired
      } else if approvals.count >= rules.required {
        .approved
      } else if approvals.count + expired.count >= rules.required {
        .expired
      } else if let due {
        now <= due ? .emergency : .overdue
      } else {
        .pending
      }
    let decisive = approvals.dropFirst(max(0, rules.required - 1)).first
    return Review(
      change: subject.record.id, sequence: subject.record.sequence, status: status,
      required: rules.required, approvals: approvals.count, due: due,
      isLate: status == .approved && due.map { (decisive?.time ?? $0) > $0 } == true,
      opinions: opinions)
  }

  /// No later than the team's rules say, whatever the record claims.
  private var due: Timestamp? {
    subject.record.emergency.map { emergency in
      min(
        emergency.due,
        subject.record.recordedAt.advanced(bySeconds: Int64(rules.emergencyHours) * 3600))
    }
  }

  private func opinion(
    _ decided: ReviewLedger.Decided, _ refusal: AuditError?
  ) -> Review.Opinion {
    let isSigned = if case .verified = decided.standing { true } else { false }
    return Review.Opinion(
      sequence: decided.record.sequence, record: decided.record.id,
      person: decided.record.actor.id, isApproval: decided.record.kind == .approval,
      time: decided.record.recordedAt, isSigned: isSigned,
      worth: refusal.map { .refused($0.code, $0.description) } ?? .counts)
  }

  private func problem(with decided: ReviewLedger.Decided) -> AuditError? {
    if let problem = Self.structuralProblem(with: decided, about: subject) { return problem }
    var roles: Set<String> = []
    switch decided.standing {
    case .refused(let code, let message): return AuditError(code, message)
    case .unsigned:
      // Otherwise anybody could agree in the name of somebody who signs.
      if rules.isSigned || decided.holdsKey {
        return AuditError(
          .signatureMissing,
          rules.isSigned ? "the policy asks for signed approvals" : "this person has a key")
      }
    case .verified(let key): if !isForge(key, decided.record) { roles = key.roles }
    }
    let person = Identity(decided.record.actor.id)
    // Whoever made a change may always take it back.
    guard rules.admits(person, roles: roles) || subject.makers.contains(person) else {
      return AuditError(.approvalRole, "the policy does not ask this person")
    }
    guard isSettled || !isExpired(decided.record) else {
      return AuditError(.approvalExpired, "the decision has expired")
    }
    return nil
  }

  /// Roles of a forge's key are not those of the people that it speaks for.
  private func isForge(_ key: KeyLedger.Key, _ record: ReviewedRecord) -> Bool {
    Identity(key.principal) != Identity(record.actor.id)
  }

  private func isExpired(_ record: ReviewedRecord) -> Bool {
    if let expires = record.decision?.expires, expires <= now { return true }
    guard let days = rules.expiresDays else { return false }
    return record.recordedAt.advanced(bySeconds: Int64(days) * 86_400) <= now
  }

  /// What is wrong with a decision whatever the policy says.
  static func structuralProblem(
    with decided: ReviewLedger.Decided, about subject: ReviewLedger.Subject
  ) -> AuditError? {
    let record = decided.record
    guard let decision = record.decision, record.sequence > subject.record.sequence else {
      return AuditError(.approvalTarget, "decides about a record that stands later")
    }
    guard Set(decision.files) == Set(subject.record.files) else {
      return AuditError(.approvalBlobs, "names other content than the change")
    }
    // Taking back one's own change needs no second person.
    guard record.kind == .approval else { return nil }
    return selfApproval(decided, subject)
  }

  private static func selfApproval(
    _ decided: ReviewLedger.Decided, _ subject: ReviewLedger.Subject
  ) -> AuditError? {
    let person = Identity(decided.record.actor.id)
    if person.isBot {
      return AuditError(.approvalSelf, "\(person) is a program, and programs agree to nothing")
    }
    if subject.makers.contains(person) {
      return AuditError(.approvalSelf, "\(person) made the change")
    }
    // A forge's key says what people said; who they are stands in the record.
    guard case .verified(let key) = decided.standing,
      !key.roles.contains(KeyLedger.Role.forge) || Identity(key.principal) == person
    else { return nil }
    if key.roles.contains(KeyLedger.Role.bot) {
      return AuditError(.approvalSelf, "signed with a program's key")
    }
    // The key tells who somebody is, whatever name stands in the record.
    if case .verified(let other) = subject.standing,
      Identity(other.principal) == Identity(key.principal)
    {
      return AuditError(.approvalSelf, "signed by who signed the change")
    }
    return nil
  }
}

extension ReviewLedger.Subject {
  /// Who made the change, as far as the record says.
  fileprivate var makers: Set<Identity> {
    Set(([record.actor.id] + record.authors).map { Identity($0) })
  }
}

extension Review.Opinion {
  fileprivate func with(_ worth: Review.Worth) -> Self {
    Self(
      sequence: sequence, record: record, person: person, isApproval: isApproval, time: time,
      isSigned: isSigned, worth: worth)
  }
}
