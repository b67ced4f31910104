import Catalog
import FoundationEssentials
import Syntax
import Testing

@Suite("The JSON Schema of a mapping")
struct MappingSchemaTests {
  /// `docs/formats.schema.json` of this checkout.
  private func schema() throws -> JSONNode {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    let path = root.joined(separator: "/") + "/docs/formats.schema.json"
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    return try #require(JSONDocument(SourceText(path: path, bytes: bytes)).root)
  }

  @Test("knows the words that are read, and no others", arguments: MappingVocabulary.allCases)
  func agreement(part: MappingVocabulary) throws {
    let schema = try schema()
    let definitions = try #require(schema["$defs"])
    let key = definitions["key"]?["properties"]
    let found: [String]? =
      switch part {
      case .format: schema["properties"]?.members.map(\.name)
      case .resource: definitions["resource"]?["properties"]?.members.map(\.name)
      case .key: key?.members.map(\.name)
      case .standard: definitions["default"]?["properties"]?.members.map(\.name)
      case .formats: words(schema["properties"]?["format"])
      case .strictness: words(schema["properties"]?["strict"])
      case .placeholders: words(schema["properties"]?["placeholders"])
      case .kinds: words(definitions["resource"]?["properties"]?["kind"])
      case .types: words(key?["type"])
      case .units: words(key?["unit"])
      case .specials: words(definitions["special"])
      case .outside: words(key?["outside"])
      }
    #expect(try #require(found).sorted() == part.words.sorted())
  }

  private func words(_ node: JSONNode?) -> [String]? {
    node?["enum"]?.elements.compactMap { element in
      switch element.content {
      case .string(let text): text
      case .bool(let flag): String(flag)
      default: nil
      }
    }
  }
}
