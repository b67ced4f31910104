import Findings
import Model
import Policy
import Syntax
import Testing

/// Severities and parameters by environment and by path: which of several holds.
@Suite("Settings by environment and path")
struct PathSettingsTests {
  private static let text = ruleText(
    severity: "error", require: "pool.max_size >= param.minimum",
    more: "parameters:\n  minimum: {type: int, default: 10, about: smallest}\n")

  /// The severity of the finding about a pool of `size` connections; `nil` where there is none.
  private func severity(
    _ settings: String, size: Int, path: String = "hikari.properties",
    environment: String = "production"
  ) throws -> Severity? {
    var file = PoolFile.size("\(size)")
    file.environment = environment
    let configuration = try ConfigurationReader.read(
      SourceText(path: ".headgate.yaml", text: "rules:\n" + settings))
    let policy = try PolicySet(
      rules: [try rule(Self.text)], schema: poolSchema, configuration: configuration)
    let evaluation = policy.evaluate(
      [file.pool], sources: [file.source.path: file.source], rootPath: { _ in path })
    #expect(evaluation.failures.isEmpty)
    return evaluation.findings.first?.severity
  }

  @Test("a path's settings hold in files that match, and nowhere else")
  func paths() throws {
    let settings =
      "  pool/rule: {paths: {'legacy/**': {severity: note, parameters: {minimum: 3}}}}\n"
    #expect(try severity(settings, size: 5, path: "legacy/a/hikari.properties") == nil)
    #expect(try severity(settings, size: 2, path: "legacy/a/hikari.properties") == .note)
    #expect(try severity(settings, size: 5, path: "services/hikari.properties") == .error)
  }

  @Test("a path turns a rule off, or on where its area is off")
  func levels() throws {
    let off = "  pool/rule: {paths: {'legacy/**': off}}\n"
    #expect(try severity(off, size: 5, path: "legacy/hikari.properties") == nil)
    #expect(try severity(off, size: 5, path: "hikari.properties") == .error)
    let on = "  pool/rule: {severity: off, paths: {'core/**': warning}}\n"
    #expect(try severity(on, size: 5, path: "core/hikari.properties") == .warning)
    #expect(try severity(on, size: 5, path: "hikari.properties") == nil)
  }

  @Test(
    "the nearer place wins: path over environment over everywhere, a later path over an earlier",
    arguments: [
      ("services/hikari.properties", "production", 7),
      ("services/hikari.properties", "staging", 5),
      ("legacy/hikari.properties", "production", 3),
      ("legacy/hikari.properties", "staging", 2),
      ("legacy/new/hikari.properties", "production", 20),
      ("legacy/new/hikari.properties", "staging", 20),
    ])
  func precedence(path: String, environment: String, minimum: Int) throws {
    let settings = """
        pool/*: {environments: {staging: warning}}
        pool/rule:
          parameters: {minimum: 7}
          environments: {staging: {parameters: {minimum: 5}}}
          paths:
            legacy/**:
              parameters: {minimum: 3}
              environments: {staging: {parameters: {minimum: 2}}}
            legacy/new/**: {parameters: {minimum: 20}}

      """
    let expected: Severity = environment == "staging" ? .warning : .error
    for (size, severity) in [(minimum, nil), (minimum - 1, expected)] as [(Int, Severity?)] {
      #expect(
        try self.severity(settings, size: size, path: path, environment: environment) == severity,
        "\(size) connections")
    }
  }

  @Test("an area of an area has settings too, the longer name wins")
  func areas() throws {
    let configuration = try ConfigurationReader.read(
      SourceText(
        path: ".headgate.yaml",
        text: "rules:\n  acme/*: note\n  acme/pool/*: warning\n  acme/pool/b: error\n"))
    let rules = try ["acme/pool/a", "acme/pool/b", "acme/other/c"].map {
      try rule(Self.text, id: $0)
    }
    let policy = try PolicySet(rules: rules, schema: poolSchema, configuration: configuration)
    #expect(
      policy.rules.map { "\($0.definition.id) \($0.severity(in: "")?.rawValue ?? "off")" } == [
        "acme/other/c note", "acme/pool/a warning", "acme/pool/b error",
      ])
  }

  @Test("mistakes in a path's settings are told with their place")
  func mistakes() throws {
    let found = problems {
      let configuration = try ConfigurationReader.read(
        SourceText(
          path: ".headgate.yaml",
          text: "rules:\n  pool/rule:\n    paths:\n      a/**: {parameters: {minimun: 3}}\n"))
      _ = try PolicySet(
        rules: [try rule(Self.text)], schema: poolSchema, configuration: configuration)
    }
    #expect(
      found == [
        ".headgate.yaml:4:27: error: rule `pool/rule` has no parameter `minimun`:"
          + " did you mean `minimum`?"
      ])
    #expect(
      problems {
        _ = try ConfigurationReader.read(
          SourceText(
            path: ".headgate.yaml",
            text: "rules:\n  pool/rule: {environments: {staging: {path: {}}}}\n"))
      }.first?.hasPrefix(".headgate.yaml:2:40: error: unknown key `path`") == true)
  }

  @Test("settings by path change the policy's digest")
  func digest() throws {
    let plain = try PolicySet(rules: [try rule(Self.text)], schema: poolSchema)
    let other = try PolicySet(
      rules: [try rule(Self.text)], schema: poolSchema,
      configuration: try ConfigurationReader.read(
        SourceText(path: ".headgate.yaml", text: "rules:\n  pool/rule: {paths: {a: off}}\n")))
    #expect(plain.verdictText != other.verdictText)
  }
}
