package import Findings

/// Findings that somebody answers for until a day.
package struct Waiver: Sendable, Hashable {
  package let rule: String
  package let path: Glob
  /// Only findings that name this resource.
  package let resource: String?
  /// Only this one finding.
  package let fingerprint: String?
  package let reason: String
  package let owner: String
  package let ticket: String?
  /// The last day on which it counts, `2027-02-28`.
  package let expires: String
  package let isExpired: Bool
  /// Why it does not count although its day has not come; `nil` where it does.
  package let refusal: String?

  package init(
    rule: String, path: Glob, resource: String? = nil, fingerprint: String? = nil, reason: String,
    owner: String, ticket: String? = nil, expires: String, isExpired: Bool,
    refusal: String? = nil
  ) {
    self.rule = rule
    self.path = path
    self.resource = resource
    self.fingerprint = fingerprint
    self.reason = reason
    self.owner = owner
    self.ticket = ticket
    self.expires = expires
    self.isExpired = isExpired
    self.refusal = refusal
  }

  /// Whether findings that it covers do not count.
  package var isInForce: Bool { !isExpired && refusal == nil }

  /// Whether it speaks of `finding`, whose file is at `rootPath` from the root.
  package func covers(_ finding: Finding, at rootPath: String) -> Bool {
    guard finding.rule == rule, path.matches(rootPath) else { return false }
    if let fingerprint, !finding.fingerprint.hasPrefix(fingerprint) { return false }
    if let resource, !finding.message.contains("\"\(resource)\"") { return false }
    return true
  }

  /// Why a finding that it covers does not count, or counts again.
  package var excuse: Excuse {
    Excuse(
      reason: reason, owner: owner, ticket: ticket, expires: expires, isExpired: isExpired,
      refusal: refusal)
  }
}

/// What a team decided to live with, beside the comments in its files.
package struct Exceptions: Sendable {
  package let baseline: Baseline?
  package let waivers: [Waiver]

  package static let none = Exceptions()

  package init(baseline: Baseline? = nil, waivers: [Waiver] = []) {
    self.baseline = baseline
    self.waivers = waivers
  }

  /// `findings` as waived or known where they are; one whose waiver ran out counts and says so.
  package func apply(
    to findings: [Finding], rootPath: (String) -> String
  ) -> [Finding] {
    guard baseline != nil || !waivers.isEmpty else { return findings }
    return findings.map { finding in
      guard finding.status == .new, !finding.rule.hasPrefix("syntax/") else { return finding }
      var finding = finding
      let covering = waivers.filter { $0.covers(finding, at: rootPath(finding.path)) }
      if let waiver = covering.first(where: \.isInForce) ?? covering.first {
        finding.excuse = waiver.excuse
        if waiver.isInForce { finding.status = .waived }
      } else if baseline?.contains(finding.fingerprint) == true {
        finding.status = .baseline
      }
      return finding
    }
  }
}
