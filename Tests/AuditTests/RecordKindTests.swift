import FoundationEssentials
import Git
import Testing

@testable import Audit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Records of each kind, as they are written, and as they are not.
@Suite("Kinds of records")
struct RecordKindTests {
  static let repository = Digest("sha256:" + String(repeating: "ab", count: 32))
  static let target = Digest(of: [7])
  static let blob = ObjectID(hex: String(repeating: "12", count: 20))
  static let key =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

  static func body(
    _ kind: RecordKind, _ details: RecordDetails?, reason: String? = "because"
  ) -> RecordBody {
    RecordBody(
      kind: kind, nonce: Fixture.nonce(3), repository: repository, recordedAt: Fixture.time(0),
      actor: Fixture.developer, recorder: Fixture.developer, reason: reason.map { .text($0) },
      details: details)
  }

  static let decision = RecordDetails.Decision(
    of: target, files: [.init(path: "a.properties", old: nil, new: blob)], expires: Fixture.time(9))

  /// Every kind with all its fields.
  static let samples: [(String, RecordBody)] = [
    ("approval-full-v1.json", body(.approval, .decision(decision))),
    ("rejection-v1.json", body(.rejection, .decision(decision))),
    (
      "annotation-v1.json",
      body(
        .annotation,
        .annotation(.init(of: [target], text: .text("it was the peak"), supersedes: [.zero])))
    ),
    (
      "waiver-v1.json",
      body(
        .waiver,
        .waiver(
          .init(
            rule: "pool/size-below-minimum", path: "legacy/**", resource: "auth",
            fingerprint: "00ff", owner: "owner@example.org", granted: Fixture.time(0),
            expires: Fixture.time(60), supersedes: [target])))
    ),
    (
      "policy-v1.json",
      body(
        .policy,
        .policy(
          .init(
            file: blob.map { FileVersion(git: $0, sha256: target, size: 12) },
            approvals: ApprovalRules(
              required: 2, from: ["a@example.org", "role:dba"], roles: ["dba": ["b@example.org"]],
              isSigned: true, emergencyHours: 8, expiresDays: 30))))
    ),
    (
      "key-add-v1.json",
      body(
        .keyAdd,
        .keyGrant(
          .init(
            principal: "user:a@example.org", key: key, roles: ["root", "dba"],
            validFrom: Fixture.time(1))))
    ),
    (
      "key-revoke-v1.json",
      body(.keyRevoke, .keyRevocation(.init(principal: "user:a@example.org", key: key)))
    ),
    (
      "checkpoint-v1.json",
      body(.checkpoint, .checkpoint(.init(size: 5, root: target, witness: "seen")), reason: nil)
    ),
    ("redaction-v1.json", body(.redaction, .redaction(.init(of: target, fields: ["reason"])))),
  ]

  private func file(_ name: String) -> URL {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return URL(filePath: folder.joined(separator: "/") + "/Golden/" + name)
  }

  @Test("each kind is written as its golden file and read back", arguments: samples.indices)
  func golden(index: Int) throws {
    let (name, body) = Self.samples[index]
    let record = try Record(body)
    if getenv("UPDATE_GOLDEN") != nil { try Data(record.bytes + [0x0A]).write(to: file(name)) }
    let stored = try Array(Data(contentsOf: file(name))).filter { $0 != 0x0A }
    #expect(record.bytes == stored)
    let read = try Record(reading: stored)
    #expect(read.body.details == body.details)
    #expect(read.body.details != nil)
    #expect(read.body.others.isEmpty)
    #expect(read.body.kind == body.kind)
  }

