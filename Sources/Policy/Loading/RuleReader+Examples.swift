import Syntax

extension RuleReader {
  private static let exampleKeys = [
    "file", "text", "files", "finds", "about", "environment", "products", "parameters",
  ]

  mutating func examples(
    _ node: YAMLNode, parameters: [RuleParameter]
  ) -> (bad: [RuleExample], good: [RuleExample]) {
    let values = file.pairs(of: node, known: ["bad", "good"], what: "examples")
    let bad = values["bad"].map { list($0, "bad", parameters) } ?? []
    let good = values["good"].map { list($0, "good", parameters) } ?? []
    return (bad, good)
  }

  private mutating func list(
    _ node: YAMLNode, _ name: String, _ parameters: [RuleParameter]
  ) -> [RuleExample] {
    file.elements(of: node, what: name).compactMap { element in
      guard let example = example(element, parameters) else { return nil }
      if (name == "bad") == example.finds.isEmpty {
        file.report(
          name == "bad"
            ? "a bad example says in `finds` on which lines" : "a good example finds nothing",
          at: element)
      }
      return example
    }
  }

  private mutating func example(
    _ node: YAMLNode, _ parameters: [RuleParameter]
  ) -> RuleExample? {
    let values = file.pairs(of: node, known: Self.exampleKeys, what: "an example")
    guard let name = values["file"].flatMap({ file.text($0, what: "file") }),
      let text = values["text"].flatMap({ file.text($0, what: "text") })
    else {
      file.report("an example needs `file` and `text`", at: node)
      return nil
    }
    let others = values["files"].map { node in
      file.entries(of: node, what: "files").compactMap { key, value in
        file.text(value, what: "a file's text").map { ExampleFile(path: key.text, text: $0) }
      }
    }
    let finds = values["finds"].map { node in
      file.elements(of: node, what: "finds").compactMap { expectedFinding($0, in: name) }
    }
    return RuleExample(
      file: name, text: text, others: others ?? [], finds: (finds ?? []).sorted(),
      about: values["about"].flatMap { file.text($0, what: "about") },
      environment: values["environment"].flatMap { file.text($0, what: "environment") },
      products: values["products"].map { versions($0) } ?? [:],
      parameters: values["parameters"].map { given($0, parameters) } ?? [:])
  }

  /// A line of the example's own file, or `path:line`.
  private mutating func expectedFinding(_ node: YAMLNode, in file: String) -> ExpectedFinding? {
    if let line = Int(node.text) { return ExpectedFinding(path: file, line: line) }
    if let colon = node.text.lastIndex(of: ":"),
      let line = Int(node.text[node.text.index(after: colon)...])
    {
      return ExpectedFinding(path: String(node.text[..<colon]), line: line)
    }
    self.file.report("`finds` holds lines, as in `3` or `conf.d/a.conf:3`", at: node)
    return nil
  }

  private mutating func versions(_ node: YAMLNode) -> [String: String] {
    var result: [String: String] = [:]
    for (key, value) in file.entries(of: node, what: "products") { result[key.text] = value.text }
    return result
  }

  private mutating func given(
    _ node: YAMLNode, _ parameters: [RuleParameter]
  ) -> [String: ParameterValue] {
    var result: [String: ParameterValue] = [:]
    for (key, value) in file.entries(of: node, what: "parameters") {
      guard let parameter = parameters.first(where: { $0.name == key.text }) else {
        file.report(
          "the rule has no parameter `\(key.text)`", at: key,
          suggestion: Suggestion.nearest(to: key.text, in: parameters.map(\.name)))
        continue
      }
      result[key.text] = file.parameterValue(value, of: parameter.type, what: key.text)
    }
    return result
  }
}
