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
      return ("yaml", file.errors, file.documents.map { $0.root.map { yaml($0) } ?? nil })
    }
    if name.hasSuffix(".json") {
      let document = JSONDocument(source)
      return ("json", document.errors, document.root.map { [$0.json.withoutSecrets()] } ?? [])
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
      "key": .string(key), "value": .string(SecretText.masked(value, of: key)),
      "keyRange": range(keyRange),
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
        JSON.Member(
          "arguments",
          .array(
            arguments(tree.argumentStrings(of: id), of: tree.name(of: id).string).map {
              .string($0)
            })),
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

  /// Directives that give a value to the name before it.
  private static let naming: Set<String> = [
    "proxy_set_header", "grpc_set_header", "add_header", "fastcgi_param", "uwsgi_param",
    "scgi_param", "set", "env",
  ]

  /// Words with a secret in them, and values of headers and variables called so, masked.
  private static func arguments(_ words: [String], of directive: String) -> [String] {
    var isSecret = false
    guard naming.contains(directive) else { return words.map { SecretText.masked($0, of: "") } }
    return words.map { word in
      defer { isSecret = isSecret || SecretText.isSecretName(word) || isCredential(word) }
      return isSecret ? SecretText.masked(word, of: "secret") : SecretText.masked(word, of: "")
    }
  }

  /// Headers that carry a login under a name that does not say so.
  private static func isCredential(_ word: String) -> Bool {
    ["authorization", "proxy-authorization", "cookie"].contains(word.lowercased())
  }

  /// A node; its depth is bounded by the reader (`YAMLFile.depthLimit`).
  ///
  /// - Parameter key: the key that it is the value of.
  private static func yaml(_ node: YAMLNode, of key: String = "") -> JSON {
    switch node.kind {
    case .mapping:
      return [
        "mapping": .array(
          node.pairs.map { pair in
            // A variable of Kubernetes has its name beside its value.
            let name = pair.key.text == "value" ? node["name"]?.text ?? "" : pair.key.text
            return ["key": yaml(pair.key), "value": yaml(pair.value, of: name)]
          }),
        "range": range(node.range),
      ]
    case .sequence:
      return [
        "sequence": .array(node.elements.map { yaml($0, of: key) }), "range": range(node.range),
      ]
    case .alias:
      return ["alias": .string(node.anchor ?? ""), "range": range(node.range)]
    case .scalar:
      return [
        "scalar": .string(SecretText.masked(node.text, of: key)), "range": range(node.range),
      ]
    }
  }
}

extension JSON {
  /// The same with the texts masked that carry a secret, by their own or their key's words.
  fileprivate func withoutSecrets(of key: String = "") -> JSON {
    switch self {
    case .string(let text): .string(SecretText.masked(text, of: key))
    case .array(let items): .array(items.map { $0.withoutSecrets(of: key) })
    case .object(let members):
      .object(members.map { JSON.Member($0.name, $0.value.withoutSecrets(of: $0.name)) })
    default: self
    }
  }
}
