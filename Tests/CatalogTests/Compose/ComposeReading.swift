import Catalog
import Model
import Syntax
import Testing

/// A compose project that exists only in a test.
func composeReading(
  _ text: String, file: String = "docker-compose.yml", _ others: [String: String] = [:]
) -> Reading {
  var files = others
  files[file] = text
  let context = ReadingContext(files: TreeFiles(files))
  return Technology.compose.read(SourceText(path: file, text: text), context)
}

extension Reading {
  func service(_ name: String) -> Workload? { workloads.first { $0.service.name == name } }

  /// A field of a service as text.
  func field(_ name: String, of service: String) -> String? {
    guard let resource = self.service(service)?.resource,
      let field = KindSchema.service.field(named: name)
    else { return nil }
    return resource.value(of: field).text
  }

  /// A field of a pool as text.
  func pool(_ name: String, _ field: String) -> String? {
    guard let pool = resources.first(where: { $0.kind == .pool && $0.identity.name == name }),
      let field = KindSchema.pool.field(named: field)
    else { return nil }
    return pool.value(of: field).text
  }

  /// The line of an origin in one of the files read.
  func line(_ origin: Origin?) -> Int? {
    guard let origin, let source = sources.first(where: { $0.path == origin.path }) else {
      return nil
    }
    return LineTable(source.bytes).position(at: origin.range.lowerBound).line
  }
}
