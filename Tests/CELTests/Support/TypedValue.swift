import CEL
import FoundationEssentials

/// A value in the vectors' encoding: an object with one key that names the kind.
struct TypedValue: Decodable {
  let value: Value

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard let key = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "value without a kind"))
    }
    value = try Self.decode(key, container)
  }

  private enum Key: String, CodingKey {
    case int, uint, double, string, bytes, bool, null, list, map, type, timestamp, duration
  }

  private static func decode(
    _ key: Key, _ container: KeyedDecodingContainer<Key>
  ) throws -> Value {
    func text() throws -> String { try container.decode(String.self, forKey: key) }
    let value: Value? =
      switch key {
      case .null: .null
      case .bool: .bool(try container.decode(Bool.self, forKey: key))
      case .list: .list(try container.decode([TypedValue].self, forKey: key).map(\.value))
      case .map: try map(container.decode([[TypedValue]].self, forKey: key))
      case .int: Int64(try text()).map { .int($0) }
      case .uint: UInt64(try text()).map { .uint($0) }
      case .double: Double(try text()).map { .double($0) }
      case .string: .string(try text())
      case .bytes: Data(base64Encoded: try text()).map { .bytes(Array($0)) }
      case .type: .type(try text())
      case .timestamp: Timestamp(try text()).map { .timestamp($0) }
      case .duration: TimeSpan(try text()).map { .duration($0) }
      }
    guard let value else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: "malformed value")
    }
    return value
  }

  private static func map(_ entries: [[TypedValue]]) -> Value? {
    var map = MapValue()
    for entry in entries {
      guard entry.count == 2, let key = MapKey(entry[0].value), map.insert(key, entry[1].value)
      else { return nil }
    }
    return .map(map)
  }
}

extension Value {
  /// Whether kind and content are the same: `1` is not `1u`, NaN is NaN, a map's order is nothing.
  func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.double(let left), .double(let right)): left.description == right.description
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.type(let left), .type(let right)): left == right
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
    case (.map(let left), .map(let right)):
      left.count == right.count
        && left.entries.allSatisfy { entry in
          right.entries.contains {
            entry.key.value.isIdentical(to: $0.key.value) && entry.value.isIdentical(to: $0.value)
          }
        }
    case (.optional(let left?), .optional(let right?)): left.isIdentical(to: right)
    case (.optional(nil), .optional(nil)): true
    default: false
    }
  }
}
