import Catalog
import FoundationEssentials
import Model
import Syntax
import Testing

/// What a real program made of one file: a row of `data/pools/*.json`.
struct PoolVector: Sendable, CustomTestStringConvertible {
  let id: String
  let version: String
  let file: String
  let content: String
  let extraFiles: [String: String]
  let loaded: Bool
  let effective: JSON

  var testDescription: String { "\(id) \(version)" }

  /// Reads the case as `technology` for its version.
  func read(as technology: Technology) -> Reading {
    var files = extraFiles
    files[file] = content
    let context = ReadingContext(
      files: TreeFiles(files),
      versions: Version(version).map { [technology.name: $0] } ?? [:])
    return technology.read(SourceText(path: file, text: content), context)
  }
}

/// The vectors that several projects share; they lie beside the checkout or where
/// `HEADGATE_SHARED` says, and need not be there.
enum SharedData {
  static let directory: String = {
    let environment = ProcessInfo.processInfo.environment["HEADGATE_SHARED"]
    // Tests/CatalogTests/Support/SharedData.swift → the directory beside the checkout
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5)
    return environment ?? parts.joined(separator: "/") + "/shared"
  }()

  static let areHere = FileManager.default.fileExists(atPath: directory + "/data/pools")

  /// The cases of `data/pools/NAME.json`; empty when the vectors are not here.
  static func cases(_ name: String) -> [PoolVector] {
    guard let root = json("data/pools/\(name).json")?["cases"] else { return [] }
    return root.elements.compactMap { node in
      guard let id = node["id"]?.json.stringValue, let version = node["version"]?.json.stringValue,
        let file = node["file"]?.json.stringValue, let content = node["content"]?.json.stringValue,
        let loaded = node["loaded"]?.json.boolValue
      else { return nil }
      let extra = node["extraFiles"]?.members.compactMap { member in
        member.value.json.stringValue.map { (member.name, $0) }
      }
      return PoolVector(
        id: id, version: version, file: file, content: content,
        extraFiles: Dictionary(extra ?? [], uniquingKeysWith: { _, last in last }),
        loaded: loaded, effective: node["effective"]?.json ?? .null)
    }
  }

  /// A shared JSON file, or `nil` when it is not here.
  static func json(_ path: String) -> JSONNode? {
    FileManager.default.contents(atPath: directory + "/" + path)
      .flatMap { JSONDocument(SourceText(path: path, bytes: Array($0))).root }
  }

  /// The files of `corpora/NAME`, by path.
  static func corpus(_ name: String) -> [SourceText] {
    let root = directory + "/corpora/" + name
    // An unreadable directory leaves nothing to read; tests assert that there is something.
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
    return paths.sorted().compactMap { path in
      FileManager.default.contents(atPath: root + "/" + path)
        .map { SourceText(path: path, bytes: Array($0)) }
    }
  }
}

/// Files that exist only in a test.
struct TreeFiles: FileSource {
  private let files: [String: String]

  init(_ files: [String: String]) { self.files = files }

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let text = files[path] else { throw .notFound }
    return SourceText(path: path, text: text)
  }

  func names(in directory: String) -> [String] {
    let prefix = directory.isEmpty ? "" : directory + "/"
    return files.keys.filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count).prefix { $0 != "/" }) }
      .sorted()
  }
}

extension Resource {
  /// The setting that the product calls `key`.
  func setting(_ key: String) -> Setting? { settings.first { $0.key == key } }
}

extension Setting {
  /// The effective value as products print it; `?` where it is unknown.
  var shown: String {
    switch effective {
    case nil: "?"
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): value.description
    case .string(let value): value
    }
  }
}

extension FieldValue {
  /// The value as tests compare it.
  var text: String {
    switch self {
    case .absent: "absent"
    case .unknown(let reason): "unknown(\(reason))"
    case .bool(let value): "bool(\(value))"
    case .int(let value): "int(\(value))"
    case .double(let value): "double(\(value))"
    case .string(let value): "string(\(value))"
    case .duration(let value): "duration(\(value))"
    case .list(let values): "list(\(values.count))"
    case .resource(let resource): "resource(\(resource.identity.name))"
    }
  }
}
