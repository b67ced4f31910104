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
    ceiling = tier?.ceiling
    offeredLoad = queue?.demand.offeredLoad
    utilisation = queue?.utilisation
    waitProbability = queue?.waitProbability
    meanWait = queue?.meanWait
    // The percentile is a constant inside of the allowed range.
    waitAt99 = queue.flatMap { try? $0.wait(atPercentile: 0.99) }
    isSaturated = queue?.isSaturated ?? false
    minimumLoss = queue?.minimumLossFraction ?? 0
    recommended = stage.recommended(target)
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

  package init(_ deployment: Deployment, _ traffic: Traffic) {
    self.deployment = deployment
    stages = deployment.stages(traffic).map { StageFigures($0, target: traffic.target) }
    invariants = deployment.invariants + PeakInvariants(deployment, traffic).all
    neglected = deployment.neglected(traffic)
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
