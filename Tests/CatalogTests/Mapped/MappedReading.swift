import Catalog
import Model
import Syntax
import Testing

/// A mapping whose patterns are endings of paths.
func mapping(_ text: String, path: String = "formats/acme.yaml") throws -> FormatMapping {
  try FormatMapping.read(SourceText(path: path, text: text), pattern: endings)
}

/// `*.pool` and `pools.yml` are endings of paths, `*` is every path, and brackets are a mistake.
@Sendable private func endings(_ pattern: String) -> (@Sendable (String) -> Bool)? {
  guard !pattern.contains("[") else { return nil }
  let ending = String(pattern.drop { $0 == "*" })
  return { path in path.hasSuffix(ending) }
}

/// A mapping of one kind of pool: what differs from test to test is its format and its keys.
func pools(
  _ keys: String, format: String = "yaml", at place: String? = nil, more: String = ""
) throws -> FormatMapping {
  let at = place.map { "\n  at: '\($0)'" } ?? ""
  let indented = keys.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
  return try mapping(
    """
    name: acme
    title: Acme
    files: "*"
    format: \(format)
    \(more)
    resources:
    - kind: pool\(at)
      keys:
    \(indented)
    """)
}

extension FormatMapping {
  func read(
    _ text: String, path: String = "app/pool.conf", version: String? = nil
  ) -> Reading {
    let versions = version.flatMap { Version($0) }.map { [name: $0] } ?? [:]
    let context = ReadingContext(files: MemoryFiles([:]), versions: versions)
    return technology.read(SourceText(path: path, text: text), context)
  }

  /// The mistakes that `text` has as a mapping, as `line: message`, with suggestions.
  static func problems(in text: String) -> [String] {
    do throws(MappingError) {
      let source = SourceText(path: "formats/acme.yaml", text: text)
      _ = try FormatMapping.read(source, pattern: endings)
      return []
    } catch {
      let lines = LineTable(Array(text.utf8))
      return error.problems.map { problem in
        let hint = problem.suggestion.map { " -> \($0)" } ?? ""
        let place = lines.position(at: problem.offset)
        return "\(place.line):\(place.column) \(problem.message)\(hint)"
      }
    }
  }
}

extension Resource {
  /// The setting of a key; of several the last.
  func mapped(_ key: String) -> Setting? { settings.last { $0.key == key } }

  /// A field as rules see it, as text.
  func field(_ name: String) -> String {
    guard let field = Catalog.schema[kind]?.field(named: name) else { return "no such field" }
    switch value(of: field) {
    case .absent: return "absent"
    case .unknown: return "unknown"
    case .bool(let value): return "\(value)"
    case .int(let value): return value == .max ? "unlimited" : "\(value)"
    case .double(let value): return "\(value)"
    case .string(let value): return value
    case .duration(let value): return value == .max ? "forever" : "\(value) us"
    case .list(let values): return "\(values.count) values"
    case .resource(let resource): return resource.identity.name
    }
  }
}
