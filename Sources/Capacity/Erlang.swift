/// Erlang's two formulas of 1917, by the recursion that neither overflows nor cancels.
///
/// The textbook forms divide powers by factorials and fail in `Double` from 171 servers on. The
/// recursion B(k) = aB(k-1) / (k + aB(k-1)) only ever handles numbers between 0 and 1.
package enum Erlang {
  /// The largest pool that is computed: no server accepts more connections, and 10^5 steps of the
  /// recursion still take less than a millisecond.
  package static let maximumServers = 100_000

  /// Erlang B: the share of requests lost when nobody can wait.
  ///
  /// - Parameters:
  ///   - load: offered load in erlangs, the mean number of connections in use.
  ///   - servers: number of connections, 1 to ``maximumServers``.
  /// - Throws: ``CapacityError`` when a number is out of range.
  /// - Complexity: O(*servers*).
  package static func lossProbability(
    load: Double, servers: Int
  ) throws(CapacityError) -> Double {
    try CapacityError.check(load, "offered load")
    try CapacityError.check(servers: servers)
    var loss = LossRecursion(load: load)
    while loss.servers < servers { loss.addServer() }
    return loss.probability
  }

  /// Erlang C: the share of requests that must wait when everybody waits.
  ///
  /// - Parameters:
  ///   - load: offered load in erlangs.
  ///   - servers: number of connections, 1 to ``maximumServers``.
  /// - Returns: 1 when the load is as large as the pool or larger.
  /// - Throws: ``CapacityError`` when a number is out of range.
  /// - Complexity: O(*servers*).
  package static func waitProbability(
    load: Double, servers: Int
  ) throws(CapacityError) -> Double {
    let loss = try lossProbability(load: load, servers: servers)
    return waitProbability(loss: loss, load: load, servers: servers)
  }

  /// Erlang C from Erlang B.
  ///
  /// Written with `servers - load` and not with the utilisation, so that nothing is rounded twice
  /// where the two are close.
  static func waitProbability(loss: Double, load: Double, servers: Int) -> Double {
    let servers = Double(servers)
    guard load < servers else { return 1 }
    return min(1, loss * servers / (servers - load * (1 - loss)))
  }
}

/// Erlang B, one more server at a time: a search for a size costs no more than its answer.
struct LossRecursion {
  let load: Double
  private(set) var servers = 0
  /// The loss with `servers` servers; falls with each.
  private(set) var probability = 1.0

  init(load: Double) { self.load = load }

  mutating func addServer() {
    servers += 1
    let product = load * probability
    probability = product / (Double(servers) + product)
  }
}
