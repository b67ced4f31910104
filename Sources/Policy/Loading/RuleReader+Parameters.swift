import Model
import Syntax

extension RuleReader {
  mutating func parameters(_ node: YAMLNode) -> [RuleParameter] {
    file.entries(of: node, what: "parameters").compactMap { parameter($0.key, $0.value) }
  }

  private mutating func parameter(_ key: YAMLNode, _ node: YAMLNode) -> RuleParameter? {
    let values = file.pairs(
      of: node, known: ["type", "default", "unit", "about"], what: "a parameter")
    if values["about"] == nil { file.report("parameter `\(key.text)` needs `about`", at: key) }
    guard let typeNode = values["type"],
      let type: RuleParameter.ValueType = file.choice(typeNode, what: "type")
    else {
      if values["type"] == nil { file.report("parameter `\(key.text)` needs `type`", at: key) }
      return nil
    }
    guard let given = values["default"] else {
      file.report("parameter `\(key.text)` needs `default`, if only `none`", at: key)
      return nil
    }
    let isNone = given.style == .plain && given.kind == .scalar && given.text == "none"
    return RuleParameter(
      name: key.text, type: type,
      defaultValue: isNone ? nil : file.parameterValue(given, of: type, what: "default"),
      unit: values["unit"].map { unit($0) } ?? .none,
      about: values["about"].flatMap { file.text($0, what: "about") } ?? "")
  }

  private mutating func unit(_ node: YAMLNode) -> Unit {
    if let unit = Unit(rawValue: node.text) { return unit }
    file.report("`\(node.text)` is no unit", at: node)
    return .none
  }

  /// The products of a rule: `[hikaricp >=4.0, pgbouncer]` or `{hikaricp: ">=4.0 <6.2"}`.
  mutating func products(_ node: YAMLNode) -> [ProductRequirement] {
    var rows: [(node: YAMLNode, words: [Substring])] = []
    if node.kind == .mapping {
      for (key, value) in file.entries(of: node, what: "products") {
        let versions = file.text(value, what: "the versions of a product") ?? ""
        rows.append((value, [Substring(key.text)] + versions.split(separator: " ")))
      }
    } else {
      for element in node.kind == .sequence ? node.elements : [node] {
        let text = file.text(element, what: "a product") ?? ""
        rows.append((element, text.split(separator: " ")))
      }
    }
    return rows.compactMap { row in
      guard let name = row.words.first else { return nil }
      return ProductRequirement(
        name: String(name), versions: row.words.dropFirst().compactMap { bound($0, row.node) })
    }
  }

  private mutating func bound(_ word: Substring, _ node: YAMLNode) -> VersionBound? {
    let bound = VersionBound(word)
    if bound == nil { file.report("`\(word)` is not like `>=1.2.3`", at: node) }
    return bound
  }
}

extension PolicyFileReader {
  /// The value that `node` writes for a parameter of `type`.
  mutating func parameterValue(
    _ node: YAMLNode, of type: RuleParameter.ValueType, what: String
  ) -> ParameterValue? {
    switch type {
    case .bool: return bool(node, what: what).map { .bool($0) }
    case .int: return int(node, what: what).map { .int($0) }
    case .double: return double(node, what: what).map { .double($0) }
    case .string: return text(node, what: what).map { .string($0) }
    case .strings:
      return .strings(
        elements(of: node, what: what).compactMap {
          text($0, what: "each of \(what)")
        })
    case .duration:
      if node.kind == .scalar, let value = ParameterText.duration(node.text) {
        return .duration(value)
      }
      report("\(what) is a time such as 30s, 5m or 1h30m", at: node)
    case .size:
      if node.kind == .scalar, let value = ParameterText.size(node.text) { return .int(value) }
      report("\(what) is a size such as 512MB or 8GB", at: node)
    }
    return nil
  }
}
