/// An XML file as a tree of elements with the place of everything that configuration is made of.
///
/// Elements, attributes and text; comments, processing instructions and the document type are
/// passed over, entities of one's own are not expanded (no configuration needs them, and bombs are
/// made of them). Lossless through the source: an edit changes the bytes of one value.
package struct XMLDocument: Sendable {
  package let source: SourceText
  /// The outermost element; `nil` where there is none.
  package let root: XMLElement?
  /// What breaks the grammar; the tree holds what was understood.
  package let errors: [SyntaxError]

  /// Elements nested deeper are an error: no configuration is, and every level costs a frame.
  package static let depthLimit = 256

  package init(_ source: SourceText) {
    self.source = source
    var reader = XMLReader(source.bytes)
    root = reader.read()
    errors = reader.errors
  }
}

/// One element with its attributes and children.
package struct XMLElement: Sendable {
  /// As written, with its prefix.
  package let name: String
  package let nameRange: Range<Int>
  package let attributes: [XMLAttribute]
  package let children: [XMLElement]
  /// The text directly inside, references resolved, without white space around it.
  package let text: String
  /// The bytes of that text; empty where there is none.
  package let textRange: Range<Int>

  /// The attribute of a name; letter case counts.
  package func attribute(_ name: String) -> XMLAttribute? { attributes.first { $0.name == name } }

  /// The child elements of a name.
  package func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The element and everything inside it, outermost first.
  package var descendants: [XMLElement] {
    var found: [XMLElement] = []
    var open = [self]
    while let element = open.popLast() {
      found.append(element)
      open.append(contentsOf: element.children.reversed())
    }
    return found
  }
}

/// `name="value"` of an element.
package struct XMLAttribute: Sendable, Hashable {
  package let name: String
  package let nameRange: Range<Int>
  /// With references such as `&amp;` resolved.
  package let value: String
  /// The bytes between the quotes.
  package let valueRange: Range<Int>
}

extension XMLDocument {
  /// The edit that makes `value` the value of `attribute`.
  package func edit(_ attribute: XMLAttribute, to value: String) -> TextEdit {
    TextEdit(range: attribute.valueRange, replacement: XMLText.escaped(value))
  }
}
