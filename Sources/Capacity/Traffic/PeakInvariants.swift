import Model

/// C1 to C3: what the path carries against the peak that is declared or asked about.
package struct PeakInvariants: Sendable {
  private let deployment: Deployment
  private let traffic: Traffic

  package init(_ deployment: Deployment, _ traffic: Traffic) {
    self.deployment = deployment
    self.traffic = traffic
  }

  /// In the order of the path; nothing where no peak is known.
  package var all: [Invariant] {
    let stages = deployment.stages(traffic).filter {
      $0.peak.value != nil && $0.hold.value != nil
    }
    return stages.compactMap(load) + stages.compactMap(ceiling) + stages.compactMap(size)
  }

  /// Busy connections on average against those that there are, for one replica.
  private func load(_ stage: Stage) -> Invariant? {
    guard stage.role == .pool, !stage.isClosed else { return nil }
    let share = Quantity(stage.peak) / stage.replicas
    let load = share * Quantity(stage.hold)
    var loss = ""
    if let load = load.value, let servers = stage.servers.value, load > servers {
      loss = NumberText.short((load - servers) / load * 100)
    }
    return Invariant(
      .poolUnderPeak, of: deployment.name, subject: "pool \(stage.name) under its peak",
      left: [Term("connections busy on average", load)], .below,
      right: [Term("connections of \(stage.name)", stage.servers)], unit: .connection,
      consequence: loss.isEmpty
        ? "the queue grows without end" : "at least \(loss) % of the requests cannot be served")
  }

  /// The peak against what a place carries, whatever the number of replicas before it.
  private func ceiling(_ stage: Stage) -> Invariant? {
    guard
      stage.role == .pooler || stage.role == .server || stage.role == .threads || stage.isClosed
    else { return nil }
    let most = stage.replicas * stage.servers / Quantity(stage.hold)
    var loss = ""
    if let peak = stage.peak.value, let most = most.value, peak > most {
      loss = NumberText.short((peak - most) / peak * 100)
    }
    return Invariant(
      .pathUnderPeak, of: deployment.name, subject: "\(stage.name) under the peak",
      left: [Term("requests each second", Quantity(stage.peak))],
      right: [Term("that \(stage.name) carries", most)], unit: .request,
      consequence: stage.closure
        ?? (loss.isEmpty
          ? "the queue grows without end"
          : "at least \(loss) % of the requests cannot be served, whatever comes before it"))
  }

  /// The size at which few requests wait against the one that is there.
  private func size(_ stage: Stage) -> Invariant? {
    guard stage.role == .pool || stage.role == .pooler, let queue = stage.queue,
      !queue.isSaturated, let size = stage.recommended(traffic.target)
    else { return nil }
    let needed = Input(
      "\(stage.name).recommended", Double(size),
      basis: stage.peak.basis.isFirm && stage.hold.basis.isFirm ? .declared : .assumed)
    let percent = NumberText.short(queue.waitProbability * 100, digits: 2)
    return Invariant(
      .poolForTarget, of: deployment.name, subject: "size of \(stage.name)",
      left: [
        Term("connections at which \(NumberText.short(traffic.target * 100)) % wait", needed)
      ], right: [Term("connections of \(stage.name)", stage.servers)], unit: .connection,
      consequence: "\(percent) % of the requests wait for a connection")
  }
}
