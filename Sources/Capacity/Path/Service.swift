import Model

/// One service of a deployment with what it runs.
package struct Service: Sendable {
  package let name: String
  /// What the deployment says of it; `nil` where it is only declared.
  package let workload: Part?
  package let declared: DeclaredService?
  package let pools: [Pool]
  package let poolers: [Part]
  package let databases: [Part]
  package let servers: [Part]
  /// Whole configurations of nginx.
  package let proxies: [Part]
  package let locations: [Part]

  /// A pool of it: read from a file, declared, or both.
  package struct Pool: Sendable {
    package let name: String
    /// What `--set` calls it: the service's name where it has only one pool.
    package let owner: String
    package let part: Part?
    package let declared: DeclaredPool?

    /// Most connections of one process.
    package var size: Input {
      declared?.size ?? part?.number("max_size", of: owner)
        ?? .unknown("\(owner).max_size", "the size of pool \(name) is written nowhere")
    }
  }

  /// Names by which others reach it.
  package var hosts: [String] {
    // Another container of a pod is reached by the pod's name.
    [String(name.prefix { $0 != "/" })] + (workload?.texts("hosts") ?? [])
      + (declared?.hosts ?? [])
  }

  /// A declared number, before what the deployment says.
  package func number(_ key: DeclaredService.Key, field: String? = nil) -> Input? {
    declared?.numbers[key] ?? field.flatMap { workload?.number($0) }
  }

  /// Replicas as written: those that carry the peak before an autoscaler wakes up.
  package var replicas: Input {
    number(.replicas, field: "replicas") ?? one("replicas", workload == nil ? .default : .implied)
  }

  /// Most replicas of an ordinary day; never fewer than those that always run.
  package var maxReplicas: Input {
    let most =
      declared?.numbers[.maxReplicas] ?? declared?.numbers[.replicas]
      ?? workload?.number("max_replicas") ?? replicas
    return contradictsReplicas ? replicas : most
  }

  /// Whether fewer replicas are declared as the most than there are.
  package var contradictsReplicas: Bool {
    guard let most = declared?.numbers[.maxReplicas]?.value, let least = replicas.value else {
      return false
    }
    return most < least
  }

  /// Further replicas of a roll-out.
  package var surge: Input { number(.surge, field: "surge") ?? zero("surge") }

  package var processes: Input {
    number(.processes, field: "processes") ?? one("processes", .implied)
  }

  /// Replicas at once at the worst: the most ones and those of a roll-out.
  package var peakReplicas: Quantity { Quantity(maxReplicas) + Quantity(surge) }

  /// How often each of its pools exists at the worst.
  package var copies: Quantity { peakReplicas * Quantity(processes) }

  /// The same without a roll-out.
  package var copiesAtRest: Quantity { Quantity(maxReplicas) * Quantity(processes) }

  private func one(_ field: String, _ basis: Basis) -> Input {
    Input("\(name).\(field)", 1, basis: basis)
  }

  private func zero(_ field: String) -> Input { Input("\(name).\(field)", 0, basis: .implied) }
}
