import Capacity
package import Syntax

/// What one pool carries: the calculator behind `headgate capacity` without paths.
package struct PoolCalculation: Sendable {
  private let queue: PoolQueue?
  private let finite: FiniteQueue?
  private let demand: Demand
  /// `nil` when more connections than the calculation goes up to would be needed.
  private let recommended: Int?
  private let target: Double

  /// Calculates one pool.
  ///
  /// - Parameters:
  ///   - peak: requests a second.
  ///   - holdSeconds: mean seconds that a request keeps its connection.
  ///   - size: connections; `nil` asks for the recommended size only.
  ///   - target: the share of requests that may wait, above 0 and below 1.
  ///   - queue: the most requests that may wait; `nil` for no bound.
  /// - Throws: `Failure` when a number is out of range.
  package init(
    peak: Double, holdSeconds: Double, size: Int?, target: Double, queue: Int?
  ) throws(Failure) {
    do throws(CapacityError) {
      demand = try Demand(rate: peak, holdTime: holdSeconds)
      let demand = demand
      self.target = target
      recommended = try Self.smallest(for: demand, target, isNeeded: size == nil)
      self.queue = try size.map { size throws(CapacityError) in
        try PoolQueue(demand, servers: size)
      }
      if let size, let queue {
        let (capacity, overflow) = size.addingReportingOverflow(queue)
        finite = try FiniteQueue(
          load: demand.offeredLoad, servers: size, capacity: overflow ? .max : capacity)
      } else {
        finite = nil
      }
    } catch {
      throw Failure(error.description)
    }
  }

  /// The recommended size; a size that was asked about is answered for also where there is none.
  private static func smallest(
    for demand: Demand, _ target: Double, isNeeded: Bool
  ) throws(CapacityError) -> Int? {
    do throws(CapacityError) {
      return try PoolQueue.smallest(for: demand, meeting: .waitProbability(target)).servers
    } catch {
      guard error.code == .tooManyServers, !isNeeded else { throw error }
      return nil
    }
  }

  /// Whether more is asked than the pool can ever serve.
  package var isSaturated: Bool { queue?.isSaturated ?? false }

  /// The figures as others build on them: fields may be added, never changed.
  package var json: JSON {
    var pool: [(String, JSON?)] = [
      ("name", "pool"), ("offered_load", .double(demand.offeredLoad)),
      ("servers", queue.map { .number($0.servers) } ?? .null),
      ("utilisation", .double(orNull: queue?.utilisation)),
      ("wait_probability", .double(orNull: queue?.waitProbability)),
      ("mean_wait_seconds", .double(orNull: queue?.meanWait)),
      ("p95_wait_seconds", .double(orNull: wait(0.95))),
      ("p99_wait_seconds", .double(orNull: wait(0.99))),
      ("mean_queue", .double(orNull: queue?.meanQueue)),
      ("loss_probability", .double(orNull: queue?.lossProbability)),
      ("saturated", queue.map { .bool($0.isSaturated) } ?? .null),
      ("minimum_loss_fraction", .double(orNull: queue?.minimumLossFraction)),
      ("ceiling_per_second", .double(orNull: queue?.ceiling)),
      ("recommended_size", recommended.map { .number($0) } ?? .null),
      ("target_wait_probability", .double(target)),
    ]
    if let finite {
      pool.append(("blocking_probability", .double(finite.blockingProbability)))
      pool.append(("idle_probability", .double(finite.idleProbability)))
      pool.append(("finite_mean_wait_seconds", .double(finite.meanWait(demand))))
    }
    return [
      "version": 1, "tiers": [], "invariants": [], "pools": [.object(present: pool)],
      "assumptions": ["Poisson arrivals", "exponential hold times"],
    ]
  }

  /// The figures for people.
  package var text: String {
    var lines = [
      "offered load      \(rounded(demand.offeredLoad)) connections busy on average"
    ]
    if let queue {
      lines.append("pool size         \(queue.servers)")
      lines.append("utilisation       \(rounded(queue.utilisation * 100)) %")
      lines.append("ceiling           \(rounded(queue.ceiling)) requests/s")
      if queue.isSaturated {
        let loss = rounded(queue.minimumLossFraction * 100)
        lines.append("saturated         at least \(loss) % of the requests cannot be served")
      } else {
        lines.append("must wait         \(rounded(queue.waitProbability * 100)) % of the requests")
        lines.append("mean wait         \(milliseconds(queue.meanWait))")
        lines.append("99th percentile   \(milliseconds(wait(0.99)))")
      }
    }
    if let finite {
      lines.append(
        "refused           \(rounded(finite.blockingProbability * 100)) % of the requests")
    }
    let size = recommended.map(String.init) ?? "more than \(Erlang.maximumServers)"
    lines.append(
      "recommended size  \(size) (at most \(rounded(target * 100)) % of the requests wait)")
    lines.append("assumes Poisson arrivals and exponential hold times; bursts wait longer")
    return lines.joined(separator: "\n") + "\n"
  }

  private func wait(_ percentile: Double) -> Double? {
    // The percentiles asked for are constants inside the allowed range.
    (try? queue?.wait(atPercentile: percentile)) ?? nil
  }

  private func milliseconds(_ seconds: Double?) -> String {
    seconds.map { "\(rounded($0 * 1_000)) ms" } ?? "without end"
  }

  /// Three significant decimals, which is more than the model is true to.
  private func rounded(_ value: Double) -> String {
    let scaled = (value * 1_000).rounded() / 1_000
    return scaled == scaled.rounded() && scaled.magnitude < 1e15
      ? String(Int64(scaled)) : String(scaled)
  }
}

extension JSON {
  fileprivate static func double(orNull value: Double?) -> JSON { value.map(JSON.double) ?? .null }
}
