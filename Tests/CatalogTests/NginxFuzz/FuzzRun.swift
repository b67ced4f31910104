import FoundationEssentials

/// Many cases on all cores, and what came of them.
struct FuzzRun {
  let seed: UInt64
  let count: Int

  /// A disagreement with the smallest configuration that shows it.
  struct Failure: Sendable {
    let number: Int
    let difference: FuzzDifference
    let text: [UInt8]
  }

  struct Result: Sendable {
    var outcomes: [String: Int] = [:]
    var failures: [Failure] = []
    var failureCount = 0

    mutating func add(_ other: Result) {
      outcomes.merge(other.outcomes, uniquingKeysWith: +)
      failures += other.failures
      failureCount += other.failureCount
    }
  }

  /// Disagreements shown, and so made small, by each worker.
  private static let mostShown = 40

  /// Runs all cases; which worker has which does not matter to what comes out.
  func run(workers: Int) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
      for worker in 0..<workers {
        group.addTask { try work(worker, of: workers) }
      }
      var all = Result()
      for try await part in group { all.add(part) }
      all.failures.sort { $0.number < $1.number }
      return all
    }
  }

  private func work(_ worker: Int, of workers: Int) throws -> Result {
    let oracle = try NginxOracle(worker: worker)
    defer { oracle.close() }
    var result = Result()
    var seen: [String: Int] = [:]
    for number in stride(from: worker, to: count, by: workers) {
      let bytes = FuzzCase.bytes(number, seed: seed)
      switch try outcome(bytes, oracle) {
      case .agreed(let what): result.outcomes["agreed: \(what)", default: 0] += 1
      case .excluded(let why): result.outcomes["excluded: \(why)", default: 0] += 1
      case .different(let difference):
        result.outcomes["DIFFERENT: \(difference.kind)", default: 0] += 1
        result.failureCount += 1
        seen[difference.kind, default: 0] += 1
        // A defect shows often; a few of each kind are enough.
        guard result.failures.count < Self.mostShown, seen[difference.kind, default: 0] <= 12 else {
          continue
        }
        let (small, what) = try minimise(bytes, difference, oracle)
        result.failures.append(Failure(number: number, difference: what, text: small))
      }
    }
    return result
  }

  private func outcome(_ bytes: [UInt8], _ oracle: NginxOracle) throws -> FuzzOutcome {
    FuzzComparison(bytes, try oracle.verdict(on: bytes)).outcome
  }

  /// Takes pieces away, from halves down to bytes, as long as both still disagree in the same way.
  private func minimise(
    _ bytes: [UInt8], _ difference: FuzzDifference, _ oracle: NginxOracle
  ) throws -> ([UInt8], FuzzDifference) {
    var best = bytes
    var what = difference
    var tries = 400
    var size = max(best.count / 2, 1)
    while tries > 0 {
      var start = 0
      while start < best.count, tries > 0 {
        var next = best
        next.removeSubrange(start..<min(start + size, best.count))
        tries -= 1
        if next.starts(with: NginxOracle.safeguard),
          case .different(let now) = try outcome(next, oracle), now.kind == difference.kind
        {
          best = next
          what = now
        } else {
          start += size
        }
      }
      guard size > 1 else { break }
      size /= 2
    }
    return (best, what)
  }
}
