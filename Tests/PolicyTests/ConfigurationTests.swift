import Model
import Policy
import Syntax
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  private func read(_ text: String) throws -> Configuration {
    try ConfigurationReader.read(SourceText(path: ".headgate.yaml", text: text))
  }

  @Test("files are governed by pattern, the last entry that matches says in which environment")
  func files() throws {
    let configuration = try read(
      """
      version: 1
      files:
        - path: "services/**/*.yml"
          environment: production
        - {path: "**/*-test.yml", environment: test}
        - {path: [a.conf, b.conf], technology: nginx}
        - pgbouncer.ini
      ignore: [vendor/**]
      products: {nginx: 1.29.7}
      policies: [policies/team]
      """)
    #expect(configuration.environment(of: "services/auth/application.yml") == "production")
    #expect(configuration.environment(of: "services/auth/application-test.yml") == "test")
    #expect(configuration.technology(of: "x/b.conf") == "nginx")
    #expect(configuration.governs("deep/pgbouncer.ini"))
    #expect(!configuration.governs("README.md"))
    #expect(!configuration.governs("vendor/services/a.yml"))
    #expect(configuration.products == ["nginx": Version(1, 29, 7)])
    #expect(configuration.policies == ["policies/team"])
  }

  @Test("without a file, or with an empty one, everything is governed and nothing is declared")
  func defaults() throws {
    #expect(Configuration.defaults.governs("any/file.conf"))
    #expect(Configuration.defaults.environment(of: "any/file.conf") == nil)
    #expect(try read("# nothing yet\n").governs("a"))
  }

  @Test("approvals are kept as declared")
  func declarations() throws {
    let configuration = try read("approvals: {required: 2}\n")
    #expect(configuration.approvals?["required"]?.text == "2")
  }

  @Test(
    "a mistake is an error with its place",
    arguments: [
      (
        "fils: []\n",
        ".headgate.yaml:1:1: error: unknown key `fils` in .headgate.yaml: did you mean `files`?"
      ),
      ("version: 2\n", ".headgate.yaml:1:10: error: version 1 is the only one"),
      (
        "files:\n  - environment: test\n",
        ".headgate.yaml:2:5: error: an entry of files needs `path`"
      ),
      ("files: [\"a[\"]\n", ".headgate.yaml:1:9: error: `a[` is no pattern of paths"),
      (
        "products: {nginx: new}\n",
        ".headgate.yaml:1:19: error: the version of `nginx` is like 1.2.3"
      ),
      (
        "rules: {a/b: eror}\n",
        ".headgate.yaml:1:14: error: a rule's severity is one of off, on, note, warning, error: "
          + "did you mean `error`?"
      ),
      ("- a\n", ".headgate.yaml:1:1: error: a mapping of keys to values is expected"),
    ])
  func mistakes(text: String, expected: String) {
    #expect(problems { _ = try read(text) } == [expected])
  }

  @Test("the JSON Schema knows the keys that are read, and no others")
  func schema() throws {
    let document = JSONDocument(try RuleExamples.source("docs/headgate.schema.json"))
    let names = try #require(document.root?["properties"]).members.map(\.name)
    #expect(names.count == 12)
    for name in names {
      #expect(!problems { _ = try read("\(name): {}\n") }.contains { $0.contains("unknown key") })
    }
    let unknown = problems { _ = try read("nothing: 1\n") }
    #expect(unknown.count == 1)
  }

  @Test("a declaration that aliases would blow up is refused")
  func bomb() {
    var text = "load_path:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let uses = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "  a\(level): &a\(level) [\(uses)]\n"
    }
    #expect(problems { _ = try read(text) }.isEmpty == false)
  }
}

@Suite("Patterns of paths")
struct GlobTests {
  @Test(
    "a pattern matches as git's do",
    arguments: [
      ("*.conf", "nginx.conf", true), ("*.conf", "a/b/nginx.conf", true),
      ("/*.conf", "nginx.conf", false), ("conf.d/*.conf", "conf.d/a.conf", true),
      ("conf.d/*.conf", "x/conf.d/a.conf", false), ("conf.d/*.conf", "conf.d/x/a.conf", false),
      ("**/conf.d/*.conf", "x/y/conf.d/a.conf", true), ("**/conf.d/*.conf", "conf.d/a.conf", true),
      ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true), ("a/**/z", "a/b/c/zz", false),
      ("a/**", "a/b/c", true), ("a/**", "b/a", false), ("a?c", "abc", true), ("a?c", "a/c", false),
      ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("{a,b}.yml", "b.yml", true),
      ("{a,b}/{c,d}.yml", "a/d.yml", true), ("{a,b}.yml", "c.yml", false),
      ("application*.yml", "x/application-prod.yml", true), ("./a/b", "a/b", true),
      ("a\\*b", "a*b", true), ("a\\*b", "axb", false), ("**/a/**/b", "a/x/a/b", true),
      ("*a*a*a", "aaaa", true), ("*a*b", "aaaa", false), ("x/*", "x/", true),
    ])
  func matching(pattern: String, path: String, expected: Bool) throws {
    let glob = try #require(Glob(pattern))
    #expect(glob.matches(path) == expected)
  }

  @Test("what is no pattern is refused", arguments: ["", "a[", "{a", "a}", "a**b", "a\\"])
  func refused(pattern: String) {
    #expect(Glob(pattern) == nil)
  }

  @Test("a hostile pattern and path take no exponential time")
  func hostile() throws {
    let glob = try #require(Glob(String(repeating: "*a", count: 50) + "b"))
    #expect(!glob.matches(String(repeating: "a", count: 4_000)))
    #expect(Glob(String(repeating: "{a,b}", count: 20)) == nil)
  }
}
