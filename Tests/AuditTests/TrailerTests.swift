import Git
import Testing

@testable import Audit

@Suite("Commit message")
struct TrailerTests {
  private static let trailers = Trailers(
    sequence: 1042, kind: "change", record: Digest(of: [1]), previous: Digest(of: [2]),
    root: Digest(of: [3]))

  private static var text: String {
    String(decoding: trailers.message(subject: "audit: change a"), as: UTF8.self)
  }

  @Test func isReadAsWritten() throws {
    let message = Self.trailers.message(subject: "audit: change a")
    #expect(try Trailers(message: message) == Self.trailers)
    #expect(
      Self.text.hasPrefix(
        "audit: change a\n\nAudit-Version: 1\nAudit-Seq: 1042\nAudit-Kind: change\n"))
  }

  @Test func subjectCannotPassForATrailer() throws {
    let message = Self.trailers.message(subject: "Audit-Seq: 9")
    #expect(try Trailers(message: message).sequence == 1042)
  }

  @Test(
    "other spellings are refused",
    arguments: [
      ("Audit-Seq: 1042", "Audit-Seq: 01042"), ("Audit-Seq: 1042", "Audit-Seq: -1"),
      ("Audit-Seq: 1042", "Audit-Seq: +1"), ("Audit-Seq: 1042", "Audit-Seq:1042"),
      ("Audit-Seq: 1042", "Audit-Seq: 1042\nAudit-Seq: 1042"),
      ("Audit-Seq: 1042\nAudit-Kind: change", "Audit-Kind: change\nAudit-Seq: 1042"),
      ("Audit-Kind: change\n", ""), ("Audit-Kind: change", "Audit-Kind: Change"),
      ("Audit-Kind: change", "Audit-Kind: chan\u{e9}"), ("Audit-Version: 1", "Audit-Version: 0"),
      ("Audit-Root", "Other: 1\nAudit-Root"), ("audit: change a\n\n", ""),
      ("sha256:", "sha512:"), ("=\n", "=\nSigned-off-by: me\n"), ("=\n", "=\n\n"), ("=\n", "="),
      ("=\n", "=\n\nappended\n"), ("=\n", "\n"),
    ])
  func refusals(find: String, replacement: String) throws {
    let parts = Self.text.split(separator: find, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let text = parts[0] + replacement + parts[1]
    #expect(failure { _ = try Trailers(message: Array(text.utf8)) }?.code == .messageFormat)
  }

  @Test func newerVersionIsToldApart() throws {
    let text = Self.text.split(separator: "Audit-Version: 1").joined(separator: "Audit-Version: 2")
    #expect(failure { _ = try Trailers(message: Array(text.utf8)) }?.code == .schemaNewer)
  }

  @Test func subjectsSayWhatChanged() throws {
    var body = try Fixture.change(1, from: 20, to: 5, path: "config/application.yml")
    #expect(
      Subject.text(for: body) == "audit: change config/application.yml pool.max_size 20 -> 5")
    body.settings.append(body.settings[0])
    #expect(Subject.text(for: body).hasSuffix("20 -> 5 (+1 more)"))
    body.settings = []
    #expect(Subject.text(for: body) == "audit: change config/application.yml")
    #expect(Subject.text(for: Fixture.genesis()) == "audit: genesis")
  }

  @Test func subjectsArePrintableASCIIOfAtMost72Bytes() throws {
    let body = try Fixture.change(
      1, from: 1, to: 2, path: "é\n\nAudit-Seq: 9\u{1b}[31m" + String(repeating: "x", count: 99))
    let subject = Subject.text(for: body)
    #expect(subject.utf8.count == 72)
    #expect(subject.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    #expect(subject.hasPrefix(#"audit: change \u{e9}\u{a}\u{a}Audit-Seq: 9\u{1b}[31m"#))
  }
}
