/// What became of the request to agree to a change: computed from records, stored nowhere.
package struct Review: Sendable, Hashable {
  package enum Status: String, Sendable, Hashable {
    /// Enough people agreed.
    case approved
    /// Nobody has to agree, or the change was taken over from before the log.
    case notRequired = "not-required"
    case pending
    case rejected
    /// Enough people agreed, but too long ago.
    case expired
    /// An emergency change whose time to be approved has not run out.
    case emergency
    /// An emergency change that was not approved in time.
    case overdue
  }

  package let change: Digest
  package let sequence: Int
  package let status: Status
  /// How many have to agree, and how many do.
  package let required: Int
  package let approvals: Int
  /// Until when an emergency change has to be approved.
  package let due: Timestamp?
  /// Whether an emergency change was approved after its time.
  package let isLate: Bool
  /// Every approval and rejection, oldest first, with what it is worth.
  package let opinions: [Opinion]

  /// Whether the change may go on: it is agreed to, needs no agreement, or is an emergency in time.
  package var isPassing: Bool { [.approved, .notRequired, .emergency].contains(status) }

  /// One approval or rejection.
  package struct Opinion: Sendable, Hashable {
    package let sequence: Int
    package let record: Digest
    package let person: String
    package let isApproval: Bool
    package let time: Timestamp
    package let isSigned: Bool
    package let worth: Worth
  }

  package enum Worth: Sendable, Hashable {
    case counts
    /// The same person decided again later.
    case superseded
    case refused(AuditCode, String)
  }
}

extension ApprovalRules {
  /// Whether this person's agreement counts, by address, role in the file or role of the key.
  func admits(_ person: Identity, roles keyRoles: Set<String>) -> Bool {
    guard !from.isEmpty else { return true }
    return from.contains { entry in
      guard entry.hasPrefix("role:") else { return Identity(entry) == person }
      let role = String(entry.dropFirst(5))
      return keyRoles.contains(role)
        || (roles[role] ?? []).contains { Identity($0) == person }
    }
  }
}
