import Model
import Syntax

/// Reads YAML as Spring Boot does: mappings become dotted keys.
struct SpringYAML {
  private let file: SpringFile
  private let source: SourceText
  private let tokens: SpringTokens
  private(set) var documents: [SpringDocument] = []
  private(set) var problems: [Problem] = []

  /// Entries of one file beyond which aliases are no configuration any more.
  private static let entryLimit = 100_000

  private struct Step {
    let node: YAMLNode
    let raw: String
    let key: Range<Int>
    let parent: Range<Int>?
    let depth: Int
  }

  /// Reads a file.
  ///
  /// - Parameter importer: the document that imports it, where one does.
  init(_ source: SourceText, _ file: SpringFile, importer: SpringDocument? = nil) {
    self.source = source
    self.file = file
    tokens = SpringTokens(source)
    let yaml = YAMLFile(parsing: tokens.masked)
    problems = yaml.errors.map { error in
      let isTemplate = error.help?.hasPrefix("a template") == true
      return problem(isTemplate ? .unknown : .syntax, error.range, error.message, error.help)
    }
    problems += yaml.duplicateKeys.map { pair in
      problem(
        .refused, pair.second.range, "found duplicate key \(text(pair.second))",
        "Spring Boot refuses a mapping that has a key twice; keep one of them")
    }
    problems += yaml.separatingTabs.map {
      problem(
        .refused, $0, "found a tab that cannot start any token",
        "separate key and value with a blank")
    }
    for document in yaml.documents {
      guard let root = document.root else { continue }
      documents.append(
        SpringDocument(
          file: file, entries: entries(of: root), hasErrors: document.hasErrors,
          importer: importer))
    }
  }

  private func problem(
    _ kind: Problem.Kind, _ range: Range<Int>, _ message: String, _ help: String?
  ) -> Problem {
    Problem(
      kind: kind, origin: Origin(path: source.path, range: range), message: message, help: help)
  }

  private mutating func entries(of root: YAMLNode) -> [SpringEntry] {
    var entries: [SpringEntry] = []
    var steps = [Step(node: root, raw: "", key: 0..<0, parent: nil, depth: 0)]
    var visits = 0
    while let step = steps.popLast(), visits < Self.entryLimit {
      visits += 1
      guard let node = step.node.resolved, step.depth < YAMLFile.depthLimit else { continue }
      refuseTag(of: node)
      switch node.kind {
      case .mapping where !isTemplate(node):
        for pair in node.mergedPairs.reversed() {
          let name = text(pair.key)
          let raw =
            name.hasPrefix("[") || step.raw.isEmpty ? step.raw + name : step.raw + "." + name
          steps.append(
            Step(
              node: pair.value, raw: raw, key: pair.key.range,
              parent: step.raw.isEmpty ? nil : step.key, depth: step.depth + 1))
        }
      case .sequence:
        for (index, element) in node.elements.enumerated().reversed() {
          steps.append(
            Step(
              node: element, raw: "\(step.raw)[\(index)]", key: step.key, parent: step.parent,
              depth: step.depth + 1))
        }
      default: entries.append(entry(step, node))
      }
    }
    return entries
  }

  /// A scalar's text; as it stands in the file where the build fills something in.
  private func text(_ node: YAMLNode) -> String { tokens.text(node.range) ?? node.text }

  /// `{{ name }}` is a mapping with a mapping as its key, to YAML.
  private func isTemplate(_ node: YAMLNode) -> Bool {
    node.style == .flow && source.bytes[node.range].starts(with: "{{".utf8)
  }

  /// `!prod` without quotes is a tag to YAML, which Spring Boot refuses.
  private func localTag(of node: YAMLNode) -> Range<Int>? {
    guard let tag = node.tag, tag.utf8.count > 1, tag.hasPrefix("!") else { return nil }
    return node.tagRange
  }

  private mutating func refuseTag(of node: YAMLNode) {
    guard let range = localTag(of: node) else { return }
    let tag = source.text(range)
    let problem = Problem(
      kind: .refused, origin: Origin(path: source.path, range: range),
      message: "could not determine a constructor for the tag \(tag)",
      help: node.isMissing ? "to YAML this is a tag, not a text; put it in quotes" : nil,
      repair: node.isMissing ? .replace(range, with: "'\(tag)'", "quote \(tag)") : nil)
    if !problems.contains(problem) { problems.append(problem) }
  }

  private func entry(_ step: Step, _ node: YAMLNode) -> SpringEntry {
    if node.isMissing, let range = localTag(of: node) {
      let text = source.text(range)
      return SpringEntry(
        name: SpringEntry.canonical(step.raw), raw: step.raw,
        key: Origin(path: source.path, range: step.key),
        parent: step.parent.map { Origin(path: source.path, range: $0) }, written: text,
        origin: Origin(path: source.path, range: range), value: .text(text))
    }
    let value: SpringEntry.Value =
      if let text = tokens.text(node.range) { .text(text) } else { value(node) }
    func origin(_ range: Range<Int>) -> Origin { Origin(path: source.path, range: range) }
    let written = step.node.kind == .alias ? node : step.node
    return SpringEntry(
      name: SpringEntry.canonical(step.raw), raw: step.raw, key: origin(step.key),
      parent: step.parent.map(origin), written: source.text(written.range),
      origin: origin(written.range.isEmpty ? step.key : step.node.range), value: value)
  }

  private func value(_ node: YAMLNode) -> SpringEntry.Value {
    switch node.value {
    case .int(let number)?: .int(number)
    case .float(let number)?: .float(number)
    case .bool(let flag)?: .bool(flag)
    case .text(let text)?: .text(text)
    case .largeInt(let digits)?: .text(digits)
    case .null?: .text("")
    case nil: .template(node.raw)
    }
  }
}
