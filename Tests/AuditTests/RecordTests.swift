import FoundationEssentials
import Git
import Testing

@testable import Audit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Record")
struct RecordTests {
  private let repository = Digest("sha256:" + String(repeating: "ab", count: 32))

  private func golden(_ name: String) throws -> [UInt8] {
    // Editors end a file with a line feed; a record has none.
    try Array(Data(contentsOf: file(name))).filter { $0 != 0x0A }
  }

  private func file(_ name: String) -> URL {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return URL(filePath: folder.joined(separator: "/") + "/Golden/" + name)
  }

  /// Compares with a golden file, or writes it when `UPDATE_GOLDEN` is set.
  private func expect(_ record: Record, equals name: String) throws {
    if getenv("UPDATE_GOLDEN") != nil {
      try Data(record.bytes + [0x0A]).write(to: file(name))
    }
    #expect(try record.bytes == golden(name))
  }

  private func fullChange() throws -> RecordBody {
    var body = try Fixture.change(7, from: 20, to: 5)
    body.repository = repository
    body.reason = .commitment(Digest(of: [1]))
    body.commit = ObjectID(hex: String(repeating: "12", count: 20))
    body.base = ObjectID(hex: String(repeating: "34", count: 20))
    body.findings = FindingsSummary(
      tool: "0.1.0", policy: ObjectID(hex: String(repeating: "56", count: 20)),
      policySHA256: Digest(of: [2]), errors: 1, warnings: 2,
      suppressions: [.init(rule: "pool/size-below-minimum", path: "a", line: 3, reason: "test")])
    body.files.append(
      FileChange(
        path: "secret.ini", oldPath: "old.ini", old: try FileVersion(content: []), new: nil,
        keepsContent: false))
    return body
  }

  @Test func writesTheGoldenFiles() throws {
    try expect(Record(Fixture.genesis()), equals: "genesis-v1.json")
    try expect(Record(fullChange()), equals: "change-v1.json")
  }

  @Test func readsTheGoldenFiles() throws {
    let record = try Record(reading: golden("change-v1.json"))
    let body = try fullChange()
    #expect(record.body.files == body.files)
    #expect(record.body.settings == body.settings)
    #expect(record.body.findings == body.findings)
    #expect(record.body.reason == body.reason)
    #expect(record.body.actor == body.actor)
    #expect(record.body.effectiveAt == body.effectiveAt)
    #expect(record.body.others.isEmpty)
    #expect(record.id == Digest(of: record.bytes))
  }

  @Test func keepsFieldsOfNewerVersions() throws {
    let record = try Record(reading: golden("change-with-unknown-fields-v1.json"))
    #expect(record.body.others.map(\.name) == ["colour", "links"])
    #expect(try Record(record.body).bytes == record.bytes)
  }

  @Test func listsAnUnknownKindAsOpaque() throws {
    let record = try Record(reading: golden("unknown-kind-v1.json"))
    #expect(record.body.kind == .unknown("lunar-eclipse"))
    #expect(record.body.others.map(\.name) == ["files", "phase"])
  }

  @Test func readsAnApprovalFromBeforeApprovalsWereWritten() throws {
    let record = try Record(reading: golden("approval-v1.json"))
    #expect(record.body.kind == .approval)
    #expect(record.body.others.isEmpty)
    guard case .decision(let decision) = record.body.details else {
      Issue.record("no decision was read")
      return
    }
    #expect(decision.files.map(\.path) == ["a"])
    #expect(decision.of.hex.hasPrefix("efef"))
    #expect(decision.expires != nil)
  }

  private static let valid =
    #"{"actor":{"id":"user:a"},"kind":"lunar-eclipse","nonce":"AAAAAAAAAAAAAAAAAAAAAA","#
    + #""recordedAt":"2026-06-10T10:30:00.123Z","recorder":{"id":"user:a"},"repo":"sha256:"#
    + String(repeating: "ab", count: 32) + #"","v":1}"#

  @Test func theBaseOfTheBadRecordsIsGood() throws {
    _ = try Record(reading: Array(Self.valid.utf8))
  }

