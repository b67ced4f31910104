import Capacity
import Policy

extension LoadPathReview {
  /// Why nothing can be calculated of what is declared and asked about; `nil` where it can.
  package var failure: Failure? {
    if let refusal = refused.first {
      let change = refusal.change
      return Failure("--set \(change.owner).\(change.field): \(refusal.reason)")
    }
    if let change = unmatched.first { return failure(of: change) }
    // Without any deployment everything is declared, and nothing of it can be misspelt.
    let services = deployments.flatMap(\.services)
    if let stranger = strangers.first, services.contains(where: { $0.workload != nil }) {
      let names = Set(services.filter { $0.workload != nil }.map(\.name))
      let nearest = Suggestion.nearest(to: stranger.name, in: names.sorted())
      return Failure(
        "load_path declares the service `\(stranger.name)`, which no file deploys",
        help: nearest.map { "did you mean `\($0)`?" }
          ?? "services are \(list(names)); one outside has `hosts`, `pools` or `max_connections`")
    }
    if let service = services.first(where: \.contradictsReplicas),
      let most = service.declared?.numbers[.maxReplicas]?.value, let least = service.replicas.value
    {
      return Failure(
        "\(service.name): at most \(NumberText.short(most)) replicas are declared, and "
          + "\(NumberText.short(least)) always run",
        help: "`max_replicas` is at least `replicas`")
    }
    return nil
  }

  /// Why a change that somebody asked about reaches nothing, with the name that was probably meant.
  private func failure(of change: WhatIf) -> Failure {
    let services = deployments.flatMap(\.services)
    let owners = Set(
      services.flatMap { service in
        [service.name] + service.pools.flatMap { [$0.name, $0.owner] }
          + service.poolers.map(\.technology) + service.servers.map(\.technology)
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
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "fields are in docs/policy.md; a product's own key does as well")
  }

  private func list(_ names: Set<String>) -> String {
    names.isEmpty ? "none" : names.sorted().prefix(20).joined(separator: ", ")
  }
}

extension CapacityReport {
  /// Why the peak that is asked about counts for no pool; `nil` where it counts for one.
  package var failure: Failure? {
    guard let path = paths.first(where: { $0.unanswered != nil }), let reason = path.unanswered,
      !paths.contains(where: { $0.unanswered == nil && !$0.deployment.pools.isEmpty })
    else { return nil }
    let owners = path.deployment.pools.map(\.pool.owner)
    let sets = owners.prefix(3).map { "--set \($0).peak=…" }.joined(separator: " ")
    return Failure("--peak says nothing: \(reason)", help: "write \(sets)")
  }

  /// What is said where files were read and none of them makes a path.
  package static let nothingUnderstood = Failure(
    "no load path was found in these files",
    help: "a path needs a compose or Kubernetes file, or `load_path:` in .headgate.yaml;"
      + " `headgate capacity --peak N --hold TIME --size N` calculates one pool")
}
