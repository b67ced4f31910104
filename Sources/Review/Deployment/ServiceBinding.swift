package import Model

/// That a service runs an entry file, and why that is believed.
package struct ServiceBinding: Sendable, Hashable {
  package let service: ServiceReference
  /// For people: `mounted at docker-compose.yml:8`, `inferred from the image's name`.
  package let evidence: String
  /// The words that show it; `nil` where it is inferred.
  package let origin: Origin?

  package init(service: ServiceReference, evidence: String, origin: Origin? = nil) {
    self.service = service
    self.evidence = evidence
    self.origin = origin
  }
}
