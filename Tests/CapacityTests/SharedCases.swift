import FoundationEssentials
import Testing

/// The queueing vectors that were computed with 50 digits elsewhere, `data/capacity.json`.
enum SharedCases {
  static let path: String = {
    let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let environment = ProcessInfo.processInfo.environment["HEADGATE_SHARED"]
    return (environment ?? "/\(here)/../shared") + "/data/capacity.json"
  }()

  static let all: [QueueingCase] = {
    // An absent or unreadable file leaves the table empty, and the suite is then disabled aloud.
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return [] }
    // So does a file of another shape; `count` is asserted where the file is there.
    return (try? JSONDecoder().decode(Table.self, from: data))?.cases ?? []
  }()

  static func of(_ kind: String) -> [QueueingCase] { all.filter { $0.kind == kind } }

  private struct Table: Decodable { let cases: [QueueingCase] }
}

/// One row: what goes in, and those figures that its kind has.
struct QueueingCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Input: Decodable, Sendable {
    let a, lambda, lambdaTotal, holdSeconds: Double?
    let maxProbabilityOfWait, maxWaitSeconds, percentile: Double?
    let servers, capacity, threads, connectionsHeldPerThread, replicas: Int?
  }

  let id, kind: String
  let input: Input
  let servers, serversPerReplica, serversTotal, squareRootRule, flat1_5: Int?
  let saturated: Bool?
  let a, aPerReplica, rho, erlangB, erlangC, waitMean, queueMean, wait: String?
  let p50, p95, p99, p999, probWaitOver1s, probWaitOverHold, minimumLossFraction: String?
  let blocking, idle, meanInSystem, meanBusy, meanQueue: String?

  var testDescription: String { id }
}
