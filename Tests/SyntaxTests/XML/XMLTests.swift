import Syntax
import Testing

@Suite("XML")
struct XMLTests {
  private func document(_ text: String) -> XMLDocument {
    XMLDocument(SourceText(path: "a.xml", text: text))
  }

  @Test("elements, attributes and text have their places")
  func tree() throws {
    let text =
      "<?xml version='1.0'?>\n<!-- c --><a x=\"1\" y='&lt;2'>\n <b>t &amp; u</b><c/>\n</a>\n"
    let file = document(text)
    let root = try #require(file.root)
    #expect(file.errors.isEmpty)
    #expect(root.name == "a")
    #expect(root.attributes.map(\.name) == ["x", "y"])
    #expect(root.attribute("y")?.value == "<2")
    #expect(root.children.map(\.name) == ["b", "c"])
    let inner = try #require(root.children.first)
    #expect(inner.text == "t & u")
    #expect(file.source.text(inner.textRange) == "t &amp; u")
    let attribute = try #require(root.attribute("x"))
    let edited = file.source.applying([file.edit(attribute, to: "a\"<b")])
    #expect(edited?.text(0..<(edited?.bytes.count ?? 0)).contains("x=\"a&quot;&lt;b\"") == true)
  }

  @Test(
    "references are resolved, unknown ones stay",
    arguments: [
      ("&#65;&#x42;", "AB"), ("&nbsp;", "&nbsp;"), ("a&b", "a&b"), ("&#xD800;", "&#xD800;"),
      ("<![CDATA[<x>&amp;]]>", "<x>&amp;"),
    ])
  func references(text: String, value: String) {
    #expect(document("<a>\(text)</a>").root?.text == value)
  }

  @Test(
    "what breaks the grammar is said once, with its place",
    arguments: [
      ("", "there is no element in this file", 0), ("<a>", "<a> is not closed", 1),
      ("<a></b>", "</b> closes nothing: </a> is expected here", 5),
      ("<a x>", "the attribute x has no value", 3),
      ("<a x=1/>", "the value of x is not in quotes", 3),
      ("<a x=\"1/>", "the value of x is not closed", 5),
      ("text", "text stands outside every element", 0),
      ("<a/><b/>", "something follows the end of <a>", 4),
      ("<a><!-- </a>", "<!-- is not closed with -->", 3), ("<a", "<a is not closed with >", 1),
      ("<a>1 < 2</a>", "< begins no element here", 5),
      ("</a>", "</a> closes nothing: no element is open here", 2),
      ("<!DOCTYPE a [ <!ENTITY b \"c\">", "this declaration is not closed with >", 0),
    ])
  func errors(text: String, message: String, offset: Int) {
    let errors = document(text).errors
    #expect(errors.map(\.message) == [message])
    #expect(errors.first?.range.lowerBound == offset)
  }

  @Test("entities of a document type are passed over, not expanded")
  func documentType() {
    let text = "<!DOCTYPE a [ <!ENTITY b \"bomb\"> ]><a>&b;</a>"
    #expect(document(text).root?.text == "&b;")
  }

  @Test("nesting is bounded")
  func depth() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(document(deep).errors.map(\.message) == ["elements are nested more than 256 deep"])
  }

  @Test("no cut of a file crashes the reader")
  func cuts() {
    let bytes = Array(
      "<?xml?><!DOCTYPE a [<!ENTITY b 'c'>]><a x='&#x41;'><![CDATA[]]]]><b/></a>".utf8)
    for count in 0..<bytes.count {
      let file = XMLDocument(SourceText(path: "a.xml", bytes: Array(bytes[..<count])))
      #expect(!file.errors.isEmpty)
    }
  }
}
