import Model

extension NginxFact {
  /// How many requests an upstream lets through to what is behind it.
  static let upstreamAdmission: [NginxFact] = [
    NginxFact(
      "admitted_connections", .int,
      "Connections that all `max_conns` admit together; unlimited where a server has none",
      unit: .connection,
      at: { $0.serverWithLimit($1) ?? $0.upstreamServers($1).first }
    ) { configuration, context in
      configuration.unread.open(in: context)?.unknown ?? configuration.admitted(context)
    }
  ]
}

extension NginxConfiguration {
  /// The sum over the servers that are not down, those in reserve included.
  ///
  /// nginx turns to the reserve when the others have reached their limit. In shared memory the
  /// sum counts for all workers, else for each.
  fileprivate func admitted(_ upstream: Int) -> FieldValue {
    var sum: Int64 = 0
    for place in upstreamServers(upstream) {
      let words = view.arguments(place)
      guard !words.contains("down") else { continue }
      let written = words.last { $0.hasPrefix("max_conns=") }?.dropFirst("max_conns=".count)
      guard let written, written != "0" else { return .int(.max) }
      guard let limit = NginxUnits.number(written.utf8) else {
        return .unknown("\"\(written)\" is no number")
      }
      sum = sum.addingClamped(limit)
    }
    guard view.statements(NginxKnownNames.shared.zone, in: upstream).isEmpty else {
      return .int(sum)
    }
    switch workers {
    case .int(let workers):
      let (product, overflow) = sum.multipliedReportingOverflow(by: workers)
      return .int(overflow ? .max : product)
    case .unknown(let reason): return .unknown(reason)
    default: return .unknown("the number of workers is not in the files that were read")
    }
  }
}
