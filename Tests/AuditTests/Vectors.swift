import FoundationEssentials
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The test vectors that several projects share; a clone without them tests by its own fixtures.
enum Vectors {
  static let directory: String? = {
    let named = getenv("HEADGATE_SHARED").map { String(cString: $0) }
    let beside =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
      .joined(separator: "/") + "/shared"
    let path = (named ?? beside) + "/data/audit"
    return access(path, R_OK) == 0 ? path : nil
  }()

  static func load<Value: Decodable>(_ name: String) throws -> Value {
    let path = try #require(directory) + "/" + name
    return try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(filePath: path)))
  }
}
