import Model
import Syntax

/// Reads one of a team's mappings strictly and collects what is wrong with it.
struct MappingFile {
  let source: SourceText
  private(set) var problems: [MappingProblem] = []

  /// Mistakes that are collected: more of them are another file.
  static let problemLimit = 100
  /// Entries of one list or block.
  static let entryLimit = 1_000
  /// Bytes of a text that people read or that names something.
  static let textLimit = 1_000

  init(_ source: SourceText) { self.source = source }

  mutating func report(_ message: String, at node: YAMLNode, suggestion: String? = nil) {
    report(message, at: node.range.lowerBound, suggestion: suggestion)
  }

  mutating func report(_ message: String, at offset: Int, suggestion: String? = nil) {
    guard problems.count < Self.problemLimit else { return }
    problems.append(MappingProblem(offset: offset, message: message, suggestion: suggestion))
  }

  /// The block that the file is.
  mutating func root() -> YAMLNode? {
    let yaml = YAMLFile(parsing: source)
    for error in yaml.errors { report(error.message, at: error.range.lowerBound) }
    for pair in yaml.duplicateKeys {
      report("key `\(pair.second.text)` stands twice", at: pair.second)
    }
    if yaml.documents.count > 1 {
      report("one document is expected, this is another", at: yaml.documents[1].range.lowerBound)
    }
    guard let root = yaml.documents.first?.root, !root.isMissing else {
      if problems.isEmpty { report("the file is empty", at: 0) }
      return nil
    }
    guard root.kind == .mapping else {
      report("a block of keys and values is expected", at: root)
      return nil
    }
    return root
  }

  /// The keys of a block, each of which must be one of `known`.
  mutating func block(
    _ node: YAMLNode, of known: [String], what: String
  ) -> [String: YAMLNode] {
    var result: [String: YAMLNode] = [:]
    for (key, value) in entries(of: node, what: what) {
      guard known.contains(key.text) else {
        report(
          "unknown key `\(key.text)` in \(what)", at: key,
          suggestion: ConfigurationText.closest(to: key.text, among: known))
        continue
      }
      result[key.text] = value
    }
    return result
  }

  mutating func entries(
    of node: YAMLNode, what: String
  ) -> [(key: YAMLNode, value: YAMLNode)] {
    guard let block = node.resolved, block.kind == .mapping else {
      report("\(what) is a block of keys and values", at: node)
      return []
    }
    let pairs = block.pairs
    if pairs.count > Self.entryLimit {
      report("\(what) has more than \(Self.entryLimit) keys", at: node)
    }
    return pairs.prefix(Self.entryLimit).map { ($0.key, $0.value.resolved ?? $0.value) }
  }

  /// The elements of a list; another value is a list of itself.
  mutating func elements(of node: YAMLNode, what: String) -> [YAMLNode] {
    guard let list = node.resolved, list.kind == .sequence else { return [node] }
    let elements = list.elements.map { $0.resolved ?? $0 }
    if elements.isEmpty { report("\(what) is empty", at: node) }
    if elements.count > Self.entryLimit {
      report("\(what) has more than \(Self.entryLimit) elements", at: node)
    }
    return Array(elements.prefix(Self.entryLimit))
  }

  mutating func text(_ node: YAMLNode, what: String) -> String? {
    guard node.kind == .scalar, !node.text.isEmpty else {
      report("\(what) is a text", at: node)
      return nil
    }
    guard node.text.utf8.count <= Self.textLimit else {
      report("\(what) has more than \(Self.textLimit) bytes", at: node)
      return nil
    }
    return node.text
  }

  mutating func version(_ node: YAMLNode, what: String) -> Version? {
    if node.kind == .scalar, let version = Version(node.text) { return version }
    report("\(what) is a version such as 3.2", at: node)
    return nil
  }

  mutating func flag(_ node: YAMLNode, what: String) -> Bool? {
    if node.kind == .scalar, case .bool(let flag)? = node.value { return flag }
    report("\(what) is true or false", at: node)
    return nil
  }

  /// One of a closed set of words.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ node: YAMLNode, what: String, of type: Choice.Type = Choice.self
  ) -> Choice? {
    choice(node, what: what, among: Choice.allCases.map { ($0.rawValue, $0) })
  }

  mutating func choice<Choice>(
    _ node: YAMLNode, what: String, among choices: [(name: String, value: Choice)]
  ) -> Choice? {
    if node.kind == .scalar, let choice = choices.first(where: { $0.name == node.text }) {
      return choice.value
    }
    let names = choices.map(\.name)
    report(
      "\(what) is one of \(names.joined(separator: ", "))", at: node,
      suggestion: node.kind == .scalar
        ? ConfigurationText.closest(to: node.text, among: names) : nil)
    return nil
  }

  mutating func path(_ node: YAMLNode, what: String) -> MappedPath? {
    guard let text = text(node, what: what) else { return nil }
    do throws(MappedPathMistake) {
      return try MappedPath(text)
    } catch {
      report("\(what): \(error.message)", at: node, suggestion: error.suggestion)
      return nil
    }
  }
}
