import CEL
import Testing

/// What a host that remembers results goes by.
@Suite("Traces of what evaluations read")
struct ReadTraceTests {
  /// The slots of each read with a dot between them, `?` behind those that only ask for presence.
  private static func reads(_ expression: String) throws -> (reads: [String], isWhole: Bool) {
    let database = TestObject(
      typeName: "database", values: ["max_connections": .value(.int(90))])
    let pool = TestHost.pool([
      "max_size": .value(.int(12)), "database": .value(.object(database)),
    ])
    let program = try TestHost.environment.compile(expression)
    var trace = ReadTrace()
    _ = program.evaluate([pool, .int(1), .null], trace: &trace)
    let reads = trace.reads.map { read, _ in
      read.slots.map(String.init).joined(separator: ".") + (read.isPresence ? "?" : "")
    }
    return (reads, trace.isWhole)
  }

  @Test(
    "are the fields on the way that was taken, each once",
    arguments: [
      ("pool.max_size > minimum && pool.max_size < 20", ["1"]),
      ("has(pool.name) && pool.max_size > 1", ["0"]),
      ("has(pool.max_size) && pool.max_size > 1", ["1"]),
      ("minimum > 0", []),
      // Of a structure inside only what is asked of it counts.
      ("has(pool.database)", ["5?"]),
      ("pool.database.max_connections > 9", ["5?", "5.0"]),
      ("has(pool.database.max_connections)", ["5?", "5.0"]),
      ("has(pool.database) && pool.database.max_connections > 9", ["5?", "5.0"]),
      ("[pool.database].size() == 1", ["5"]),
    ] as [(String, [String])])
  func reads(expression: String, expected: [String]) throws {
    let (reads, isWhole) = try Self.reads(expression)
    #expect(reads == expected)
    #expect(!isWhole)
  }

  @Test("the variable as a whole tells that the reads are not all")
  func whole() throws {
    #expect(try Self.reads("[pool].size() == 1").isWhole)
  }
}
