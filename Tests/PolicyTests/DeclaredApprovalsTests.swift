import Syntax
import Testing

@testable import Policy

@Suite("approvals of .headgate.yaml")
struct DeclaredApprovalsTests {
  private func read(_ text: String) throws -> DeclaredApprovals {
    let source = SourceText(path: ".headgate.yaml", bytes: Array(text.utf8))
    let declaration = try #require(try ConfigurationReader.read(source).approvals)
    return try DeclaredApprovals(declaration, path: ".headgate.yaml")
  }

  @Test("every key is read")
  func everything() throws {
    let approvals = try read(
      """
      approvals:
        required: 2
        from: [alice@example.org, role:dba]
        roles: {dba: [bob@example.org, carol@example.org], ops: dave@example.org}
        signed: true
        emergency_within: 8h
        expire_after: 30d
      """)
    #expect(approvals.required == 2)
    #expect(approvals.from == ["alice@example.org", "role:dba"])
    #expect(
      approvals.roles == [
        "dba": ["bob@example.org", "carol@example.org"], "ops": ["dave@example.org"],
      ])
    #expect(approvals.isSigned)
    #expect(approvals.emergencyHours == 8)
    #expect(approvals.expiresDays == 30)
  }

  @Test("who says nothing else asks for one approval by anybody")
  func defaults() throws {
    for text in ["approvals: {}\n", "approvals:\n"] {
      let approvals = try read(text)
      #expect(approvals.required == 1)
      #expect(approvals.from.isEmpty)
      #expect(!approvals.isSigned)
      #expect(approvals.emergencyHours == 24)
      #expect(approvals.expiresDays == nil)
    }
  }

  @Test(
    "a mistake is told with its place",
    arguments: [
      ("requird: 2", "2:12: error: unknown key `requird` in approvals: did you mean `required`?"),
      ("required: many", "2:13: error: `required` is a whole number from 0 to 100"),
      ("required: -1", "2:13: error: `required` is a whole number from 0 to 100"),
      ("signed: maybe", "2:11: error: `signed` is true or false"),
      ("from: [[a]]", "2:10: error: `from` is a list of addresses and role:NAME"),
      (
        "emergency_within: 90m",
        "2:21: error: `emergency_within` is a time in whole hours, such as 24h"
      ),
      ("expire_after: 12h", "2:17: error: `expire_after` is a time in whole days, such as 30d"),
      ("roles: [dba]", "2:10: error: roles is a mapping of keys to values"),
      (
        "{from: ['role:dab'], roles: {dba: [a@b]}}",
        "2:10: error: no role is called `dab`: did you mean `dba`?"
      ),
    ])
  func mistakes(line: String, expected: String) {
    var found: [String] = []
    do { _ = try read("approvals:\n  \(line)\n") } catch let error as PolicyError {
      found = error.problems.map(\.description)
    } catch { found = ["\(error)"] }
    #expect(found == [".headgate.yaml:\(expected)"])
  }

  @Test("the JSON Schema has the keys that are read, and no others")
  func schema() throws {
    let document = JSONDocument(try RuleExamples.source("docs/headgate.schema.json"))
    let path = try #require(document.root?["properties"]?["approvals"]?["properties"])
    #expect(Set(path.members.map(\.name)) == Set(DeclaredApprovals.keys))
  }
}
