import Catalog
import Model
import Policy
import Syntax
import Testing

/// The tests of rules: examples, fixes, and conditions that no example tries.
@Suite("Tests of rules")
struct RuleTestTests {
  private func test(_ text: String) throws -> RuleTest {
    let loaded = try RuleReader.read(
      SourceText(path: "rules/team/x.yaml", text: text), id: "team/x")
    #expect(RuleChecker.problems(of: loaded, schema: Catalog.schema) == [])
    return RuleTest.run(loaded, schema: Catalog.schema, read: RuleExamples.read)
  }

  private func rule(_ require: String, fix: String = "", examples: String) -> String {
    """
    title: Large pool
    severity: warning
    for: pool
    when: pool.technology == "hikaricp"
    require: \(require)
    at: pool.max_size
    message: large
    \(fix)
    why: because
    examples:
    \(examples)
    """
  }

  @Test("a condition that no example makes true or false is told with its place")
  func gaps() throws {
    let test = try test(
      rule(
        "pool.max_size < 100 || pool.name == \"big\"",
        examples: """
            bad: [{file: hikari.properties, text: "maximumPoolSize=200\\n", finds: [1]}]
            good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]
          """))
    #expect(test.passed)
    #expect(
      test.gaps.map { "\($0.part) \($0.gap ?? "") \($0.text)" } == [
        "when never false pool.technology == \"hikaricp\"",
        "require never true pool.name == \"big\"",
      ])
    #expect(test.gaps.map { $0.position?.line } == [4, 5])
    #expect(test.gaps.map { $0.position?.column } == [7, 33])
    #expect(test.outcomeCount == 8)
    #expect(test.seenCount == 6)
  }

  @Test("a condition that is never reached is told as such")
  func unreached() throws {
    let test = try test(
      rule(
        "pool.max_size < 100 || pool.max_size > 1000 && pool.name != \"a\"",
        examples: """
            bad: []
            good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]
          """))
    #expect(test.gaps.contains { $0.gap == "never evaluated" && $0.text == "pool.name != \"a\"" })
  }

  @Test("an example that does not show what it says fails, with what was found")
  func failure() throws {
    let test = try test(
      rule(
        "pool.max_size < 100",
        examples: """
            bad: [{file: hikari.properties, text: "maximumPoolSize=20\\n", finds: [1]}]
            good: [{file: hikari.properties, text: "maximumPoolSize=200\\n"}]
          """))
    #expect(!test.passed)
    #expect(
      test.examples.map(\.complaint) == [
        "expected hikari.properties:1, found nothing",
        "expected nothing, found hikari.properties:1",
      ])
  }

  @Test("a fix that leaves its finding fails the example")
  func brokenFix() throws {
    let examples = """
        bad: [{file: hikari.properties, text: "maximumPoolSize=200\\n", finds: [1]}]
        good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]
      """
    let broken = try test(
      rule(
        "pool.max_size < 100", fix: "fix: {set: pool.max_size, to: 150, safety: unsafe}",
        examples: examples))
    #expect(
      broken.examples.first?.complaint == "the fix at hikari.properties:1 leaves the finding")
    let sound = try test(
      rule(
        "pool.max_size < 100", fix: "fix: {set: pool.max_size, to: 50, safety: unsafe}",
        examples: examples))
    #expect(sound.passed)
  }

  @Test("a file that is no product's is an obstacle, not a pass")
  func unread() throws {
    let test = try test(
      rule("pool.max_size < 100", examples: "  good: [{file: x.unknown, text: \"a\\n\"}]"))
    #expect(!test.passed)
  }

  @Test("conditions inside block scalars have their place too")
  func blocks() throws {
    let text = """
      title: Large pool
      severity: warning
      for: pool
      require: |
        pool.max_size < 100
        || pool.name == "big"
      message: large
      why: because
      examples:
        good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]
      """
    let gap = try test(text).gaps.first { $0.text == "pool.name == \"big\"" }
    #expect(gap?.position?.line == 6)
    #expect(gap?.position?.column == 6)
  }
}
