import Model
package import Syntax

extension FormatMapping {
  /// Whether a path from the repository's root is meant by a pattern; `nil` for what is none.
  package typealias Pattern = @Sendable (String) -> (@Sendable (String) -> Bool)?

  /// Reads a team's mapping.
  ///
  /// - Parameters:
  ///   - source: the YAML file.
  ///   - pattern: reads a pattern of paths, which are another module's.
  /// - Throws: every mistake in the file.
  package static func read(
    _ source: SourceText, pattern: @escaping Pattern
  ) throws(MappingError) -> FormatMapping {
    var reader = MappingReader(source, pattern)
    let mapping = reader.read()
    guard let mapping, reader.file.problems.isEmpty else {
      throw MappingError(problems: reader.file.problems)
    }
    return mapping
  }
}

/// Reads one mapping: its own keys here, those of resources and of their keys in the extensions.
struct MappingReader {
  var file: MappingFile
  private let pattern: FormatMapping.Pattern
  /// What holds for all keys, once it is read.
  var format = FormatMapping.Format.yaml
  var kilo: Int64 = 1_024
  var hasVersion = false

  static let keys = [
    "version", "name", "title", "about", "product_version", "files", "contains", "format", "strict",
    "placeholders", "kilo", "resources",
  ]
  /// Kinds that files of a team can describe; those of nginx are made of directives, and
  /// comparisons and settings of what other kinds say.
  static let kinds: [Kind] = [
    .pool, .pooler, .poolerDatabase, .proxy, .proxyServer, .databaseServer, .service,
  ]
  /// Resources of one mapping.
  static let resourceLimit = 100

  init(_ source: SourceText, _ pattern: @escaping FormatMapping.Pattern) {
    file = MappingFile(source)
    self.pattern = pattern
  }

  mutating func read() -> FormatMapping? {
    guard let root = file.root() else { return nil }
    let values = file.block(root, of: Self.keys, what: "a format")
    for key in ["name", "files", "format", "resources"] where values[key] == nil {
      file.report("a format needs `\(key)`", at: root)
    }
    if let version = values["version"], version.text != "1" {
      file.report("version 1 is the only one", at: version)
    }
    let version = values["product_version"].flatMap { file.version($0, what: "product_version") }
    hasVersion = version != nil
    if let node = values["format"],
      let found: FormatMapping.Format = file.choice(
        node, what: "format")
    {
      format = found
    }
    if let node = values["kilo"] {
      kilo = file.choice(node, what: "kilo", among: [("1000", 1_000), ("1024", 1_024)]) ?? kilo
    }
    let patterns = values["files"].map { self.patterns($0) } ?? []
    let matchers = patterns.map(\.matches)
    let name = values["name"].flatMap { self.name($0) } ?? ""
    let contents = values["contains"].map { texts($0, what: "contains") } ?? []
    return FormatMapping(
      path: file.source.path, name: name,
      title: values["title"].flatMap { file.text($0, what: "title") } ?? name,
      about: values["about"].flatMap { file.text($0, what: "about") }, version: version,
      patterns: patterns.map(\.text),
      matches: { path in matchers.contains { $0(path) } },
      contents: contents.map { Array($0.utf8) }, format: format,
      strictness: values["strict"].flatMap { self.strictness($0) } ?? .off,
      placeholder: values["placeholders"].flatMap { file.choice($0, what: "placeholders") }
        ?? .none,
      kilo: kilo, resources: values["resources"].map { self.resources($0) } ?? [])
  }

  /// A name that no built-in product has: rules and `--product` tell products by it.
  private mutating func name(_ node: YAMLNode) -> String? {
    guard let name = file.text(node, what: "name") else { return nil }
    let isPlain = name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
    if !isPlain || name.utf8.first == UInt8(ascii: "-") {
      file.report("name is made of small letters, digits and `-`", at: node)
    } else if Catalog.productNames.contains(name) {
      file.report("`\(name)` is a product that Headgate knows: choose another name", at: node)
    }
    return name
  }

  private mutating func patterns(
    _ node: YAMLNode
  ) -> [(text: String, matches: @Sendable (String) -> Bool)] {
    file.elements(of: node, what: "files").compactMap { element in
      guard let text = file.text(element, what: "a pattern of files") else { return nil }
      guard let matches = pattern(text) else {
        file.report("`\(text)` is no pattern of paths", at: element)
        return nil
      }
      return (text, matches)
    }
  }

  mutating func texts(_ node: YAMLNode, what: String) -> [String] {
    file.elements(of: node, what: what).compactMap { file.text($0, what: what) }
  }

  private mutating func strictness(_ node: YAMLNode) -> FormatMapping.Strictness? {
    file.choice(node, what: "strict")
  }
}
