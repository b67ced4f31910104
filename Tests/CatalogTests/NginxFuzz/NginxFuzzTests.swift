import FoundationEssentials
import Testing

/// Random configurations, read by us and by nginx itself.
///
/// `make fuzz-nginx` runs 20,000 of them; a few hundred belong to every test run.
@Suite("nginx beside nginx", .timeLimit(.minutes(60)))
struct NginxFuzzTests {
  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test(
    "agrees with nginx on the words and the grammar of random configurations",
    .enabled(if: NginxOracle.isHere, "nginx is not installed"))
  func differences() async throws {
    let count = Self.number("HEADGATE_FUZZ_CASES") ?? 400
    let seed = Self.number("HEADGATE_FUZZ_SEED") ?? 1
    let run = FuzzRun(seed: UInt64(bitPattern: Int64(seed)), count: count)
    let result = try await run.run(workers: ProcessInfo.processInfo.activeProcessorCount)
    let isLoud = Self.number("HEADGATE_FUZZ_CASES") != nil
    if isLoud || result.failureCount > 0 { print(summary(result, run)) }
    #expect(result.failureCount == 0)
  }

  private func summary(_ result: FuzzRun.Result, _ run: FuzzRun) -> String {
    let prologue = NginxOracle.safeguard.count
    var lines = ["\(run.count) configurations, seed \(run.seed)"]
    for (what, count) in result.outcomes.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(count)  \(what)")
    }
    for failure in result.failures {
      let text = String(decoding: failure.text.dropFirst(prologue), as: UTF8.self)
      lines.append(
        "case \(failure.number): \(failure.difference.kind): \(failure.difference.detail)")
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "    |\($0)" }
    }
    return lines.joined(separator: "\n")
  }
}
