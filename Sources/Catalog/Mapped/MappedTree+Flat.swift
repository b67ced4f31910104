import Model
import Syntax

/// Formats of lines, whose names make the blocks.
extension MappedTree {
  /// The file in its format; of variables of the environment each stands alone.
  init(_ source: SourceText, _ format: FormatMapping.Format) {
    switch format {
    case .yaml: read(yaml: source)
    case .json: read(json: source)
    case .toml: read(toml: source)
    case .xml: read(xml: source)
    case .ini: read(ini: source)
    case .properties: read(properties: source)
    case .dotenv: read(variables: source)
    }
    guard isCut else { return }
    report(
      Problem(
        kind: .unreadable, origin: Origin(path: source.path, range: 0..<0),
        message: "more than \(Self.nodeLimit) values or \(Self.depthLimit) levels: not all is read"
      ))
  }

  /// Most readers of INI files take what stands behind a blank and one of these for a comment.
  private static let ini = INIDialect(
    commentMarks: Array(";#".utf8), inlineCommentMarks: Array(";#".utf8),
    separators: Array("=:".utf8), allowsBareKeys: true)

  /// A dot in the name of a section or of a key leads one level down.
  private mutating func read(ini source: SourceText) {
    let document = INIDocument(source, dialect: Self.ini)
    for error in document.errors {
      report(Problem(error, in: source, unlessTemplate: source.text(error.range)))
    }
    guard let root = add(0..<source.bytes.count) else { return }
    var section: Int? = root
    for item in document.items {
      switch item {
      case .section(let header):
        let name = MappedAmount.trimmed(header.name)
        section = descend(Self.parts(String(name)), key: header.nameRange, from: root)
      case .entry(let entry):
        guard let section else { continue }
        let range = entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange
        let text = Self.unquoted(source.text(entry.valueRange))
        // A key alone is a switch that is on.
        add(
          entry.hasSeparator
            ? MappedScalar(text: text, range: range)
            : MappedScalar(text: "true", range: range, sort: .bool(true)),
          named: entry.key, key: entry.keyRange, in: section)
      case .blank, .comment, .include, .unread: break
      }
    }
  }

  private mutating func read(properties source: SourceText) {
    let document = PropertiesDocument(source)
    for error in document.errors { report(Problem(error, in: source)) }
    guard let root = add(0..<source.bytes.count) else { return }
    for entry in document.entries {
      let range = entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange
      let value = MappedScalar(text: entry.value, range: range)
      add(value, named: entry.key, key: entry.keyRange, in: root)
    }
  }

  private mutating func read(variables source: SourceText) {
    let document = DotEnvDocument(source)
    for error in document.errors {
      report(Problem(error, in: source, unlessTemplate: source.text(error.range)))
    }
    guard let root = add(0..<source.bytes.count) else { return }
    for entry in document.entries {
      let range = entry.valueRange.isEmpty ? entry.nameRange : entry.valueRange
      guard
        let node = add(
          range, below: root, depth: 1, scalar: MappedScalar(text: entry.value, range: range))
      else { continue }
      link(node, as: entry.name, key: entry.nameRange, in: root)
    }
  }

  /// The node of a dotted name, made where it is not there.
  private mutating func descend(
    _ name: [Substring], key: Range<Int>, from start: Int
  ) -> Int? {
    var node = start
    for (depth, part) in name.enumerated() {
      guard let next = member(String(part), key: key, in: node, depth: depth + 1) else {
        return nil
      }
      node = next
    }
    return node
  }

  /// A value of a dotted name; where it has one already, as a further member of the same name.
  private mutating func add(
    _ scalar: MappedScalar, named name: String, key: Range<Int>, in start: Int
  ) {
    var parts = Self.parts(name)
    let last = String(parts.removeLast())
    guard let parent = descend(parts, key: key, from: start) else { return }
    if let known = nodes[parent][last].last, nodes[known.node].scalar == nil {
      set(scalar, at: known.node)
    } else if let node = add(key, below: parent, depth: parts.count + 1, scalar: scalar) {
      link(node, as: last, key: key, in: parent)
    }
  }

  private static func parts(_ name: String) -> [Substring] {
    name.split(separator: ".", omittingEmptySubsequences: false)
  }

  private static func unquoted(_ text: String) -> String {
    guard let first = text.first, first == "\"" || first == "'", text.utf8.count > 1,
      text.last == first
    else { return text }
    return String(text.dropFirst().dropLast())
  }
}
