import Findings
import Model
import Policy
import Syntax
import Testing

/// Fixes write a vendor-neutral value in the manner of the file.
@Suite("Fixes")
struct FixTests {
  /// The replacement that `to` becomes for a setting written as `written`; `nil` where there is no
  /// fix.
  private func replacement(
    field: String, written: String, unit: Unit, effective: Scalar, to value: String,
    provenance: Provenance = .explicit
  ) throws -> String? {
    let text = "key=\(written)\n"
    let setting = Setting(
      key: "key", field: field, written: written, effective: effective, unit: unit,
      provenance: provenance, origin: Origin(path: "a.properties", range: 4..<text.utf8.count - 1))
    let kind: Kind = field.hasSuffix("memory") ? .databaseServer : .pool
    let server = SettingsResource(
      identity: ResourceIdentity(
        kind: kind, technology: "any", version: nil, name: "x",
        origin: Origin(path: "a.properties", range: 0..<3)),
      settings: [setting])
    let rule = try rule(
      """
      title: A rule
      severity: error
      for: \(kind.rawValue)
      require: 'false'
      at: \(kind.rawValue).\(field)
      message: m
      fix: {set: \(kind.rawValue).\(field), to: '\(value)'}
      why: because
      """)
    let policy = try PolicySet(rules: [rule], schema: poolSchema)
    let evaluation = policy.evaluate(
      [server], sources: ["a.properties": SourceText(path: "a.properties", text: text)])
    let finding = try #require(evaluation.findings.first)
    return finding.fix?.edits.first?.replacement
  }

  @Test(
    "a time is written in the unit and with the suffix that stand there",
    arguments: [
      ("60000", Unit.millisecond, Int64(60_000), "duration(\"5s\")", "5000"),
      ("60", .second, 60, "duration(\"5s\")", "5"),
      ("60", .second, 60, "duration(\"1500ms\")", nil),
      ("1min", .millisecond, 60_000, "duration(\"5m\")", "5min"),
      ("1min", .millisecond, 60_000, "duration(\"90s\")", "90s"),
      ("'1min'", .millisecond, 60_000, "duration(\"5m\")", "'5min'"),
      ("1m", .millisecond, 60_000, "duration(\"2m\")", "2m"),
      ("60s", .millisecond, 60_000, "duration(\"1500ms\")", "1500ms"),
    ] as [(String, Unit, Int64, String, String?)])
  func times(written: String, unit: Unit, effective: Int64, to: String, expected: String?) throws {
    let found = try replacement(
      field: "max_lifetime", written: written, unit: unit, effective: .int(effective), to: to)
    #expect(found == expected)
  }

  @Test(
    "a size is written with the suffix that stands there, or a smaller one",
    arguments: [
      ("64MB", Unit.kibibyte, "33554432", "32MB"), ("64MB", .kibibyte, "1048576 + 1024", "1025kB"),
      ("65536", .kibibyte, "33554432", "32768"), ("64m", .byte, "33554432", "32m"),
      ("64m", .byte, "1073741824", "1024m"),
    ])
  func sizes(written: String, unit: Unit, to: String, expected: String) throws {
    let found = try replacement(
      field: "work_memory", written: written, unit: unit, effective: .int(65_536), to: to)
    #expect(found == expected)
  }

  @Test("quotes stay")
  func quotes() throws {
    let found = try replacement(
      field: "max_size", written: "\"5\"", unit: .connection, effective: .int(5), to: "10")
    #expect(found == "\"10\"")
  }

  @Test(
    "what is decided elsewhere is not edited",
    arguments: [Provenance.placeholder, .inherited, .unknown, .default])
  func decidedElsewhere(provenance: Provenance) throws {
    let found = try replacement(
      field: "max_size", written: "5", unit: .connection, effective: .int(5), to: "10",
      provenance: provenance)
    #expect(found == nil)
  }
}
