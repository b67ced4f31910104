import Model
import Syntax

extension MappingReader {
  static let keyKeys = [
    "field", "aliases", "type", "unit", "default", "zero", "negative", "minimum", "maximum",
    "outside", "words", "since", "until", "secret",
  ]

  /// The keys of a resource; of each path one entry.
  mutating func keys(_ node: YAMLNode, of kind: Kind) -> [MappedKey] {
    var keys: [MappedKey] = []
    var owners: [String: YAMLNode] = [:]
    var fields: [String: YAMLNode] = [:]
    var written: Set<String> = []
    for (name, value) in file.entries(of: node, what: "keys") {
      written.insert(name.text)
      guard let path = file.path(name, what: "a key"), let path = checked(path, name, "a key"),
        let key = key(path, value, name, of: kind)
      else { continue }
      for path in [key.path] + key.aliases {
        if owners.updateValue(name, forKey: path.text) != nil {
          file.report("`\(path.text)` stands twice among the keys of a resource", at: name)
        }
      }
      if let field = key.field, fields.updateValue(name, forKey: field.name) != nil {
        file.report(
          "field `\(field.name)` has two keys: older spellings of one key are its `aliases`",
          at: name)
      }
      keys.append(key)
    }
    checkReferences(keys, owners, written: written)
    return keys
  }

  /// A key; a single word is its field, nothing a key without one.
  private mutating func key(
    _ path: MappedPath, _ node: YAMLNode, _ name: YAMLNode, of kind: Kind
  ) -> MappedKey? {
    var values: [String: YAMLNode] = [:]
    if node.kind == .scalar {
      if !node.isMissing { values["field"] = node }
    } else {
      values = file.block(node, of: Self.keyKeys, what: "a key")
    }
    var field: Field?
    if let node = values["field"] {
      guard let found = self.field(node, of: kind) else { return nil }
      field = found
      if path.hasWildcard {
        file.report("`\(path.text)` can be several keys, a field has one", at: name)
      }
    }
    guard let sort = sort(values["type"], field) else { return nil }
    var key = MappedKey(path: path, sort: sort, unit: unit(values["unit"], sort, field))
    key.field = field
    key.isSecret =
      values["secret"].flatMap { file.flag($0, what: "secret") } ?? isSecret(path, sort)
    key.aliases = values["aliases"].map { aliases($0) } ?? []
    for (node, keyPath) in [("since", \MappedKey.since), ("until", \.until)] {
      guard let value = values[node] else { continue }
      key[keyPath: keyPath] = version(value, node)
    }
    words(values["words"], &key)
    numbers(values, &key)
    if let node = values["default"] { key.standards = standards(node, key) }
    return key
  }

  // MARK: what it holds

  /// Fields that Headgate works out itself.
  private static let derived = [
    "name", "technology", "version", "environment", "environment_declared", "path", "service",
    "has_plain_password", "databases", "servers",
  ]

  private mutating func field(_ node: YAMLNode, of kind: Kind) -> Field? {
    let fields = (Catalog.schema[kind]?.fields ?? []).filter { !Self.derived.contains($0.name) }
    if node.kind == .scalar, Self.derived.contains(node.text) {
      file.report("`\(node.text)` is no field of a key: Headgate works it out", at: node)
      return nil
    }
    if node.kind == .scalar, let field = fields.first(where: { $0.name == node.text }) {
      return field
    }
    file.report(
      "\(kind.rawValue) has no field `\(node.text)`", at: node,
      suggestion: ConfigurationText.closest(to: node.text, among: fields.map(\.name)))
    return nil
  }

  /// What each type of field can be read from, the usual first.
  private static func sorts(of field: Field) -> [MappedKey.Sort] {
    switch field.type {
    case .duration: [.time]
    case .int: field.unit == .byte ? [.size] : [.count]
    case .double: [.number]
    case .bool: [.bool]
    case .string: [.text]
    case .list(.string): [.texts]
    case .list, .resource: []
    }
  }

  private mutating func sort(_ node: YAMLNode?, _ field: Field?) -> MappedKey.Sort? {
    let possible = field.map { Self.sorts(of: $0) } ?? MappedKey.Sort.allCases
    guard let node else { return field == nil ? .text : possible.first }
    guard let sort: MappedKey.Sort = file.choice(node, what: "type") else { return nil }
    guard possible.contains(sort) else {
      let names = possible.map(\.rawValue).joined(separator: ", ")
      file.report("field `\(field?.name ?? "")` is of type \(names)", at: node)
      return nil
    }
    return sort
  }

  private static let timeUnits: [Unit] = [
    .microsecond, .millisecond, .second, .minute, .hour, .day,
  ]
  private static let sizeUnits: [Unit] = [.byte, .kibibyte, .mebibyte, .page8]
  private static let countUnits: [Unit] = [
    .connection, .client, .thread, .process, .request, .server, .percent,
  ]

  /// The units that a mapping can name, by the type of the key.
  static func units(of sort: MappedKey.Sort) -> [Unit] {
    switch sort {
    case .time: timeUnits
    case .size: sizeUnits
    case .count, .number: countUnits
    case .bool, .text, .texts, .address: []
    }
  }

  private mutating func unit(
    _ node: YAMLNode?, _ sort: MappedKey.Sort, _ field: Field?
  ) -> Unit {
    let units = Self.units(of: sort)
    guard let node else { return sort == .time || sort == .size ? .none : field?.unit ?? .none }
    guard !units.isEmpty else {
      file.report("a key of type \(sort.rawValue) has no unit", at: node)
      return .none
    }
    return file.choice(node, what: "unit", among: units.map { ($0.rawValue, $0) }) ?? .none
  }

  /// A password by its name, where the mapping does not say.
  private func isSecret(_ path: MappedPath, _ sort: MappedKey.Sort) -> Bool {
    guard sort == .text || sort == .texts, let last = path.segments.last else { return false }
    return SecretText.isName(last.prefix + last.suffix)
  }

  // MARK: where it stands

  private mutating func aliases(_ node: YAMLNode) -> [MappedPath] {
    file.elements(of: node, what: "aliases").compactMap { element in
      guard let path = file.path(element, what: "an alias"),
        let path = checked(path, element, "an alias")
      else { return nil }
      if path.hasWildcard { file.report("an alias has no wildcard", at: element) }
      return path
    }
  }

  mutating func version(_ node: YAMLNode, _ what: String) -> Version? {
    if !hasVersion {
      file.report("`\(what)` needs `product_version`: which version runs is not known", at: node)
    }
    return file.version(node, what: what)
  }
}
