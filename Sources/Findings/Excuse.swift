/// Why a finding does not count, or did not until its waiver ran out.
package struct Excuse: Sendable, Hashable {
  /// The words of the suppression or of the waiver.
  package let reason: String
  /// Who answers for a waiver.
  package let owner: String?
  package let ticket: String?
  /// The last day of a waiver, `2027-02-28`.
  package let expires: String?
  /// Whether that day is over: the finding counts again then.
  package let isExpired: Bool
  /// Why the log's word for a waiver is not taken, so that the finding counts.
  package let refusal: String?
  /// The line of a suppression in the finding's own file, from 1.
  package let line: Int?

  package init(
    reason: String, owner: String? = nil, ticket: String? = nil, expires: String? = nil,
    isExpired: Bool = false, refusal: String? = nil, line: Int? = nil
  ) {
    self.reason = reason
    self.owner = owner
    self.ticket = ticket
    self.expires = expires
    self.isExpired = isExpired
    self.refusal = refusal
    self.line = line
  }

  /// One sentence for people, such as `waived until 2027-02-28 by team-db (OPS-17): reason`.
  package func text(for status: FindingStatus) -> String {
    let who = (owner.map { " by \($0)" } ?? "") + (ticket.map { " (\($0))" } ?? "")
    if isExpired { return "the waiver\(who) ran out on \(expires ?? "its day"): \(reason)" }
    if let refusal { return "the waiver\(who) does not count, \(refusal): \(reason)" }
    switch status {
    case .waived: return "waived\(expires.map { " until \($0)" } ?? "")\(who): \(reason)"
    case .suppressed: return "suppressed\(line.map { " in line \($0)" } ?? ""): \(reason)"
    case .baseline, .new: return reason
    }
  }
}

/// What a gate concluded of a change, beside the findings that led to it.
package struct Decision: Sendable, Hashable {
  /// One thing that was weighed.
  package struct Reason: Sendable, Hashable {
    /// `finding`, `waived`, `suppression`, `unrecorded`, `unapproved`, `policy`, `incomplete`.
    package let code: String
    /// One sentence, lower case, no full stop.
    package let text: String
    package let path: String?
    /// Whether it keeps the change out; others are only told.
    package let isBlocking: Bool

    package init(code: String, text: String, path: String? = nil, isBlocking: Bool) {
      self.code = code
      self.text = text
      self.path = path
      self.isBlocking = isBlocking
    }
  }

  /// Those that block first.
  package let reasons: [Reason]
  /// Whether the change may be merged.
  package let isPassed: Bool

  package init(reasons: [Reason]) {
    self.reasons = reasons.filter(\.isBlocking) + reasons.filter { !$0.isBlocking }
    isPassed = !reasons.contains(where: \.isBlocking)
  }
}