  @Test("an emergency change and an import are written as their golden files")
  func changes() throws {
    var change = try Fixture.change(3, from: 1, to: 2)
    change.repository = Self.repository
    change.emergency = Emergency(due: Fixture.time(24 * 60))
    change.authors = ["user:developer@example.org", "user:second@example.org"]
    var imported = change
    imported.kind = .imported
    imported.emergency = nil
    imported.reason = nil
    for (name, body) in [("emergency-v1.json", change), ("import-v1.json", imported)] {
      let record = try Record(body)
      if getenv("UPDATE_GOLDEN") != nil { try Data(record.bytes + [0x0A]).write(to: file(name)) }
      let stored = try Array(Data(contentsOf: file(name))).filter { $0 != 0x0A }
      #expect(record.bytes == stored)
      let read = try Record(reading: stored)
      #expect(read.body.emergency == body.emergency)
      #expect(read.body.authors == body.authors)
      #expect(read.body.kind == body.kind)
      #expect(read.body.others.isEmpty)
    }
  }

  /// What is put into a golden file to break it: kind, part, replacement.
  static let mistakes: [(String, String, String)] = [
    ("approval-full-v1.json", #""decision":"approve""#, #""decision":"reject""#),
    ("approval-full-v1.json", #""decision":"approve","#, ""),
    ("approval-full-v1.json", #""path":"a.properties""#, #""path":"""#),
    ("approval-full-v1.json", #","path":"a.properties"}]"#, #"}]"#),
    ("approval-full-v1.json", #""expires":"2026-06-10T10:39"#, #""expires":"2026-06-10T10:29"#),
    ("approval-full-v1.json", #""of":"sha256:"#, #""of":"sha512:"#),
    ("rejection-v1.json", #""decision":"reject""#, #""decision":"approve""#),
    ("annotation-v1.json", #""text":"it was the peak""#, #""text":"""#),
    ("annotation-v1.json", #""text":"it was the peak""#, #""text":1"#),
    ("waiver-v1.json", #""rule":"pool/size-below-minimum""#, #""rule":"a\u0007""#),
    ("waiver-v1.json", #""owner":"owner@example.org","#, ""),
    ("waiver-v1.json", #""expires":"2026"#, #""expires":"2025"#),
    ("waiver-v1.json", #""reason":"because","#, ""),
    ("policy-v1.json", #""required":2"#, #""required":-1"#),
    ("policy-v1.json", #""required":2,"#, ""), ("policy-v1.json", #""dba":["#, #""DBA":["#),
    ("policy-v1.json", #""signed":true"#, #""signed":1"#),
    ("key-add-v1.json", #""ssh-ed25519 A"#, #""A"#),
    ("key-add-v1.json", #"HR4f""#, #"HR4f comment""#), ("key-add-v1.json", #""root""#, #""Root""#),
    ("key-revoke-v1.json", #""principal":"user:a@example.org","#, ""),
    ("checkpoint-v1.json", #""size":5"#, #""size":0"#),
    ("checkpoint-v1.json", #""root":""#, #""root":"A"#),
    ("redaction-v1.json", #"["reason"]"#, "[]"),
    ("emergency-v1.json", #""reason":"more logins","#, ""),
    ("emergency-v1.json", #""due":"2026"#, #""due":"26"#),
    ("import-v1.json", #""path":"config/hikari.properties""#, #""path":"""#),
  ]

  @Test("what a kind may not say is refused", arguments: mistakes.indices)
  func refused(index: Int) throws {
    let (name, part, replacement) = Self.mistakes[index]
    let text = String(decoding: try Data(contentsOf: file(name)), as: UTF8.self).trimmed
    let parts = text.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2, "\(part) is not in \(name)")
    let error = failure {
      _ = try Record(reading: Array((parts[0] + replacement + parts[1]).utf8))
    }
    #expect(error?.code == .schema, "\(error?.description ?? "accepted")")
  }

  @Test(
    "a newer writer's optional fields are kept and hashed in every kind", arguments: samples.indices
  )
  func evolution(index: Int) throws {
    let (_, body) = Self.samples[index]
    var newer = body
    newer.others = [.init("zz-later", .object(present: [("a", .integer(1))]))]
    let record = try Record(newer)
    let read = try Record(reading: record.bytes)
    #expect(read.body.others.map(\.name) == ["zz-later"])
    #expect(read.body.details == body.details)
    #expect(try Record(read.body).id == record.id)
    #expect(try record.id != Record(body).id)
  }
}
