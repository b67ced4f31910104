import Catalog
package import Syntax

/// The syntax tree of any file we read, as JSON with byte ranges.
package enum SyntaxTreeJSON {
  /// The tree of one file, by the format that its technology reads.
  ///
  /// - Throws: `Failure` when no technology recognises the file and its name tells no format.
  package static func json(of source: SourceText) throws(Failure) -> (json: JSON, isClean: Bool) {
    let candidate = FileCandidate(
      path: source.path, head: Array(source.bytes.prefix(FileCandidate.sniffLimit)))
    let technology = Catalog.recognise(candidate)?.name
    let (format, errors, items) = try tree(source, technology)
    let lines = LineTable(source.bytes)
    let json: JSON = [
      "version": 1, "path": .string(source.path), "format": .string(format),
      "technology": .string(orNull: technology),
      "errors": .array(
        errors.map { error in
          let place = lines.position(at: error.range.lowerBound)
          return [
            "message": .string(error.message), "help": .string(orNull: error.help),
            "line": .number(place.line), "column": .number(place.column),
            "range": range(error.range),
          ]
        }),
      "context": format == "nginx" ? context(of: source) : nil,
      "items": .array(items),
    ]
    return (json, errors.isEmpty)
  }

  /// The block that an nginx file is read as the inside of, and who says so.
  private static func context(of source: SourceText) -> JSON {
    let context = NginxFileContext(of: NginxTree(source))
    return ["block": .string(context.title), "from": .string(context.source.rawValue)]
  }

  private static func tree(
    _ source: SourceText, _ technology: String?
  ) throws(Failure) -> (String, [SyntaxError], [JSON]) {
    let name = source.path.lowercased()
    if technology == "nginx" || (technology == nil && name.hasSuffix(".conf")) {
      let tree = NginxTree(source)
      return ("nginx", tree.errors.map(\.syntaxError), try nginx(tree))
    }
    if technology == "postgresql" {
      let document = PostgreSQLDocument(source)
      let items = document.entries.map {
        entry($0.key, $0.value, $0.keyRange, $0.valueRange)
      }
      return ("postgresql", document.errors, items)
    }
    if name.hasSuffix(".properties") {
      let document = PropertiesDocument(source)
      let items = document.entries.map { entry($0.key, $0.value, $0.keyRange, $0.valueRange) }
      return ("properties", document.errors, items)
    }
    if technology == "pgbouncer" || name.hasSuffix(".ini") || name.hasSuffix(".cfg") {
      let document = INIDocument(source, dialect: technology == "pgbouncer" ? .pgbouncer : .plain)
      return ("ini", document.errors, document.items.compactMap { ini($0, source) })
    }
    if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      let file = YAMLFile(parsing: source)
      return ("yaml", file.errors, file.documents.map { $0.root.map(yaml) ?? nil })
    }
    if name.hasSuffix(".json") {
      let document = JSONDocument(source)
      return ("json", document.errors, document.root.map { [$0.json] } ?? [])
    }
    throw Failure("\(source.path): \(Collector.unrecognised)")
  }

  private static func range(_ range: Range<Int>) -> JSON {
    [.number(range.lowerBound), .number(range.upperBound)]
  }

  private static func entry(
    _ key: String, _ value: String, _ keyRange: Range<Int>, _ valueRange: Range<Int>
  ) -> JSON {
    [
      "key": .string(key), "value": .string(value), "keyRange": range(keyRange),
      "valueRange": range(valueRange),
    ]
  }

  private static func ini(_ item: INIDocument.Item, _ source: SourceText) -> JSON? {
    switch item {
    case .section(let section):
      return ["section": .string(section.name), "range": range(section.range)]
    case .entry(let item):
      return entry(item.key, source.text(item.valueRange), item.keyRange, item.valueRange)
    case .include(let include):
      return [
        "include": .string(source.text(include.targetRange)), "range": range(include.range),
      ]
    case .blank, .comment, .unread: return nil
    }
  }

  /// The statements, the innermost first and then put into their blocks: no depth is too deep.
  private static func nginx(_ tree: NginxTree) throws(Failure) -> [JSON] {
    try tree.checkDepth()
    var blocks: [NginxDirectiveID?: [JSON]] = [:]
    for id in tree.all.reversed() {
      var members: [JSON.Member] = [
        JSON.Member("name", .string(tree.name(of: id).string)),
        JSON.Member("arguments", .array(tree.argumentStrings(of: id).map { .string($0) })),
        JSON.Member("line", .number(tree[id].line)),
        JSON.Member("range", range(tree.range(of: id))),
      ]
      if tree[id].kind == .block {
        let block = blocks.removeValue(forKey: id) ?? []
        members.append(JSON.Member("block", .array(block.reversed())))
      }
      blocks[tree.parent(of: id), default: []].append(.object(members))
    }
    return (blocks[nil] ?? []).reversed()
  }

  /// A node; its depth is bounded by the reader (`YAMLFile.depthLimit`).
  private static func yaml(_ node: YAMLNode) -> JSON {
    switch node.kind {
    case .mapping:
      return [
        "mapping": .array(node.pairs.map { ["key": yaml($0.key), "value": yaml($0.value)] }),
        "range": range(node.range),
      ]
    case .sequence:
      return ["sequence": .array(node.elements.map(yaml)), "range": range(node.range)]
    case .alias:
      return ["alias": .string(node.anchor ?? ""), "range": range(node.range)]
    case .scalar:
      return ["scalar": .string(node.text), "range": range(node.range)]
    }
  }
}
