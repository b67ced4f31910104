/// A YAML file as its readers (SnakeYAML, libyaml, PyYAML) understand it: YAML 1.1, every node with
/// its bytes.
///
/// Reading never fails: mistakes stand in ``errors``. A line at fault is read as if it were blank,
/// so that
/// one mistake hides no other; a document with mistakes says so in ``YAMLDocument/hasErrors``.
package struct YAMLFile: Sendable {
  package let source: SourceText
  /// The documents in order; a file of blanks and comments has none.
  package let documents: [YAMLDocument]
  /// Mistakes in the order of their places.
  package let errors: [SyntaxError]
  /// Keys that stand twice in one mapping, in the order of the second one.
  ///
  /// Both stay in the tree. YAML forbids them, but most readers take the last; Spring Boot refuses
  /// them.
  package let duplicateKeys: [YAMLDuplicateKey]
  /// Tabs that separate tokens: libyaml and Go accept them, SnakeYAML and PyYAML refuse the file.
  package let separatingTabs: [Range<Int>]
  let tokens: [YAMLPiece]

  /// Reads `source`.
  ///
  /// - Complexity: O(*n*) in the length of the file; a document with *m* mistakes, of which at most
  ///   ``mistakesPerDocument`` are looked for, is read *m* + 1 times.
  package init(parsing source: SourceText) {
    var reader = YAMLReader(source)
    self = reader.read()
  }

  init(
    source: SourceText, documents: [YAMLDocument], errors: [SyntaxError],
    duplicateKeys: [YAMLDuplicateKey], separatingTabs: [Range<Int>], tokens: [YAMLPiece]
  ) {
    self.source = source
    self.documents = documents
    self.errors = errors
    self.duplicateKeys = duplicateKeys
    self.separatingTabs = separatingTabs
    self.tokens = tokens
  }

  /// Collections inside each other, beyond which a document is refused: SnakeYAML stops at 50,
  /// libyaml at
  /// 1,000; real files stay below 20.
  package static let depthLimit = 200
  /// Mistakes after which the rest of a document is skipped: it is not YAML.
  package static let mistakesPerDocument = 16
  /// Mistakes after which the rest of the file is skipped.
  package static let mistakesPerFile = 100
}

/// One document of a file.
package struct YAMLDocument: Sendable {
  /// The bytes from its `---` (or its first token) to the end of its content.
  package let range: Range<Int>
  /// The node that is the document, or `nil` where its text could not be understood at all.
  ///
  /// An empty document (`---` alone) has an empty scalar.
  package let root: YAMLNode?
  /// Whether lines of it were skipped because of mistakes.
  package let hasErrors: Bool
}

/// A key that stands twice in one mapping.
package struct YAMLDuplicateKey: Sendable {
  package let first: YAMLNode
  package let second: YAMLNode
}

/// A stretch of a file; the pieces of a file cover it without gap or overlap.
package struct YAMLPiece: Sendable, Hashable {
  package enum Kind: UInt8, Sendable, Hashable {
    /// Blanks, tabs and a byte order mark.
    case blank
    case lineBreak
    /// From `#` to the end of the line.
    case comment
    /// `-`, `?`, `:`, brackets, braces, commas, `---` and `...`.
    case indicator
    case directive, anchor, tag, alias, scalar
    /// Text that could not be read.
    case unread
  }

  package let kind: Kind
  package let range: Range<Int>

  package init(kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}
