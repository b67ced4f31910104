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

  @Test("finds the statement a comment is about")
  func comments() {
    let tree = nginx("a;\n# about b\nb { # about c\n c; }\n# about nothing\n")
    let named = tree.commentRanges.map { comment in
      tree.firstDirective(from: comment.upperBound).map { tree.name(of: $0).string }
    }
    #expect(named == ["b", "c", nil])
    #expect(tree.commentRanges.map(tree.source.text).first == "# about b")
  }

  @Test("compares words as nginx reads them", arguments: ["proxy_pass x;", "'proxy\\_pass' x;"])
  func names(text: String) {
    let name = nginx(text).name(of: NginxDirectiveID(0))
    #expect((name == "proxy_pass") == !text.contains("\\"))
    #expect(name != "proxy_pas")
    #expect(name.hasPrefix("proxy") && name.hasSuffix("_pass"))
  }

  @Test("resolves escapes when it compares")
  func escapedNames() {
    let tree = nginx(#""a\"b" ON;"#)
    #expect(tree.name(of: NginxDirectiveID(0)) == "a\"b")
    #expect(tree.argument(0, of: NginxDirectiveID(0))?.equalsIgnoringCase("on") == true)
    #expect(tree.argument(1, of: NginxDirectiveID(0)) == nil)
  }
}
