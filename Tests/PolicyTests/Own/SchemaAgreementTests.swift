import FoundationEssentials
import Policy
import Syntax
import Testing

/// The JSON Schemas that editors use, beside the readers that decide.
@Suite("Schemas and readers")
struct SchemaAgreementTests {
  private static func schema(_ name: String) throws -> JSON {
    let text = try String(
      contentsOfFile: "\(RuleExamples.root)/docs/\(name).schema.json", encoding: .utf8)
    let document = JSONDocument(SourceText(path: name, text: text))
    #expect(document.errors.isEmpty)
    return try #require(document.root?.json)
  }

  private static func keys(_ schema: JSON?) -> [String] {
    schema?["properties"]?.objectValue?.map(\.name) ?? []
  }

  private static func mistakes(inRule text: String) -> [String] {
    problems {
      _ = try RuleReader.read(SourceText(path: "x.yaml", text: text), id: "a/x")
    }
  }

  private static func mistakes(inConfiguration text: String) -> [String] {
    problems { _ = try ConfigurationReader.read(SourceText(path: "x.yaml", text: text)) }
  }

  @Test("every key of the rules' schema is read, also inside")
  func ruleKeys() throws {
    let schema = try Self.schema("rule")
    let inner: [(JSON?, String)] = [
      (schema, ""), (schema["properties"]?["fix"], "fix: {"),
      (schema["properties"]?["downgrade"], "downgrade: {"),
      (schema["properties"]?["examples"], "examples: {"),
      (schema["$defs"]?["example"], "examples: {good: [{"),
      (schema["properties"]?["parameters"]?["additionalProperties"], "parameters: {p: {"),
    ]
    for (schema, opening) in inner {
      let keys = Self.keys(schema)
      #expect(!keys.isEmpty, "\(opening)")
      let closing = opening.reversed().compactMap { ["{": "}", "[": "]"][$0] }.joined()
      for key in keys {
        let found = Self.mistakes(inRule: "\(opening)\(key): x\(closing)\n")
        #expect(!found.contains { $0.contains("unknown key") }, "\(opening)\(key): \(found)")
      }
      let odd = Self.mistakes(inRule: "\(opening)titel: x\(closing)\n")
      #expect(odd.contains { $0.contains("unknown key `titel`") }, "\(opening): \(odd)")
    }
  }

  @Test("what the rules' schema demands is demanded")
  func required() throws {
    let required = try Self.schema("rule")["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let found = Self.mistakes(inRule: "code: X1\n")
    #expect(!required.isEmpty)
    for key in required { #expect(found.contains { $0.contains("needs the key `\(key)`") }) }
  }

  @Test("every key of a built-in rule is in the schema", arguments: RuleExamples.files)
  func builtIn(path: String) throws {
    let keys = Set(Self.keys(try Self.schema("rule")))
    let root = YAMLFile(parsing: try RuleExamples.source(path)).documents.first?.root
    for pair in root?.pairs ?? [] { #expect(keys.contains(pair.key.text)) }
  }

  @Test("every key of the configuration's schema is read, also inside")
  func configurationKeys() throws {
    let schema = try Self.schema("headgate")
    let entry = schema["properties"]?["rules"]?["additionalProperties"]?["oneOf"]?.arrayValue?.last
    let path = entry?["properties"]?["paths"]?["additionalProperties"]?["oneOf"]?.arrayValue?.last
    let environment = schema["$defs"]?["environments"]?["additionalProperties"]?["oneOf"]?
      .arrayValue?.last
    let inner: [(JSON?, String)] = [
      (schema, ""), (entry, "rules: {a/b: {"), (path, "rules: {a/b: {paths: {x: {"),
      (environment, "rules: {a/b: {environments: {x: {"),
      (schema["$defs"]?["policy"]?["oneOf"]?.arrayValue?.last, "policies: [{"),
    ]
    for (schema, opening) in inner {
      let keys = Self.keys(schema)
      #expect(!keys.isEmpty, "\(opening)")
      let closing = opening.reversed().compactMap { ["{": "}", "[": "]"][$0] }.joined()
      for key in keys {
        let found = Self.mistakes(inConfiguration: "\(opening)\(key): x\(closing)\n")
        #expect(!found.contains { $0.contains("unknown key") }, "\(opening)\(key): \(found)")
      }
      let odd = Self.mistakes(inConfiguration: "\(opening)titel: x\(closing)\n")
      #expect(odd.contains { $0.contains("unknown key `titel`") }, "\(opening): \(odd)")
    }
  }
}
