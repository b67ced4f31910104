import Catalog
import Findings
import FoundationEssentials
import Model
import Policy
import Syntax

/// What a built-in rule says of a configuration that a test also runs.
///
/// A rule that claims an effect and a server that shows it are then about the same text.
enum RuleVerdict {
  /// The messages of one rule for an `http` block.
  ///
  /// - Parameters:
  ///   - rule: its id, such as `nginx/named-location-undefined`.
  ///   - http: what the block holds.
  ///   - parameters: the rule's own, as in `.headgate.yaml`, one `name: value` a line.
  static func findings(
    of rule: String, http: String, main: String = "", version: String = "1.22.1"
  ) throws -> [String] {
    let path = Checkout.path + "/policies/\(rule).yaml"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EffectError("there is no rule \(rule)")
    }
    let source = SourceText(path: "policies/\(rule).yaml", bytes: Array(data))
    let definition = try RuleReader.read(source, id: rule).definition
    let policy = try PolicySet(
      rules: [definition], schema: Catalog.schema,
      configuration: Configuration(packs: Set(Pack.allCases)))
    let text = SourceText(
      path: "nginx.conf", text: "\(main)\nevents {}\nhttp {\n\(http)\n}\n")
    let reading = Technology.nginx.read(
      text,
      ReadingContext(
        files: NoFiles(), versions: Version(version).map { ["nginx": $0] } ?? [:],
        environment: "production"))
    let evaluation = policy.evaluate(reading.resources, sources: [text.path: text])
    return evaluation.findings.map(\.message)
  }
}

/// A configuration in memory includes nothing.
struct NoFiles: FileSource {
  func read(_ path: String) throws(FileRefusal) -> SourceText { throw .notFound }
  func names(in directory: String) -> [String] { [] }
}

/// The sources that these tests were built from.
enum Checkout {
  static let path: String = {
    // This file is Tests/EffectTests/Support/RuleVerdict.swift.
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
      .joined(separator: "/")
  }()
}
