/// A set of rules that a team chooses together, with `packs:` of `.headgate.yaml`.
package enum Pack: String, Sendable, Hashable, CaseIterable {
  /// Defects whoever runs the product: on unless somebody chooses otherwise.
  case recommended
  /// Good manners that one can do without: what a careful team wants said.
  case strict
  /// Hardening of nginx beyond what is a hole for certain.
  case nginxSecurity = "nginx-security"
  /// What only matters near the limits of a machine.
  case capacity

  /// What holds where nobody chooses.
  package static let standard: Set<Pack> = [.recommended]
}
