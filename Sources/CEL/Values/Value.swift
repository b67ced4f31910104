/// A value of the expression language.
///
/// Payloads that would make every value large are boxed, so that a value stays within three words.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([Value])
  case map(MapValue)
  /// A type as a value, by its name in the language: `int`, `list`, `google.protobuf.Timestamp`.
  case type(String)
  case timestamp(Timestamp)
  case duration(TimeSpan)
  /// `optional.of(x)`, or `optional.none()` for `nil`.
  indirect case optional(Value?)
  /// A structure of the host.
  indirect case object(any StructValue)
}

extension Value {
  /// The name that `type(x)` shows for this value.
  package var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .map: "map"
    case .type: "type"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .optional: "optional_type"
    case .object(let object): object.typeName
    }
  }
}

/// A structure of the host: its fields are found by slot, never by name.
///
/// Fields are read when an expression asks for them, so a structure may compute them then.
package protocol StructValue: Sendable {
  /// The name of its ``StructType``.
  var typeName: String { get }
  /// The field in a slot that its ``StructType`` gave out, or that a ``FieldAspect`` made of it.
  func field(_ slot: Int) -> FieldResult
  /// Whether `==` holds between two structures; without a conformer's own answer it never does.
  func isEqual(to other: any StructValue) -> Bool
}

extension StructValue {
  /// Never equal: structures are told apart by their fields.
  package func isEqual(to other: any StructValue) -> Bool { false }
}

/// What reading a field of a host's structure yields.
package enum FieldResult: Sendable {
  case value(Value)
  /// Not there: `has()` is false, reading is an error.
  case absent
  /// Cannot be known, with the reason; what depends on it is unknown too.
  case unknown(String)
}
