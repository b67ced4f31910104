package import Model

extension Invariant {
  /// The comparison as rules see it, at the line that decides it.
  ///
  /// - Parameter paths: files of which a line is preferred: those that somebody changed.
  package func resource(at paths: Set<String>? = nil) -> SettingsResource {
    SettingsResource(
      identity: ResourceIdentity(
        kind: .invariant, technology: "headgate", version: nil, name: subject,
        origin: origin(at: paths)),
      settings: lines, facts: facts)
  }

  /// The line of the bound, or of what is too large, where that is what one would change.
  package func origin(at paths: Set<String>? = nil) -> Origin {
    let sides = id.isDecidedLeft ? [largest(left), right] : [right, largest(left)]
    let places = sides.flatMap { $0 }.flatMap(\.inputs).compactMap { $0.setting?.origin }
    if let paths,
      let place = places.first(where: { paths.contains($0.path) })
        ?? lines.compactMap(\.origin).first(where: { paths.contains($0.path) })
    {
      return place
    }
    return places.first ?? left.flatMap(\.inputs).compactMap { $0.setting?.origin }.first
      ?? Origin(path: deployment, range: 0..<0)
  }

  private func largest(_ terms: [Term]) -> [Term] {
    terms.max { ($0.value ?? 0) < ($1.value ?? 0) }.map { [$0] } ?? []
  }

  /// The written lines behind its numbers, each once.
  private var lines: [Setting] {
    var seen: Set<Origin> = []
    return (left + right).flatMap(\.inputs).compactMap(\.setting).filter { setting in
      guard let origin = setting.origin else { return false }
      return seen.insert(origin).inserted
    }
  }

  private var facts: [String: FieldValue] {
    [
      "id": .string(id.rawValue), "deployment": .string(deployment),
      "subject": .string(subject),
      "holds": holds.map { .bool($0) } ?? .unknown(reasons.joined(separator: "; ")),
      "left": .double(leftSum), "right": .double(rightSum),
      "left_terms": .string(leftText), "right_terms": .string(rightText),
      "sum": .string(sumText), "consequence": .string(consequence),
      "is_explicit": .bool(isFirm), "is_as_written": .bool(isAsWritten),
      "is_only_in_rollout": .bool(isOnlyInRollout),
    ]
  }
}

extension InvariantID {
  /// Whether the left side is what one would change: a timeout, a memory setting.
  fileprivate var isDecidedLeft: Bool {
    switch self {
    case .lifetimes, .timeouts, .poolerWait, .idleLimits, .postgresMemory, .mysqlMemory: true
    default: false
    }
  }
}
