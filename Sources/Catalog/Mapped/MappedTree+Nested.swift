import Model
import Syntax

/// Formats whose blocks stand inside each other.
extension MappedTree {
  // MARK: YAML

  mutating func read(yaml source: SourceText) {
    let yaml = YAMLFile(parsing: source)
    for error in yaml.errors {
      let isTemplate = error.help?.hasPrefix("a template") == true
      report(
        Problem(
          kind: isTemplate ? .unknown : .syntax,
          origin: Origin(path: source.path, range: error.range), message: error.message,
          help: error.help))
    }
    for document in yaml.documents {
      if let root = document.root { _ = add(root, below: -1, depth: 0) }
    }
  }

  private mutating func add(_ written: YAMLNode, below parent: Int, depth: Int) -> Int? {
    // Of an alias the values lie where they are written, for all of its uses.
    guard let node = written.resolved,
      let index = add(node.range, below: parent, depth: depth, scalar: Self.scalar(node))
    else { return nil }
    switch node.kind {
    case .mapping:
      for pair in pairs(of: node, isRepeated: written.kind == .alias) {
        guard let child = add(pair.value, below: index, depth: depth + 1) else { continue }
        link(child, as: pair.key.text, key: pair.key.range, in: index)
      }
    case .sequence:
      for element in node.elements {
        guard let child = add(element, below: index, depth: depth + 1) else { continue }
        link(child, elementOf: index)
      }
    case .scalar, .alias: break
    }
    return index
  }

  private static func scalar(_ node: YAMLNode) -> MappedScalar? {
    guard node.kind == .scalar, let value = node.value else { return nil }
    let text = node.text
    let isOdd =
      text.drop { $0 == "+" || $0 == "-" }.starts(with: "0") && text.utf8.count > 1
      || text.utf8.contains { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":") }
    let sort: MappedScalar.Sort
    switch value {
    case .null: return nil
    case .bool(let flag): sort = .bool(flag)
    case .int(let number): sort = isOdd ? .ambiguous : .int(number)
    case .float(let number): sort = isOdd && !text.utf8.contains(0x2E) ? .ambiguous : .real(number)
    case .text, .largeInt: sort = .text
    }
    return MappedScalar(text: text, range: node.range, sort: sort)
  }

  // MARK: JSON

  mutating func read(json source: SourceText) {
    let document = JSONDocument(source, dialect: .relaxed)
    for error in document.errors { report(Problem(error, in: source)) }
    if let root = document.root { _ = add(root, below: -1, depth: 0, source) }
  }

  private mutating func add(
    _ node: JSONNode, below parent: Int, depth: Int, _ source: SourceText
  ) -> Int? {
    var scalar: MappedScalar?
    switch node.content {
    case .null, .array, .object: break
    case .bool(let flag):
      scalar = MappedScalar(text: String(flag), range: node.range, sort: .bool(flag))
    case .int(let number):
      scalar = MappedScalar(text: String(number), range: node.range, sort: .int(number))
    case .double(let number):
      scalar = MappedScalar(
        text: source.text(node.range), range: node.range, sort: .real(number))
    case .string(let text): scalar = MappedScalar(text: text, range: node.range)
    }
    guard let index = add(node.range, below: parent, depth: depth, scalar: scalar) else {
      return nil
    }
    for member in node.members {
      guard let child = add(member.value, below: index, depth: depth + 1, source) else { continue }
      link(child, as: member.name, key: member.nameRange, in: index)
    }
    for element in node.elements {
      guard let child = add(element, below: index, depth: depth + 1, source) else { continue }
      link(child, elementOf: index)
    }
    return index
  }

  // MARK: TOML

  mutating func read(toml source: SourceText) {
    let document = TOMLDocument(source)
    for error in document.errors { report(Problem(error, in: source)) }
    _ = add(document.root, below: -1, depth: 0, source)
  }

  private mutating func add(
    _ node: TOMLNode, below parent: Int, depth: Int, _ source: SourceText
  ) -> Int? {
    var scalar: MappedScalar?
    switch node.content {
    case .array, .table, .unread: break
    case .boolean(let flag):
      scalar = MappedScalar(text: String(flag), range: node.range, sort: .bool(flag))
    case .integer(let number):
      scalar = MappedScalar(text: String(number), range: node.range, sort: .int(number))
    case .float(let number):
      scalar = MappedScalar(
        text: source.text(node.range), range: node.range, sort: .real(number))
    case .string(let text), .dateTime(let text):
      scalar = MappedScalar(text: text, range: node.range)
    }
    guard let index = add(node.range, below: parent, depth: depth, scalar: scalar) else {
      return nil
    }
    for member in node.members {
      guard let child = add(member.value, below: index, depth: depth + 1, source) else { continue }
      link(child, as: member.name, key: member.keyRange, in: index)
    }
    for element in node.elements {
      guard let child = add(element, below: index, depth: depth + 1, source) else { continue }
      link(child, elementOf: index)
    }
    return index
  }

  // MARK: XML

  mutating func read(xml source: SourceText) {
    let document = XMLDocument(source)
    for error in document.errors { report(Problem(error, in: source)) }
    guard let root = document.root, let file = add(0..<source.bytes.count),
      let node = add(root, below: file, depth: 1)
    else { return }
    link(node, as: root.name, key: root.nameRange, in: file)
  }

  /// Attributes are members whose names begin with `@`.
  private mutating func add(_ element: XMLElement, below parent: Int, depth: Int) -> Int? {
    let text = element.text
    let scalar = text.isEmpty ? nil : MappedScalar(text: text, range: element.textRange)
    guard let index = add(element.nameRange, below: parent, depth: depth, scalar: scalar) else {
      return nil
    }
    for attribute in element.attributes {
      let value = MappedScalar(
        text: attribute.value,
        range: attribute.valueRange.isEmpty ? attribute.nameRange : attribute.valueRange)
      guard
        let child = add(attribute.nameRange, below: index, depth: depth + 1, scalar: value)
      else { continue }
      link(child, as: "@" + attribute.name, key: attribute.nameRange, in: index)
    }
    for inner in element.children {
      guard let child = add(inner, below: index, depth: depth + 1) else { continue }
      link(child, as: inner.name, key: inner.nameRange, in: index)
    }
    return index
  }
}
