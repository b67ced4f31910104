import Syntax
import Testing

@Suite("Nginx tree")
struct NginxTreeTests {
  @Test("walks blocks, siblings and parents")
  func navigation() throws {
    let tree = nginx("a { b c; d { e; } } f 'g h';")
    #expect(tree.roots.map { tree.name(of: $0).string } == ["a", "f"])
    let first = try #require(tree.roots.first { _ in true })
    #expect(tree.children(of: first).map { tree.name(of: $0).string } == ["b", "d"])
    #expect(tree.descendants(of: first).map { tree.name(of: $0).string } == ["b", "d", "e"])
    let inner = try #require(tree.all.first { tree.name(of: $0) == "e" })
    #expect(tree.ancestors(of: inner).map { tree.name(of: $0).string } == ["d", "a"])
    #expect(tree.depth(of: inner) == 2)
    let last = try #require(tree.all.last)
    #expect(tree.argumentStrings(of: last) == ["g h"])
    #expect(tree.errors == [])
  }
}
