import Model
import Syntax

/// `application.toml`, which Micronaut reads like its other files and Spring Boot does not.
enum MicronautTOML {
  /// Tables inside each other beyond which a file is no configuration.
  private static let depthLimit = 32

  /// The role of a file by its name; TOML files have the roles of properties files.
  static func file(_ path: String) -> SpringFile? {
    guard path.hasSuffix(".toml") else { return SpringFile(path: path) }
    return SpringFile(path: path.dropLast("toml".count) + "properties")
  }

  /// The TOML file without environment that stands beside one for an environment.
  static func base(of path: String, _ file: SpringFile, in files: any FileSource) -> String? {
    let name = "application.toml"
    guard file.profile != nil, files.names(in: String(file.directory.dropLast())).contains(name)
    else { return nil }
    return file.directory + name
  }

  /// The values of a file under their dotted keys, and what is wrong with it.
  static func entries(_ source: SourceText) -> (entries: [SpringEntry], problems: [Problem]) {
    let document = TOMLDocument(source)
    var entries: [SpringEntry] = []
    add(document.root, "", parent: nil, depth: 0, source, to: &entries)
    let problems = document.errors.map { error in
      Problem(error, in: source, unlessTemplate: line(at: error.range.lowerBound, in: source))
    }
    return (entries, problems)
  }

  private static func line(at offset: Int, in source: SourceText) -> String {
    let bytes = source.bytes
    let start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    return source.text(start..<end)
  }

  private static func add(
    _ node: TOMLNode, _ name: String, parent: Origin?, depth: Int, _ source: SourceText,
    to entries: inout [SpringEntry]
  ) {
    guard depth < depthLimit else { return }
    for member in node.members {
      let raw = name.isEmpty ? member.name : name + "." + member.name
      let key = Origin(path: source.path, range: member.keyRange)
      if member.value.isTable {
        let place = Origin(path: source.path, range: member.value.range)
        add(member.value, raw, parent: place, depth: depth + 1, source, to: &entries)
        continue
      }
      let range = member.value.range.isEmpty ? member.keyRange : member.value.range
      entries.append(
        SpringEntry(
          name: SpringEntry.canonical(raw), raw: raw, key: key, parent: parent,
          written: source.text(member.value.range),
          origin: Origin(path: source.path, range: range), value: value(member.value, source)))
    }
  }

  private static func value(_ node: TOMLNode, _ source: SourceText) -> SpringEntry.Value {
    switch node.content {
    case .string(let text): .text(text)
    case .integer(let number): .int(number)
    case .float(let number): .float(number)
    case .boolean(let flag): .bool(flag)
    case .unread: .template(source.text(node.range))
    case .dateTime, .array, .table: .text(source.text(node.range))
    }
  }
}
