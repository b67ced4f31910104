import Catalog
import FoundationEssentials
import Model
import Syntax

/// Files in memory, as a tree of their own.
struct NginxFiles: FileSource {
  let texts: [String: String]

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    if path.hasPrefix("/") || path.hasPrefix("..") { throw .outsideRoot }
    if let text = texts[path] { return SourceText(path: path, text: text) }
    throw texts.keys.contains { $0.hasPrefix(path + "/") } ? .isDirectory : .notFound
  }

  func names(in directory: String) -> [String] {
    if directory.hasPrefix("/") { return [] }
    let prefix = directory.isEmpty ? "" : directory + "/"
    let names = texts.keys.filter { $0.hasPrefix(prefix) }.map {
      String($0.dropFirst(prefix.count).prefix { $0 != "/" })
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// One reading and short ways to ask it.
struct NginxSample {
  let reading: Reading
  let entry: String

  init(
    _ files: [String: String], entry: String = "nginx.conf", version: Version? = nil
  ) {
    self.entry = entry
    let context = ReadingContext(
      files: NginxFiles(texts: files), versions: version.map { ["nginx": $0] } ?? [:])
    reading = Technology.nginx.read(
      SourceText(path: entry, text: files[entry] ?? ""), context)
  }

  init(_ text: String, version: Version? = nil) {
    self.init(["nginx.conf": text], version: version)
  }

  /// A configuration whose `http` block holds `text`.
  init(http text: String, version: Version? = nil) {
    self.init("events {}\nhttp {\n\(text)\n}\n", version: version)
  }

  func resources(_ kind: Kind) -> [any Resource] { reading.resources.filter { $0.kind == kind } }

  /// The resource of a kind by name, or the only one.
  func resource(_ kind: Kind, _ name: String? = nil) -> (any Resource)? {
    resources(kind).first { name == nil || $0.identity.name == name }
  }

  /// A field as text: `absent`, `unknown`, or the value.
  func value(_ field: String, of kind: Kind, _ name: String? = nil) -> String {
    guard let resource = resource(kind, name) else { return "no such resource" }
    guard let field = NginxSchema.of(kind).field(named: field) else { return "no such field" }
    return nginxText(resource.value(of: field))
  }

  /// The text underlined for a field.
  func underlined(_ field: String, of kind: Kind, _ name: String? = nil) -> String? {
    guard let resource = resource(kind, name), let field = NginxSchema.of(kind).field(named: field),
      let origin = resource.setting(for: field)?.origin
    else { return nil }
    return reading.sources.first { $0.path == origin.path }?.text(origin.range)
  }

  func setting(_ key: String, of kind: Kind, _ name: String? = nil) -> Setting? {
    resource(kind, name)?.settings.first { $0.key == key }
  }

  var problems: [String] { reading.problems.map { "\($0.kind.rawValue): \($0.message)" } }
}

extension NginxSchema {
  static func of(_ kind: Kind) -> KindSchema { all.first { $0.kind == kind } ?? nginx }
}

/// A value as one line.
func nginxText(_ value: FieldValue) -> String {
  switch value {
  case .absent: "absent"
  case .unknown: "unknown"
  case .bool(let value): "\(value)"
  case .int(let value): "\(value)"
  case .double(let value): "\(value)"
  case .string(let value): value
  case .duration(let value): "\(value / 1_000)ms"
  case .list(let values): values.map(nginxText).joined(separator: ", ")
  case .resource(let resource): resource.identity.name
  }
}

/// The vectors and configurations shared beside the checkout.
enum SharedNginx {
  static let folder: String = {
    let here = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return ProcessInfo.processInfo.environment["HEADGATE_SHARED"] ?? "/\(here)/../shared"
  }()

  static func data(_ path: String) -> Data? {
    // Absent files disable the tests that need them, aloud.
    try? Data(contentsOf: URL(filePath: folder + "/" + path))
  }
}

/// Files on disk below one folder.
struct NginxDiskFiles: FileSource {
  let root: String

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    if path.hasPrefix("/") { throw .outsideRoot }
    var isFolder = false
    guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder) else {
      throw .notFound
    }
    if isFolder { throw .isDirectory }
    guard let data = FileManager.default.contents(atPath: root + "/" + path) else {
      throw .unreadable("cannot be opened")
    }
    return SourceText(path: path, bytes: Array(data))
  }

  func names(in directory: String) -> [String] {
    if directory.hasPrefix("/") { return [] }
    // A folder that is not there has no names.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + directory)) ?? []
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
