import Capacity
import Model
package import Syntax

extension CapacityReport {
  /// The figures as others build on them: fields may be added, never changed.
  package var json: JSON {
    [
      "version": 1,
      "tiers": .array(paths.flatMap { path in path.stages.map { tier($0, of: path) } }),
      "invariants": .array(paths.flatMap(\.invariants).map { json($0) }),
      "pools": .array(
        paths.flatMap { path in
          path.stages.filter { $0.stage.role == .pool || $0.stage.role == .pooler }
            .map { pool($0, of: path) }
        }),
      "edges": .array(paths.flatMap { path in path.deployment.edges.map { json($0, of: path) } }),
      "deployments": .array(paths.map { deployment($0) }),
      "assumptions": .array(Self.assumptions.map { .string($0) }),
    ]
  }

  private func deployment(_ path: PathFigures) -> JSON {
    [
      "name": .string(path.deployment.name),
      "bottleneck": .string(orNull: path.bottleneck?.stage.name),
      "ceiling_per_second": number(path.bottleneck?.ceiling),
      "saturated": .bool(path.isSaturated),
      "neglected": .array(path.neglected.map { .string($0) }),
      "summary": .array(summary(of: path).map { .string($0) }),
    ]
  }

  private func tier(_ figures: StageFigures, of path: PathFigures) -> JSON {
    let stage = figures.stage
    return [
      "deployment": .string(path.deployment.name), "name": .string(stage.name),
      "role": .string(stage.role.rawValue), "service": .string(stage.service),
      "replicas": number(stage.replicas.value), "servers": number(stage.servers.value),
      "peak_per_second": number(stage.peak.value), "hold_seconds": number(stage.hold.value),
      "ceiling_per_second": number(figures.ceiling),
      "utilisation": number(figures.utilisation),
      "saturated": .bool(figures.isSaturated),
      "minimum_loss_fraction": .double(figures.minimumLoss),
      "narrowest": .bool(stage.name == path.bottleneck?.stage.name),
      "reason": .string(orNull: stage.reason),
    ]
  }

  private func pool(_ figures: StageFigures, of path: PathFigures) -> JSON {
    let stage = figures.stage
    return [
      "deployment": .string(path.deployment.name), "name": .string(stage.name),
      "offered_load": number(figures.offeredLoad), "servers": number(stage.servers.value),
      "replicas": number(stage.replicas.value),
      "utilisation": number(figures.utilisation),
      "wait_probability": number(figures.waitProbability),
      "mean_wait_seconds": number(figures.meanWait),
      "p99_wait_seconds": number(figures.waitAt99),
      "recommended_size": figures.recommended.map { .number($0) } ?? .null,
      "target_wait_probability": .double(traffic.target),
      "saturated": .bool(figures.isSaturated),
      "path": .string(orNull: stage.input?.setting?.origin?.path),
      "line": line(stage.input?.setting?.origin),
    ]
  }

  private func json(_ invariant: Invariant) -> JSON {
    let origin = invariant.origin()
    return [
      "id": .string(invariant.id.rawValue), "title": .string(invariant.id.title),
      "deployment": .string(invariant.deployment), "subject": .string(invariant.subject),
      "holds": invariant.holds.map { .bool($0) } ?? .null,
      "left": number(invariant.leftSum), "relation": .string(invariant.relation.rawValue),
      "right": number(invariant.rightSum), "unit": .string(invariant.unit.rawValue),
      "sum": .string(invariant.sumText), "consequence": .string(invariant.consequence),
      "explicit": .bool(invariant.isFirm), "as_written": .bool(invariant.isAsWritten),
      "only_in_rollout": .bool(invariant.isOnlyInRollout),
      "reasons": .array(invariant.reasons.map { .string($0) }),
      "path": .string(origin.path), "line": line(origin),
      "terms": .array(
        invariant.left.map { json($0, "left") } + invariant.right.map { json($0, "right") }),
    ]
  }

  private func json(_ term: Term, _ side: String) -> JSON {
    [
      "side": .string(side), "label": .string(term.label), "value": number(term.value),
      "formula": .string(term.quantity.text), "reason": .string(orNull: term.reason),
      "inputs": .array(
        term.inputs.map { input in
          [
            "name": .string(input.name), "value": number(input.value),
            "basis": .string(input.basis.rawValue), "reason": .string(orNull: input.reason),
            "key": .string(orNull: input.setting?.key),
            "written": .string(orNull: input.setting?.publicWritten),
            "path": .string(orNull: input.setting?.origin?.path),
            "line": line(input.setting?.origin),
          ]
        }),
    ]
  }

  private func json(_ edge: Edge, of path: PathFigures) -> JSON {
    var target: (String?, String?, String?) = (nil, nil, nil)
    switch edge.target {
    case .service(let name): target.0 = name
    case .external(let name): target.1 = name
    case .unknown(let reason): target.2 = reason
    }
    return [
      "deployment": .string(path.deployment.name), "step": .string(edge.step.rawValue),
      "from": .string(edge.from), "part": .string(edge.part), "to": .string(orNull: target.0),
      "external": .string(orNull: target.1), "reason": .string(orNull: target.2),
      "evidence": .string(edge.evidence), "declared": .bool(edge.isDeclared),
      "path": .string(orNull: edge.origin?.path), "line": line(edge.origin),
    ]
  }

  private func line(_ origin: Origin?) -> JSON {
    position(origin).map { .number($0.line) } ?? .null
  }

  /// JSON has no number for what is without bound: the formula says it.
  private func number(_ value: Double?) -> JSON {
    value.flatMap { $0.isFinite ? .double($0) : nil } ?? .null
  }
}
