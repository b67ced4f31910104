import Syntax

/// Reads one of our own YAML files and collects what is wrong with it, each mistake with its place.
///
/// The rule loader and the configuration share it, so that both speak alike.
struct PolicyFileReader {
  let source: SourceText
  private(set) var problems: [PolicyProblem] = []
  private let lines: LineTable

  init(_ source: SourceText) {
    self.source = source
    lines = LineTable(source.bytes)
  }

  mutating func report(_ message: String, at offset: Int, suggestion: String? = nil) {
    problems.append(
      PolicyProblem(
        path: source.path, position: lines.position(at: offset), message: message,
        suggestion: suggestion))
  }

  func position(of node: YAMLNode) -> SourcePosition {
    lines.position(at: node.range.lowerBound)
  }

  mutating func report(_ message: String, at node: YAMLNode, suggestion: String? = nil) {
    report(message, at: node.range.lowerBound, suggestion: suggestion)
  }

  /// The root mapping of the file's only document; mistakes of YAML's grammar are reported.
  ///
  /// - Returns: `nil` where there is no mapping to read; an empty file is reported only if
  ///   `required`.
  mutating func root(required: Bool) -> YAMLNode? {
    let file = YAMLFile(parsing: source)
    for error in file.errors { report(error.message, at: error.range.lowerBound) }
    for pair in file.duplicateKeys {
      report("key `\(pair.second.text)` stands twice", at: pair.second)
    }
    if file.documents.count > 1 {
      report("one document is expected, this is another", at: file.documents[1].range.lowerBound)
    }
    guard let root = file.documents.first?.root, !root.isMissing else {
      if required, problems.isEmpty { report("the file is empty", at: 0) }
      return nil
    }
    guard root.kind == .mapping else {
      report("a mapping of keys to values is expected", at: root)
      return nil
    }
    return root
  }

  /// The pairs of a mapping whose keys are among `known`; others are reported with a suggestion.
  mutating func pairs(of node: YAMLNode, known: [String], what: String) -> [String: YAMLNode] {
    var result: [String: YAMLNode] = [:]
    for (key, value) in entries(of: node, what: what) {
      guard known.contains(key.text) else {
        report(
          "unknown key `\(key.text)` in \(what)", at: key,
          suggestion: Suggestion.nearest(to: key.text, in: known))
        continue
      }
      result[key.text] = value
    }
    return result
  }

  /// All pairs of a mapping in order, aliases followed; anything else is reported.
  mutating func entries(of node: YAMLNode, what: String) -> [(key: YAMLNode, value: YAMLNode)] {
    guard let mapping = node.resolved, mapping.kind == .mapping else {
      if !node.isMissing { report("\(what) is a mapping of keys to values", at: node) }
      return []
    }
    return mapping.pairs.map { ($0.key, $0.value.resolved ?? $0.value) }
  }

  /// The elements of a sequence; anything else is reported.
  mutating func elements(of node: YAMLNode, what: String) -> [YAMLNode] {
    guard node.kind == .sequence else {
      if !node.isMissing { report("\(what) is a list", at: node) }
      return []
    }
    return node.elements.map { $0.resolved ?? $0 }
  }

  /// A scalar's text; anything else is reported.
  mutating func text(_ node: YAMLNode, what: String) -> String? {
    guard node.kind == .scalar, !node.isMissing else {
      report("\(what) is a text", at: node)
      return nil
    }
    return node.text
  }

  /// A list of texts, or a single one.
  mutating func texts(_ node: YAMLNode, what: String) -> [String] {
    guard node.kind == .sequence else { return text(node, what: what).map { [$0] } ?? [] }
    return node.elements.compactMap { text($0.resolved ?? $0, what: "each of \(what)") }
  }

  mutating func bool(_ node: YAMLNode, what: String) -> Bool? {
    switch (node.kind, node.text) {
    case (.scalar, "true"): return true
    case (.scalar, "false"): return false
    default:
      report("\(what) is true or false", at: node)
      return nil
    }
  }

  mutating func int(_ node: YAMLNode, what: String) -> Int64? {
    if node.kind == .scalar, let value = Int64(node.text) { return value }
    report("\(what) is a whole number", at: node)
    return nil
  }

  mutating func double(_ node: YAMLNode, what: String) -> Double? {
    if node.kind == .scalar, let value = Double(node.text), value.isFinite { return value }
    report("\(what) is a number", at: node)
    return nil
  }

  /// One of a closed set of words.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ node: YAMLNode, what: String, of type: Choice.Type = Choice.self
  ) -> Choice? {
    if node.kind == .scalar, let choice = Choice(rawValue: node.text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    report(
      "\(what) is one of \(names.joined(separator: ", "))", at: node,
      suggestion: Suggestion.nearest(to: node.text, in: names))
    return nil
  }
}

/// The place in a file of an expression that stands inside a YAML scalar.
package struct ExpressionPlace: Sendable {
  private let node: YAMLNode
  /// Bytes of the scalar's text before the expression; messages hold several.
  private let skipped: Int

  init(_ node: YAMLNode, skipping skipped: Int = 0) {
    self.node = node
    self.skipped = skipped
  }

  /// The file's offset of byte `offset` of the expression.
  ///
  /// Exact where the scalar's text stands in the file as it is; where YAML folds or unescapes it,
  /// the scalar's beginning.
  func offset(of offset: Int, in source: SourceText) -> Int {
    let content = node.contentRange
    let written = source.bytes[content]
    let position = skipped + offset
    guard written.starts(with: node.text.utf8.prefix(position)), position <= content.count else {
      return literalOffset(of: position, in: source) ?? node.range.lowerBound
    }
    return content.lowerBound + position
  }

  /// The offset in a block scalar, whose every line is indented by the same blanks.
  private func literalOffset(of position: Int, in source: SourceText) -> Int? {
    guard node.style == .literal else { return nil }
    let bytes = source.bytes
    let indent = UInt8(ascii: " ")
    var place = node.contentRange.lowerBound
    let blanks = bytes[node.contentRange].prefix { $0 == indent }.count
    var consumed = 0
    var atLineStart = true
    for byte in node.text.utf8 {
      if atLineStart, byte != UInt8(ascii: "\n") {
        place += blanks
        atLineStart = false
      }
      if consumed == position { return place }
      guard bytes.indices.contains(place), bytes[place] == byte else { return nil }
      atLineStart = byte == UInt8(ascii: "\n")
      place += 1
      consumed += 1
    }
    return consumed == position ? place : nil
  }
}
