import Catalog
import Model
import Syntax

/// Reads `path` of `files` as Spring Boot's.
func spring(
  _ path: String, _ files: [String: String], versions: [String: String] = [:],
  environment: String? = nil
) -> Reading {
  let context = ReadingContext(
    files: MemoryFiles(files), versions: versions.compactMapValues { Version($0) },
    environment: environment)
  return Technology.springBoot.read(SourceText(path: path, text: files[path] ?? ""), context)
}

/// Reads one `application.yml`.
func yaml(_ text: String) -> Reading { spring("application.yml", ["application.yml": text]) }

/// The pools of a reading as `name environment max_size`, with `!` where the environment is
/// assumed.
func pools(_ reading: Reading) -> [String] {
  reading.resources.map {
    let identity = $0.identity
    let mark = identity.environmentIsDeclared ? "" : "!"
    return "\(identity.name) \(identity.environment)\(mark) \(fact("max_size", $0) ?? "?")"
  }
}

extension Reading {
  /// The setting `key` of the first pool.
  func setting(_ key: String) -> Setting? {
    resources.first?.settings.first { $0.key == key }
  }

  /// The place of a setting's value as `file:line`.
  func place(_ setting: Setting?) -> String? {
    guard let origin = setting?.origin,
      let source = sources.first(where: { $0.path == origin.path })
    else { return nil }
    let line = LineTable(source.bytes).position(at: origin.range.lowerBound).line
    return "\(origin.path):\(line)"
  }
}
