import Testing

/// The calculator of one pool.
@Suite("headgate capacity", .timeLimit(.minutes(15)))
struct CapacityCommandTests {
  private func pool(_ arguments: [String]) throws -> (status: Int32, pool: JSONValue) {
    let folder = try TemporaryFolder()
    let run = try Program.headgate(
      ["capacity"] + arguments + ["--format", "json"], in: folder.path)
    guard let pool = try JSONValue(run.output).pools?[0] else { throw ProgramError(text: run.text) }
    return (run.status, pool)
  }

  @Test("the outage's pool is saturated, the repaired one is not")
  func outage() throws {
    let small = try pool(["--peak", "250", "--hold", "50ms", "--size", "10"])
    #expect(small.status == 1)
    #expect(small.pool.offered_load?.number == 12.5)
    #expect(small.pool.saturated?.bool == true)
    #expect(small.pool.minimum_loss_fraction?.number == 0.2)
    #expect(small.pool.ceiling_per_second?.number == 200)
    #expect(small.pool.recommended_size?.int == 23)
    let sound = try pool(["--peak", "250", "--hold", "0.05s", "--size", "24"])
    #expect(sound.status == 0)
    let wait = try #require(sound.pool.wait_probability?.number)
    #expect(abs(wait - 0.00265390) < 1e-8)
  }

  @Test(
    "numbers that make no sense are refused",
    arguments: [
      ["--peak", "-1", "--hold", "50ms"],
      ["--peak", "10", "--hold", "50"], ["--peak", "10", "--hold", "-5ms"],
      ["--peak", "10", "--hold", "50ms", "--size", "0"],
      ["--peak", "10", "--hold", "50ms", "--target", "2"],
      ["--peak", "nan", "--hold", "50ms"], ["--peak", "inf", "--hold", "1s"],
    ])
  func refused(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try Program.headgate(["capacity"] + arguments, in: folder.path)
    #expect(run.status == 2, "\(run.text)")
    #expect(run.output == "")
    #expect(!run.errors.isEmpty)
  }

  @Test(
    "agrees with the queueing vectors",
    .enabled(if: SharedVectors.areHere, "\(SharedVectors.absence)"))
  func vectors() throws {
    let cases = try JSONValue(SharedVectors.bytes("data/capacity.json")).cases?.array ?? []
    let mmc = cases.filter { $0.kind?.string == "mmc" }
    #expect(mmc.count > 10)
    for item in mmc {
      guard let rate = item.input?.lambda?.number, let hold = item.input?.holdSeconds?.number,
        let servers = item.input?.servers?.int
      else { continue }
      let (status, pool) = try pool([
        "--peak", "\(rate)", "--hold", "\(hold)s", "--size", "\(servers)",
      ])
      let name = item.id?.string ?? ""
      #expect(status == (item.saturated?.bool == true ? 1 : 0), "\(name)")
      let tolerance = (item.rho?.string.flatMap { Double($0) } ?? 0) > 0.9999 ? 1e-6 : 1e-9
      for (field, expected) in [
        ("offered_load", "a"), ("utilisation", "rho"), ("wait_probability", "erlangC"),
        ("mean_wait_seconds", "waitMean"), ("mean_queue", "queueMean"), ("p99_wait_seconds", "p99"),
        ("loss_probability", "erlangB"),
      ] {
        guard let text = item[expected]?.string, let value = Double(text) else { continue }
        guard let got = pool[field]?.number else {
          Issue.record("\(name): no \(field)")
          continue
        }
        let isEqual =
          abs(got - value) <= tolerance * max(abs(value), abs(got)) || abs(value) < 1e-300
        #expect(isEqual, "\(name) \(field): \(got), not \(value)")
      }
    }
  }
}
