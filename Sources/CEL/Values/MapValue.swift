/// A map: entries in the order in which they were written, found by key.
///
/// The language leaves the order of entries open; a fixed one makes answers repeatable.
package struct MapValue: Sendable {
  /// The entries, in the order in which they came.
  package private(set) var entries: [(key: MapKey, value: Value)] = []
  private var positions: [MapKey: Int] = [:]

  /// Maps up to this size are searched in order, which is quicker than hashing.
  private static let smallSize = 8

  /// An empty map.
  package init() {}

  /// A map of pairs; of a repeated key the last value stays.
  package init(_ pairs: some Sequence<(MapKey, Value)>) {
    for (key, value) in pairs where !insert(key, value) {
      if let position = position(of: key) { entries[position].value = value }
    }
  }

  /// The number of entries.
  package var count: Int { entries.count }

  /// The value of `key`; the integers `1` and `1u` are one key.
  package subscript(key: MapKey) -> Value? {
    position(of: key).map { entries[$0].value }
  }

  /// Adds an entry; answers whether the key was new, and changes nothing if not.
  package mutating func insert(_ key: MapKey, _ value: Value) -> Bool {
    guard position(of: key) == nil else { return false }
    entries.append((key, value))
    if entries.count == Self.smallSize + 1 {
      for (index, entry) in entries.enumerated() { positions[entry.key] = index }
    } else if entries.count > Self.smallSize {
      positions[key] = entries.count - 1
    }
    return true
  }

  private func position(of key: MapKey) -> Int? {
    entries.count <= Self.smallSize ? entries.firstIndex { $0.key == key } : positions[key]
  }
}

/// A key of a map; integers of either sign kind are equal when their numbers are.
package enum MapKey: Sendable {
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case string(String)

  /// The key that `value` can be, or that it equals: a whole double stands for its integer.
  package init?(_ value: Value) {
    switch value {
    case .bool(let bool): self = .bool(bool)
    case .int(let int): self = .int(int)
    case .uint(let uint): self = .uint(uint)
    case .string(let string): self = .string(string)
    case .double(let double):
      if let int = Int64(exactly: double) {
        self = .int(int)
      } else if let uint = UInt64(exactly: double) {
        self = .uint(uint)
      } else {
        return nil
      }
    default: return nil
    }
  }

  /// The key as a value.
  package var value: Value {
    switch self {
    case .bool(let bool): .bool(bool)
    case .int(let int): .int(int)
    case .uint(let uint): .uint(uint)
    case .string(let string): .string(string)
    }
  }
}

extension MapKey: Hashable {
  /// Whether two keys find the same entry: `1` and `1u` do, texts by their code points.
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left.hasSameScalars(as: right)
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let int), .uint(let uint)), (.uint(let uint), .int(let int)):
      UInt64(exactly: int) == uint
    default: false
    }
  }

  /// Hashes integers of both kinds alike, and texts by their bytes.
  package func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let bool): hasher.combine(bool)
    case .int(let int): hasher.combine(int)
    case .uint(let uint): hasher.combine(Int64(truncatingIfNeeded: uint))
    case .string(let string):
      var string = string
      string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
}

extension String {
  /// Equality by code points: the language doesn't normalise, Swift's `==` does.
  package func hasSameScalars(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// Order by code points, which is the order of UTF-8 bytes.
  package func isBeforeByScalars(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
