import Catalog
import FoundationEssentials
import Model
import Policy
import Syntax

/// The rules of this checkout, and how their examples are read.
enum RuleExamples {
  static let root = String(#filePath.dropLast("/Tests/PolicyTests/RuleExamples.swift".count))

  /// The rule files, relative to the checkout, in order.
  static let files: [String] = {
    names(in: "policies").flatMap { area in
      names(in: "policies/\(area)").filter { $0.hasSuffix(".yaml") }
        .map { "policies/\(area)/\($0)" }
    }
  }()

  /// The names in a folder of the checkout, sorted.
  private static func names(in folder: String) -> [String] {
    // Without the folder the list is empty, which a test of its own reports.
    (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)"))?.sorted() ?? []
  }

  static func source(_ path: String) throws -> SourceText {
    SourceText(path: path, text: try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8))
  }

  static func load(_ path: String) throws -> LoadedRule {
    try RuleReader.read(
      source(path), id: RuleReader.identifier(of: path, below: "policies"))
  }

  /// Reads an example's files as the product would.
  static func read(_ example: RuleExample) -> ExampleReading {
    var files = Dictionary(
      example.others.map { ($0.path, $0.text) }, uniquingKeysWith: { _, last in last })
    files[example.file] = example.text
    return reading(
      entry: example.file, files: MemoryFiles(files: files), environment: example.environment,
      versions: example.products.compactMapValues { Version($0) })
  }

  static func reading(
    entry: String, files: MemoryFiles, environment: String? = nil, versions: [String: Version] = [:]
  ) -> ExampleReading {
    // A missing entry is told as a problem of the example.
    guard let source = try? files.read(entry) else {
      return ExampleReading(resources: [], sources: [], problems: ["\(entry) is not there"])
    }
    guard let technology = Catalog.recognise(FileCandidate(path: entry, head: source.bytes)) else {
      return ExampleReading(resources: [], sources: [], problems: ["\(entry) is not recognised"])
    }
    let context = ReadingContext(files: files, versions: versions, environment: environment)
    let reading = technology.read(source, context)
    let problems = reading.problems.filter { $0.kind == .syntax || $0.kind == .unreadable }
    return ExampleReading(
      resources: reading.resources, sources: reading.sources, problems: problems.map(\.message))
  }
}

/// Files that only the test knows.
struct MemoryFiles: FileSource {
  let files: [String: String]

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let text = files[path] else { throw .notFound }
    return SourceText(path: path, text: text)
  }

  func names(in directory: String) -> [String] {
    let prefix = directory.isEmpty || directory == "." ? "" : directory + "/"
    let names = files.keys.compactMap { path -> String? in
      guard path.hasPrefix(prefix) else { return nil }
      return path.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
    }
    return Array(Set(names)).sorted()
  }
}
