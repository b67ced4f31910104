import Model

/// A published vulnerability of nginx: the versions that have it, and what opens it.
struct NginxAdvisory: Sendable {
  /// As the advisories of nginx rate them.
  enum Severity: String, Sendable, CaseIterable {
    case major, medium, low

    /// Whether it belongs to those that nginx itself calls harmless in most places.
    var isMinor: Bool { self == .low }
  }

  let id: String
  let severity: Severity
  /// What may happen, in a few words.
  let title: String
  /// The first versions that have it: the oldest one, then the first patch of older branches.
  let since: [Version]
  /// The first versions without it: of the main branch, then the patches of stable branches.
  let fixed: [Version]
  /// What a configuration must have so that somebody can use it.
  let trigger: NginxTrigger
  /// Where the facts come from.
  let source: String

  init(
    _ id: String, _ severity: Severity, _ title: String, since: String, fixed: String,
    _ trigger: NginxTrigger, source: String = Self.list
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.since = since.split(separator: " ").compactMap { Version(String($0)) }
    self.fixed = fixed.split(separator: " ").compactMap { Version(String($0)) }
    self.trigger = trigger
    self.source = source
  }

  /// nginx's own list, for entries that have no page of their own.
  static let list = "https://nginx.org/en/security_advisories.html"

  /// Whether a version has it.
  ///
  /// A patch of a stable branch says nothing of others: what 1.26.3 repaired, 1.27.0 still has.
  func affects(_ version: Version) -> Bool {
    Self.reaches(version, since) && !Self.reaches(version, fixed)
  }

  private static func reaches(_ version: Version, _ bounds: [Version]) -> Bool {
    guard let first = bounds.first else { return false }
    let branch = version.parts.prefix(2)
    return version >= first
      || bounds.dropFirst().contains { version >= $0 && branch == $0.parts.prefix(2) }
  }

  /// As findings show it.
  var text: String {
    "\(id) (\(title); fixed in \(fixed.map(\.description).joined(separator: ", ")))"
  }
}
