import Catalog
import Model
import Testing

@Suite("Configuration files that stand in `configs` of compose")
struct ComposeEmbeddedTests {
  static let text = """
    services:
      pooler:
        image: edoburu/pgbouncer:1.23.1
        configs:
          - source: bouncer
            target: /etc/pgbouncer/pgbouncer.ini
    configs:
      bouncer:
        content: |
          [databases]
          auth = host=db
          [pgbouncer]
          max_client_conn = 77
          ; note
          default_pool_size = ${SIZE:-5}
      unused:
        content: |
          [pgbouncer]
          max_client_conn = 1

    """

  @Test("the text is read as the file that it is, at its own lines where it stands as it is")
  func plain() throws {
    let reading = composeReading(
      Self.text.replacing("${SIZE:-5}", with: "5"))
    #expect(reading.problems.map(\.message) == [])
    let pooler = try #require(reading.resources.first { $0.kind == .pooler })
    #expect(pooler.identity.service?.name == "pooler")
    let limit = pooler.settings.first { $0.key == "max_client_conn" }
    #expect(limit?.effective == .int(77))
    #expect(reading.line(limit?.origin) == 13)
    #expect(reading.resources.count { $0.kind == .pooler } == 1)
  }

  @Test("variables are filled in first; what is found then stands at the name")
  func filled() throws {
    let reading = composeReading(Self.text)
    let pooler = try #require(reading.resources.first { $0.kind == .pooler })
    let size = pooler.settings.first { $0.key == "default_pool_size" }
    #expect(size?.effective == .int(5))
    #expect(reading.line(pooler.identity.origin) == 8)
  }

  @Test("a text with a variable that nobody knows is said and not read")
  func unknown() {
    let reading = composeReading(Self.text.replacing("${SIZE:-5}", with: "${SIZE}"))
    #expect(reading.problems.map(\.kind) == [.unknown])
    #expect(reading.resources.allSatisfy { $0.kind != .pooler })
  }
}
