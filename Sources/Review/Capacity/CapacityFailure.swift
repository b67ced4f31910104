package import Capacity
import Policy

extension LoadPathReview {
  /// Why a change that somebody asked about reaches nothing, with the name that was probably meant.
  package func failure(of change: WhatIf) -> Failure {
    let services = deployments.flatMap(\.services)
    let owners = Set(
      services.flatMap { service in
        [service.name] + service.pools.map(\.name) + service.poolers.map(\.technology)
          + service.servers.map(\.technology)
      })
    guard owners.contains(change.owner) else {
      let nearest = Suggestion.nearest(to: change.owner, in: owners.sorted())
      return Failure(
        "--set \(change.owner).\(change.field): no service, pool or product is called so",
        help: nearest.map { "did you mean `\($0)`?" } ?? "there are \(list(owners))")
    }
    let fields = DeclaredService.Key.allCases.map(\.rawValue) + Self.fieldNames
    let nearest = Suggestion.nearest(to: change.field, in: fields)
    return Failure(
      "--set \(change.owner).\(change.field): \(change.owner) has no such field",
      help: nearest.map { "did you mean `\($0)`?" } ?? "fields are in docs/policy.md")
  }

  private func list(_ names: Set<String>) -> String {
    names.isEmpty ? "none" : names.sorted().prefix(20).joined(separator: ", ")
  }
}

extension CapacityReport {
  /// What is said where files were read and none of them makes a path.
  package static let nothingUnderstood = Failure(
    "no load path was found in these files",
    help: "a path needs a compose or Kubernetes file, or `load_path:` in .headgate.yaml;"
      + " `headgate capacity --peak N --hold TIME --size N` calculates one pool")
}
