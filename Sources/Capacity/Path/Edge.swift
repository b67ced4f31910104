package import Model

/// Where one part of a load path leads, and how that is known.
package struct Edge: Sendable, Hashable {
  package enum Step: String, Sendable, Hashable {
    /// A proxy hands requests to a service.
    case proxy
    /// An application's pool opens connections.
    case pool
    /// A pooler opens connections to a server.
    case pooler
  }

  package enum Target: Sendable, Hashable {
    case service(String)
    /// Something outside of the deployment.
    case external(String)
    /// Nobody can tell from the files; the reason without full stop.
    case unknown(String)
  }

  package let step: Step
  /// The service at its beginning.
  package let from: String
  /// The pool, the pooler's database or the location.
  package let part: String
  /// Tells the part from others of its service: two servers may have a location `/` each.
  let key: String
  package let target: Target
  /// How it is known, for people; no full stop.
  package let evidence: String
  /// Whether the team declared it.
  package let isDeclared: Bool
  /// The line that says so.
  package let origin: Origin?

  package init(
    _ step: Step, from: String, part: String, key: String? = nil, to target: Target,
    evidence: String, isDeclared: Bool = false, origin: Origin? = nil
  ) {
    self.step = step
    self.from = from
    self.part = part
    self.key = key ?? part
    self.target = target
    self.evidence = evidence
    self.isDeclared = isDeclared
    self.origin = origin
  }

  /// The service at its end, inside of the deployment.
  package var service: String? {
    if case .service(let name) = target { name } else { nil }
  }
}
