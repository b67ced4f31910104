import Catalog
import FoundationEssentials
import Testing

@Suite("nginx units")
struct NginxUnitsTests {
  @Test(
    "reads times as nginx does",
    arguments: [
      ("30", 30_000), ("500ms", 500), ("1m30s", 90_000), ("1h 5m", 3_900_000), ("1m1", 61_000),
      ("10 20", 30_000), ("1ms1", 1_001), ("1w", 604_800_000), ("0", 0), ("", nil), ("1M", nil),
      ("1y", nil), ("1.5s", nil), ("-1", nil), ("1s1m", nil), ("1S", nil), ("5 s", nil),
      ("9223372036854775807", nil), ("1\t2", nil),
    ] as [(String, Int64?)])
  func milliseconds(text: String, expected: Int64?) {
    #expect(NginxUnits.milliseconds(text.utf8) == expected)
  }

  @Test(
    "reads seconds without milliseconds but with years",
    arguments: [("1y", 31_536_000), ("1M", 2_592_000), ("5m", 300), ("1ms", nil)]
      as [(String, Int64?)])
  func seconds(text: String, expected: Int64?) {
    #expect(NginxUnits.seconds(text.utf8) == expected)
  }

  @Test(
    "reads sizes up to megabytes and offsets up to gigabytes",
    arguments: [
      ("1024", 1_024, 1_024), ("8k", 8_192, 8_192), ("1M", 1_048_576, 1_048_576),
      ("1g", nil, 1_073_741_824), ("8kb", nil, nil), ("k", nil, nil), ("1 k", nil, nil),
      ("9007199254740992k", nil, nil),
    ] as [(String, Int64?, Int64?)])
  func sizes(text: String, size: Int64?, offset: Int64?) {
    #expect(NginxUnits.size(text.utf8) == size)
    #expect(NginxUnits.offset(text.utf8) == offset)
  }

  @Test(
    "takes flags in any letter case",
    arguments: [("on", true), ("OFF", false), ("On", true), ("yes", nil), ("1", nil), ("/n", nil)]
      as [(String, Bool?)])
  func flags(text: String, expected: Bool?) {
    #expect(NginxUnits.flag(text.utf8) == expected)
  }

  private struct Case: Decodable, Sendable {
    let id, kind, value: String
    let accepted: Bool
    let milliseconds, seconds, bytes: Int64?
  }

  private static let cases: [Case] =
    SharedNginx.data("data/nginx-units.json").flatMap {
      // Another shape leaves the list empty, which the test refuses.
      try? JSONDecoder().decode([Case].self, from: $0)
    } ?? []

  @Test(
    "agrees with nginx on every recorded value",
    .enabled(
      if: SharedNginx.data("data/nginx-units.json") != nil, "shared vectors are not here"))
  func recorded() {
    #expect(Self.cases.count > 500)
    for unit in Self.cases {
      let bytes = unit.value.utf8
      switch unit.kind {
      case "time_ms": #expect(NginxUnits.milliseconds(bytes) == unit.milliseconds, "\(unit.id)")
      case "time_s": #expect(NginxUnits.seconds(bytes) == unit.seconds, "\(unit.id)")
      case "size": #expect(NginxUnits.size(bytes) == unit.bytes, "\(unit.id)")
      case "offset": #expect(NginxUnits.offset(bytes) == unit.bytes, "\(unit.id)")
      case "number": #expect((NginxUnits.number(bytes) != nil) == unit.accepted, "\(unit.id)")
      case "flag": #expect((NginxUnits.flag(bytes) != nil) == unit.accepted, "\(unit.id)")
      default: Issue.record("unknown kind \(unit.kind)")
      }
    }
  }
}
