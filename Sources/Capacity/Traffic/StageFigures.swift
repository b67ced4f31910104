/// What one narrow place carries and how long requests wait before it; `nil` for what is unknown.
package struct StageFigures: Sendable {
  package let stage: Stage
  package let replicas: Int?
  /// Places of one replica.
  package let servers: Int?
  /// Most requests each second over all replicas.
  package let ceiling: Double?
  /// Busy places of one replica on average.
  package let offeredLoad: Double?
  /// The share of the places in use; above 1 in overload.
  package let utilisation: Double?
  /// The share of requests that wait at all.
  package let waitProbability: Double?
  /// Seconds; `nil` also where the queue grows without end.
  package let meanWait: Double?
  package let waitAt99: Double?
  /// Whether more is asked than it can ever carry.
  package let isSaturated: Bool
  /// The share of requests that cannot be served whatever they wait.
  package let minimumLoss: Double
  /// Places of one replica at which no more requests than the target wait.
  package let recommended: Int?

  package init(_ stage: Stage, target: Double) {
    let tier = stage.tier
    let queue = stage.queue
    self.stage = stage
    replicas = tier?.replicas
    servers = tier?.servers
    ceiling = stage.ceiling
    offeredLoad = queue?.demand.offeredLoad ?? Self.load(stage)
    utilisation = queue?.utilisation ?? Self.utilisation(stage)
    waitProbability = queue?.waitProbability
    meanWait = queue?.meanWait
    // The percentile is a constant inside of the allowed range.
    waitAt99 = queue.flatMap { try? $0.wait(atPercentile: 0.99) }
    isSaturated = stage.isSaturated
    minimumLoss = queue?.minimumLossFraction ?? Self.loss(stage)
    recommended = stage.recommended(target)
  }

  /// Of a place that the queueing model is not asked about.
  private static func load(_ stage: Stage) -> Double? {
    guard !stage.isClosed, let peak = stage.peak.value, let hold = stage.hold.value,
      let replicas = stage.replicas.value
    else { return nil }
    return peak * hold / replicas
  }

  private static func utilisation(_ stage: Stage) -> Double? {
    guard !stage.isClosed, let peak = stage.peak.value, let ceiling = stage.ceiling else {
      return nil
    }
    return peak / ceiling
  }

  private static func loss(_ stage: Stage) -> Double {
    guard stage.isSaturated, let peak = stage.peak.value, let ceiling = stage.ceiling else {
      return 0
    }
    return (peak - ceiling) / peak
  }
}

/// One load path with its figures: what a report shows.
package struct PathFigures: Sendable {
  package let deployment: Deployment
  /// In the order in which requests pass them.
  package let stages: [StageFigures]
  /// Those of the deployment and those against the peak.
  package let invariants: [Invariant]
  /// Services with pools whose requests nobody knows.
  package let neglected: [String]
  /// Why the peak that is asked about counts for nothing here; `nil` where it counts.
  package let unanswered: String?
  /// The services of which each gets the whole peak that is asked about, where there are several.
  package let shared: [String]

  package init(_ deployment: Deployment, _ traffic: Traffic) {
    self.deployment = deployment
    stages = deployment.stages(traffic).map { StageFigures($0, target: traffic.target) }
    invariants = deployment.invariants + PeakInvariants(deployment, traffic).all
    neglected = deployment.neglected(traffic)
    unanswered = traffic.peak == nil ? nil : deployment.unanswered
    let entries = traffic.peak == nil ? [] : deployment.entryServices
    shared = entries.count > 1 ? entries.sorted() : []
  }

  /// The comparisons as people see them: what only a roll-out breaks is said once, as I4.
  package var shownInvariants: [Invariant] {
    invariants.filter { !$0.isOnlyInRollout || $0.id == .rollout }
  }

  /// The stages whose ceiling is known, the narrowest first.
  package var narrowestFirst: [StageFigures] {
    stages.enumerated().filter { $0.element.ceiling != nil }.sorted { left, right in
      (left.element.ceiling ?? 0, left.offset) < (right.element.ceiling ?? 0, right.offset)
    }.map(\.element)
  }

  /// The place that limits the path first.
  package var bottleneck: StageFigures? { narrowestFirst.first }

  package var isSaturated: Bool { stages.contains(where: \.isSaturated) }
  package var isBroken: Bool { invariants.contains { $0.holds == false } }
}
