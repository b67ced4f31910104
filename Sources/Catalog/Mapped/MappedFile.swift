import Model
import Syntax

/// One file that a team's mapping describes.
struct MappedFile {
  private let mapping: FormatMapping
  private let file: PoolFile
  private let version: Version?
  private var tree: MappedTree
  private var found: [Found] = []
  /// Nodes that the mapping knows, by their place in the tree.
  private var known: Set<Int> = []
  private var problems: [Problem] = []
  /// The bytes of every secret: its line may be shown for another one's sake.
  private var secrets: Set<Range<Int>> = []

  /// Settings of one file, written or not: each resource has one for every key of its mapping.
  static let settingLimit = 200_000

  /// A resource with the block that it was made of.
  struct Found {
    var resource: SettingsResource
    let node: Int
  }

  init(_ mapping: FormatMapping, _ source: SourceText, _ context: ReadingContext) {
    self.mapping = mapping
    file = PoolFile(source, context)
    version = context.versions[mapping.name] ?? mapping.version
    tree = MappedTree(source, mapping.format)
  }

  var reading: Reading {
    var copy = self
    return copy.read()
  }

  private mutating func read() -> Reading {
    var settings = 0
    for resource in mapping.resources {
      let blocks = MappedBlocks(tree, resource, isFlat: mapping.format == .dotenv)
      for block in blocks.all where settings + resource.keys.count <= Self.settingLimit {
        settings += max(1, resource.keys.count)
        take(block, resource)
      }
    }
    if settings + (mapping.resources.map(\.keys.count).max() ?? 0) > Self.settingLimit {
      report(.unreadable, 0..<0, "more than \(Self.settingLimit) settings: not all is read")
    }
    problems += tree.problems
    let isBroken = tree.problems.contains { $0.kind != .unknown }
    if found.isEmpty, !isBroken {
      report(.unknown, 0..<0, "\(mapping.path) finds nothing in this file", help: mapping.places)
    }
    if !isBroken {
      problems += MappedUnknownKeys(mapping, tree, known: known, blocks: found.map(\.node))
        .problems(in: file)
    }
    let resources = MappedRelations(found, in: tree, path: file.source.path)
    return Reading(
      resources: resources.all, problems: problems,
      sources: [file.source.hiding(Array(secrets))], workloads: resources.workloads)
  }

  private mutating func report(
    _ kind: Problem.Kind, _ range: Range<Int>, _ message: String, help: String? = nil
  ) {
    problems.append(file.problem(kind, range, message, help: help))
  }

  // MARK: one resource

  private mutating func take(_ block: MappedBlock, _ definition: MappedResource) {
    known.insert(block.node)
    for value in block.values {
      known.insert(value.node)
      let node = tree.nodes[value.node]
      if value.key.isSecret { secrets.insert(node.scalar?.range ?? node.range) }
    }
    // A key without a value is as good as not written.
    let values = block.values.filter { !tree.nodes[$0.node].isEmpty }
    let written = values.map { self.written($0) }.sorted {
      $0.input.origin.range.lowerBound < $1.input.origin.range.lowerBound
    }
    // A whole file is a resource only where something in it is.
    guard definition.place != nil || !written.isEmpty else { return }
    let name =
      text(definition.name, block) ?? (block.name.isEmpty ? file.baseName : block.name)
    let settings = MappedSettings(mapping, version: version ?? Version(0))
      .settings(definition.keys, written)
    for setting in settings {
      if setting.isSecret, setting.written?.isEmpty == false, let origin = setting.origin {
        secrets.insert(origin.range)
      }
      guard let refusal = setting.refusal, let origin = setting.origin else { continue }
      report(.refused, origin.range, "`\(setting.key)` of \"\(name)\": \(refusal)")
    }
    let facts = MappedFacts(definition, written, settings)
    let environment =
      text(definition.environment, block) ?? block.environment
      ?? file.context.environment ?? TestTree.environment(of: file.source.path)
    let identity = ResourceIdentity(
      kind: definition.kind, technology: mapping.name, version: version,
      name: name, origin: origin(block, written),
      environment: environment ?? "production", environmentIsDeclared: environment != nil,
      mapping: mapping.path)
    found.append(
      Found(
        resource: SettingsResource(
          identity: identity, settings: settings, facts: facts.values,
          factSettings: facts.settings),
        node: block.node))
  }

  /// The key of the block; of a whole file its first line that the mapping knows.
  private func origin(_ block: MappedBlock, _ written: [MappedSettings.Written]) -> Origin {
    if let key = block.key { return file.origin(key) }
    return written.first?.input.origin ?? file.origin(0..<0)
  }

  /// A fixed text, or what a key of the block holds; `nil` where it holds none.
  private mutating func text(
    _ text: MappedResource.Text?, _ block: MappedBlock
  ) -> String? {
    switch text {
    case nil: return nil
    case .fixed(let text): return text
    case .key(let path):
      guard let node = block.find(path, in: tree).last?.node else { return nil }
      known.insert(node)
      guard let text = tree.nodes[node].scalar?.text, !text.isEmpty,
        !ConfigurationText.isTemplate(text)
      else { return nil }
      return text
    }
  }

  private func written(_ value: MappedBlock.Value) -> MappedSettings.Written {
    let node = tree.nodes[value.node]
    let key = value.key
    let texts = key.sort == .texts ? self.texts(node) : []
    guard let scalar = node.scalar ?? Self.joined(texts, node) else {
      let input = PoolInput(
        key: value.name, written: "", origin: file.origin(value.place),
        value: .unknown("a block stands where a value is expected"))
      return MappedSettings.Written(
        key: key, name: value.name, input: input, unit: key.countedUnit)
    }
    let converted = MappedValue(scalar, key, mapping)
    var meant = converted.value
    // Only a strict program is known to refuse what the mapping cannot read.
    if case .refused(let reason) = meant, mapping.strictness == .off { meant = .unknown(reason) }
    let range = scalar.range.isEmpty ? value.place : scalar.range
    let input = PoolInput(
      key: value.name, written: file.source.text(scalar.range), origin: file.origin(range),
      value: meant, provenance: converted.isDefault ? .placeholder : .explicit)
    return MappedSettings.Written(
      key: key, name: value.name, input: input, unit: converted.unit, text: scalar.text,
      texts: texts)
  }

  /// The elements of a list, or the words of a text between its commas.
  private func texts(_ node: MappedTree.Node) -> [String] {
    guard let text = node.scalar?.text else {
      return node.elements.compactMap { tree.nodes[$0].scalar?.text }
    }
    return text.split(separator: ",").map { String(MappedAmount.trimmed(String($0))) }
  }

  private static func joined(_ texts: [String], _ node: MappedTree.Node) -> MappedScalar? {
    guard !texts.isEmpty else { return nil }
    return MappedScalar(text: texts.joined(separator: ", "), range: node.range)
  }
}
