import CEL
import Model

/// A resource as the expression language sees it: fields by slot, read when asked for.
///
/// A class, because the language copies its values around.
final class ResourceValue: StructValue {
  let resource: any Resource
  private let fields: KindFields
  private let table: FieldTable
  /// What was read before.
  private let known: [(slot: Int, result: FieldResult)]

  init(
    _ resource: any Resource, table: FieldTable, known: [(slot: Int, result: FieldResult)] = []
  ) {
    self.resource = resource
    self.table = table
    self.known = known
    fields = table[resource.kind]
  }

  var typeName: String { resource.kind.rawValue }

  func field(_ slot: Int) -> FieldResult {
    for read in known where read.slot == slot { return read.result }
    let (aspect, slot) = Aspect.split(slot)
    guard let field = fields[slot] else { return .absent }
    if let aspect { return aspect.value(of: field, in: resource) }
    return Self.result(resource.value(of: field), table)
  }

  /// A field's value in the terms of the expression language.
  static func result(_ value: FieldValue, _ table: FieldTable) -> FieldResult {
    switch value {
    case .absent: return .absent
    case .unknown(let reason): return .unknown(reason)
    case .bool(let value): return .value(.bool(value))
    case .int(let value): return .value(.int(value))
    case .double(let value): return .value(.double(value))
    case .string(let value): return .value(.string(value))
    case .duration(let value): return .value(.duration(TimeSpan(microseconds: value)))
    case .resource(let value): return .value(.object(ResourceValue(value, table: table)))
    case .list(let values): return list(values, table)
    }
  }

  /// A list; one unknown element makes the whole unknown, since nothing says which questions it
  /// bears on.
  private static func list(_ values: [FieldValue], _ table: FieldTable) -> FieldResult {
    var elements: [Value] = []
    elements.reserveCapacity(values.count)
    for value in values {
      switch result(value, table) {
      case .value(let element): elements.append(element)
      case .absent: continue
      case .unknown(let reason): return .unknown(reason)
      }
    }
    return .value(.list(elements))
  }
}

/// A rule's parameters as the expression language sees them: `param.minimum`.
struct ParameterValues: StructValue {
  static let typeName = "param"

  private let values: [Value?]

  /// The values in the order of the rule's parameters; `nil` where none is set.
  init(_ values: [ParameterValue?]) {
    self.values = values.map { $0.map(Self.value) }
  }

  var typeName: String { Self.typeName }

  func field(_ slot: Int) -> FieldResult {
    guard values.indices.contains(slot), let value = values[slot] else { return .absent }
    return .value(value)
  }

  private static func value(_ parameter: ParameterValue) -> Value {
    switch parameter {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .duration(let value): .duration(TimeSpan(microseconds: value))
    case .strings(let values): .list(values.map { .string($0) })
    }
  }
}
