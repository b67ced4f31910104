import Syntax
import Testing

@Suite("YAML navigation")
struct YAMLNavigationTests {
  private let file = YAMLFile(
    parsing: SourceText(
      path: "t.yml",
      text: """
        base: &base
          size: 10
          wait: 30s
        prod:
          <<: *base
          size: 20
        list: [a, {b: c}]
        """))

  @Test func pathsLeadToNodesWithTheirBytes() throws {
    let root = try #require(file.documents.first?.root)
    let size = try #require(root.at("prod", "size"))
    #expect(size.int == 20)
    #expect(file.source.text(size.range) == "20")
    #expect(root.at("list", "1", "b")?.text == "c")
    #expect(root.at("list", "2") == nil)
    #expect(root["nothing"] == nil)
  }

  @Test func mergedKeysAreSeenUnlessOverridden() throws {
    let prod = try #require(file.documents.first?.root?["prod"])
    #expect(prod["wait"]?.text == "30s")
    #expect(prod["size"]?.text == "20")
    #expect(prod.mergedPairs.map(\.key.text) == ["size", "wait"])
    #expect(prod.pairs.map(\.key.text) == ["<<", "size"])
  }
}