  @Test(
    "refuses what breaks the schema",
    arguments: [
      (#""v":1"#, #""v":0"#, "E_SCHEMA"), (#""v":1"#, #""v":2"#, "E_SCHEMA_NEWER"),
      (#""v":1"#, #""v":"1""#, "E_SCHEMA"), (#","v":1"#, "", "E_SCHEMA"),
      (#""kind":"lunar-eclipse""#, #""kind":"Eclipse""#, "E_SCHEMA"),
      (#""kind":"lunar-eclipse""#, #""kind":"genesis""#, "E_SCHEMA"),
      (#""kind":"lunar-eclipse""#, #""kind":"change""#, "E_SCHEMA"),
      (#""kind":"lunar-eclipse""#, #""kind":"annotation""#, "E_SCHEMA"),
      (#"AAAAAAAAAAAAAAAAAAAAAA"#, #"AAAAAAAAAAAAAAAAAAAA"#, "E_SCHEMA"),
      (#"AAAAAAAAAAAAAAAAAAAAAA"#, #"AAAAAAAAAAAAAAAAAAAAAB"#, "E_SCHEMA"),
      (#"10:30:00.123Z"#, #"10:30:00Z"#, "E_SCHEMA"),
      (#""id":"user:a"},"kind""#, #""id":""},"kind""#, "E_SCHEMA"),
      (#""id":"user:a"},"kind""#, #""id":"a\nb"},"kind""#, "E_SCHEMA"),
      (#"{"id":"user:a"},"kind""#, #""user:a","kind""#, "E_SCHEMA"),
      (#"sha256:ab"#, #"sha1:ab"#, "E_SCHEMA"), (#""v":1}"#, #""v":1} "#, "E_JSON_NOT_CANONICAL"),
      (#"{"actor""#, #"{ "actor""#, "E_JSON_NOT_CANONICAL"),
      (#""v":1}"#, #""v":1,"v":1}"#, "E_JSON_NOT_CANONICAL"),
      (#""v":1}"#, #""v":1,"a":1}"#, "E_JSON_NOT_CANONICAL"),
      (#""v":1}"#, #""v":null}"#, "E_JSON_NOT_CANONICAL"),
    ])
  func schema(find: String, replacement: String, code: String) throws {
    let parts = Self.valid.split(separator: find, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let text = parts[0] + replacement + parts[1]
    let error = failure { _ = try Record(reading: Array(text.utf8)) }
    #expect(error?.code.rawValue == code, "\(error?.description ?? "accepted")")
  }

  @Test func refusesToWriteWhatItWouldNotRead() throws {
    var body = try fullChange()
    body.settings[0] = SettingChange(file: 2, key: "k", old: nil, new: "1")
    #expect(failure { _ = try Record(body) }?.code == .schema)
    body = try fullChange()
    body.nonce = [1]
    #expect(failure { _ = try Record(body) }?.code == .schema)
    body = try fullChange()
    body.repository = nil
    #expect(failure { _ = try Record(body) }?.code == .schema)
    body = try fullChange()
    body.effectiveAt = nil
    #expect(failure { _ = try Record(body) }?.code == .schema)
    body = try fullChange()
    body.files = []
    body.settings = []
    #expect(failure { _ = try Record(body) }?.code == .schema)
  }

  @Test func holdsAtMost64KiB() throws {
    var body = try fullChange()
    body.reason = .text("")
    let room = Record.sizeLimit - (try Record(body).bytes.count)
    body.reason = .text(String(repeating: "x", count: room))
    #expect(try Record(body).bytes.count == Record.sizeLimit)
    body.reason = .text(String(repeating: "x", count: room + 1))
    #expect(failure { _ = try Record(body) }?.code == .schema)
  }

  @Test func anyTextSurvives() throws {
    var body = try fullChange()
    let text = "a\u{0}\n\nAudit-Seq: 9\r\u{2028}\u{1b}[31m\u{202E}é e\u{301} 😀 \"\\"
    body.reason = .text(text)
    let record = try Record(reading: Record(body).bytes)
    #expect(record.body.reason?.text?.utf8.elementsEqual(text.utf8) == true)
  }
}
