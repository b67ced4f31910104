import Findings
import Model
package import Syntax

/// A rule as its file says it, with the places of its expressions.
package struct LoadedRule: Sendable {
  package var definition: RuleDefinition
  package let source: SourceText
  let places: [RulePart: ExpressionPlace]
}

/// A part of a rule that holds an expression or the name of a field.
package enum RulePart: Sendable, Hashable {
  case when, require, message, downgrade, fixSet, fixTo, fixText, overrides
  case directive(Int)
  case at(Int)
  case related(Int)
}

/// Reads a rule's YAML file.
///
/// Everything that can be wrong in the file alone is found here; what only the schema knows is
/// checked by ``RuleChecker``.
package struct RuleReader {
  var file: PolicyFileReader
  private let id: String
  private var places: [RulePart: ExpressionPlace] = [:]

  static let keys = [
    "title", "code", "aliases", "severity", "downgrade", "for", "directives", "packs", "products",
    "when", "require",
    "parameters", "at",
    "related", "message", "fix", "gives_way", "overrides", "why", "limits", "references",
    "examples",
  ]

  /// Reads the rule in `source`.
  ///
  /// - Parameters:
  ///   - source: the file; its path is the one shown in mistakes.
  ///   - id: the rule's name, usually from ``identifier(of:below:)``.
  /// - Throws: every mistake in the file.
  package static func read(_ source: SourceText, id: String) throws(PolicyError) -> LoadedRule {
    var reader = RuleReader(file: PolicyFileReader(source), id: id)
    let definition = reader.definition()
    guard let definition, reader.file.problems.isEmpty else {
      throw PolicyError(reader.file.problems)
    }
    return LoadedRule(definition: definition, source: source, places: reader.places)
  }

  /// The rule's name from its file's place: `policies/pool/x.yaml` below `policies` is `pool/x`.
  package static func identifier(of path: String, below directory: String) -> String {
    var name = Substring(path)
    if name.hasPrefix(directory) { name = name.dropFirst(directory.count) }
    name = name.drop { $0 == "/" }
    for suffix in [".yaml", ".yml"] where name.hasSuffix(suffix) {
      name = name.dropLast(suffix.count)
      break
    }
    return String(name)
  }

  private init(file: PolicyFileReader, id: String) {
    self.file = file
    self.id = id
  }

  private mutating func definition() -> RuleDefinition? {
    guard let root = file.root(required: true) else { return nil }
    let values = file.pairs(of: root, known: Self.keys, what: "a rule")
    for key in ["title", "severity", "for", "require", "message", "why"] where values[key] == nil {
      file.report("a rule needs the key `\(key)`", at: root)
    }
    let severity: Severity? = values["severity"].flatMap { file.choice($0, what: "severity") }
    let kind: Kind? = values["for"].flatMap { file.choice($0, what: "for") }
    let downgrade = values["downgrade"].flatMap { self.downgrade($0, below: severity) }
    let parameters = values["parameters"].map { self.parameters($0) } ?? []
    let paths = fieldPaths(values["at"], of: kind, what: "at", part: RulePart.at)
    let related = fieldPaths(values["related"], of: kind, what: "related", part: RulePart.related)
    let fix = values["fix"].flatMap { self.fix($0) }
    let examples = values["examples"].map { self.examples($0, parameters: parameters) }
    let message = expression(values["message"], .message)
    let when = expression(values["when"], .when)
    let require = expression(values["require"], .require)
    let directives = self.directives(values["directives"], of: kind, root)
    let packs = values["packs"].map { self.packs($0) } ?? [.recommended]
    guard let severity, let kind, let message, let require else { return nil }
    var definition = RuleDefinition(
      id: id, code: text(values, "code"),
      aliases: values["aliases"].map { file.texts($0, what: "aliases") } ?? [],
      title: text(values, "title") ?? id, severity: severity, downgrade: downgrade, kind: kind,
      directives: directives, packs: packs,
      products: values["products"].map { products($0) } ?? [], when: when,
      require: require, parameters: parameters,
      at: paths.isEmpty ? [FieldPath(root: kind.rawValue)] : paths, related: related,
      message: message, fix: fix,
      givesWay: values["gives_way"].flatMap { file.bool($0, what: "gives_way") } ?? false,
      why: text(values, "why") ?? "", limits: text(values, "limits"),
      references: values["references"].map { file.texts($0, what: "references") } ?? [],
      bad: examples?.bad ?? [], good: examples?.good ?? [])
    definition.overrides = values["overrides"].flatMap { file.bool($0, what: "overrides") } ?? false
    if definition.overrides, let node = values["overrides"] {
      places[.overrides] = ExpressionPlace(node)
    }
    return definition
  }

  private mutating func text(_ values: [String: YAMLNode], _ key: String) -> String? {
    guard let node = values[key], let text = file.text(node, what: key) else { return nil }
    return text.last == "\n" ? String(text.dropLast()) : text
  }

  private mutating func expression(_ node: YAMLNode?, _ part: RulePart) -> String? {
    guard let node, let text = file.text(node, what: "an expression") else { return nil }
    places[part] = ExpressionPlace(node)
    return text.last == "\n" ? String(text.dropLast()) : text
  }

  /// The names of the directives that a rule for `directive` is about; other rules have none.
  private mutating func directives(
    _ node: YAMLNode?, of kind: Kind?, _ root: YAMLNode
  ) -> [String] {
    guard let node else {
      if kind == .directive {
        file.report("a rule for `directive` needs the key `directives`", at: root)
      }
      return []
    }
    if let kind, kind != .directive {
      file.report("`directives` belongs to rules for `directive`", at: node)
    }
    var names: [String] = []
    for element in node.kind == .sequence ? node.elements : [node] {
      guard let name = file.text(element, what: "a directive") else { continue }
      places[.directive(names.count)] = ExpressionPlace(element)
      names.append(name)
    }
    return names
  }

  /// The packs that a rule is in; none is a mistake, as nothing could turn it on by pack.
  private mutating func packs(_ node: YAMLNode) -> [Pack] {
    let packs: [Pack] = (node.kind == .sequence ? node.elements : [node]).compactMap {
      file.choice($0, what: "a pack")
    }
    if node.kind == .sequence, node.elements.isEmpty {
      file.report("`packs` names at least one pack", at: node)
    }
    return packs
  }

  private mutating func fieldPaths(
    _ node: YAMLNode?, of kind: Kind?, what: String, part: (Int) -> RulePart
  ) -> [FieldPath] {
    guard let node else { return [] }
    var paths: [FieldPath] = []
    for element in node.kind == .sequence ? node.elements : [node] {
      guard let path = fieldPath(element, of: kind, what: what) else { continue }
      places[part(paths.count)] = ExpressionPlace(element)
      paths.append(path)
    }
    return paths
  }

  private mutating func fieldPath(_ node: YAMLNode, of kind: Kind?, what: String) -> FieldPath? {
    guard let text = file.text(node, what: what) else { return nil }
    guard let path = FieldPath(text) else {
      file.report("`\(what)` names a field, as in `pool.max_size`", at: node)
      return nil
    }
    if let kind, path.root != kind.rawValue {
      file.report(
        "`\(what)` begins with `\(path.root)`, but the rule is for `\(kind.rawValue)`", at: node,
        suggestion: path.field.map { "\(kind.rawValue).\($0)" } ?? kind.rawValue)
      return nil
    }
    return path
  }

  /// When findings count less, and how much; it must be less.
  private mutating func downgrade(
    _ node: YAMLNode, below severity: Severity?
  ) -> RuleDowngrade? {
    let values = file.pairs(of: node, known: ["when", "to"], what: "a downgrade")
    guard let when = expression(values["when"], .downgrade), let target = values["to"] else {
      file.report("a downgrade needs `when` and `to`", at: node)
      return nil
    }
    guard let lower: Severity = file.choice(target, what: "to") else { return nil }
    if let severity, lower >= severity {
      file.report("`to` is a severity below `\(severity.rawValue)`", at: target)
    }
    return RuleDowngrade(when: when, severity: lower)
  }

  private mutating func fix(_ node: YAMLNode) -> RuleFix? {
    let values = file.pairs(of: node, known: ["set", "to", "safety", "text"], what: "a fix")
    if (values["set"] == nil) != (values["to"] == nil) {
      file.report("a fix needs `set` and `to` together", at: node)
    }
    if values["set"] == nil, values["text"] == nil {
      file.report("a fix needs `set` and `to`, or `text`", at: node)
    }
    let safety: Fix.Safety =
      switch values["safety"]?.text {
      case nil, "unsafe": .unsafe
      case "safe": .safe
      case .some: unknownSafety(values["safety"])
      }
    var set: FieldPath?
    if let target = values["set"] {
      set = fieldPath(target, of: nil, what: "set")
      places[.fixSet] = ExpressionPlace(target)
    }
    return RuleFix(
      set: set, to: expression(values["to"], .fixTo), safety: safety,
      text: expression(values["text"], .fixText))
  }

  private mutating func unknownSafety(_ node: YAMLNode?) -> Fix.Safety {
    if let node { file.report("safety is one of safe, unsafe", at: node) }
    return .unsafe
  }
}
