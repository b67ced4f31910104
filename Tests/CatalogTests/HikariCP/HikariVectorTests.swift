import Catalog
import Model
import Syntax
import Testing

@Suite(
  "HikariCP as it ran", .enabled(if: !HikariVectors.all.isEmpty, "shared vectors are not here"))
struct HikariVectorTests {
  @Test func everyCaseIsThere() {
    #expect(HikariVectors.all.count == 82)
  }

  @Test("is predicted", arguments: HikariVectors.all)
  func prediction(vector: HikariVector) throws {
    let pool = try #require(
      hikariPool(vector.content, file: vector.file, version: vector.version))
    let refusals = pool.settings.compactMap(\.refusal)
    #expect(refusals.isEmpty == vector.loaded)
    guard vector.loaded, let effective = vector.effective else { return }
    for (key, expected) in effective {
      if case .table(let table) = expected {
        for (name, text) in table {
          #expect(
            pool.settings.first { $0.key == "dataSource." + name }?.effective == .string(text))
        }
        continue
      }
      let scalar: Scalar =
        switch expected {
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .string(let value): .string(value)
        default: .null
        }
      #expect(pool.settings.first { $0.key == key }?.effective == scalar, "\(key)")
    }
  }
}

/// The pool of a HikariCP properties file.
func hikariPool(
  _ text: String, file: String = "hikari.properties", version: String = "6.0.0"
) -> (any Resource)? {
  let versions = Version(version).map { ["hikaricp": $0] } ?? [:]
  let context = ReadingContext(files: MemoryFiles([:]), versions: versions)
  return Technology.hikariCP.read(SourceText(path: file, text: text), context).resources.first
}

/// Files by path, for readings that look around.
struct MemoryFiles: FileSource {
  private let files: [String: String]

  init(_ files: [String: String]) { self.files = files }

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let text = files[path] else { throw .notFound }
    return SourceText(path: path, text: text)
  }

  func names(in directory: String) -> [String] {
    let prefix = directory.isEmpty ? "" : directory + "/"
    return files.keys.filter { $0.hasPrefix(prefix) && !$0.dropFirst(prefix.count).contains("/") }
      .map { String($0.dropFirst(prefix.count)) }.sorted()
  }
}
