import FoundationEssentials
import Testing

/// What HikariCP itself made of given files, `data/pools/hikaricp.json`.
enum HikariVectors {
  static let path: String = {
    let here = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let environment = ProcessInfo.processInfo.environment["HEADGATE_SHARED"]
    return (environment ?? "/\(here)/../shared") + "/data/pools/hikaricp.json"
  }()

  static let all: [HikariVector] = {
    // An absent or unreadable file leaves the table empty, and the suite is then disabled aloud.
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return [] }
    // So does a file of another shape; the count is asserted where the file is there.
    return (try? JSONDecoder().decode(Table.self, from: data))?.cases ?? []
  }()

  private struct Table: Decodable { let cases: [HikariVector] }
}

struct HikariVector: Decodable, Sendable, CustomTestStringConvertible {
  /// A value as HikariCP's getter returned it.
  enum Value: Decodable, Sendable, Equatable {
    case null, bool(Bool), int(Int64), string(String), table([String: String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      // Each form is tried in turn: a failure only means that the value has another one.
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Int64.self) {
        self = .int(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else {
        self = .table(try container.decode([String: String].self))
      }
    }
  }

  let id, file, content, version: String
  let loaded: Bool
  let effective: [String: Value]?

  var testDescription: String { "\(id) \(version)" }
}
