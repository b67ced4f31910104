import CEL
import Model

/// The fields that a set of programs reads, by kind and slot.
///
/// A resource is asked by `Field`, the expression language knows slots; the table leads from one to
/// the other without building the schema of a kind with hundreds of fields.
final class FieldTable: Sendable {
  private let kinds: [Kind: KindFields]

  init(_ references: some Sequence<FieldReference>, schema: Schema) {
    var fields: [Kind: [Int: Field]] = [:]
    for reference in references {
      guard let kind = Kind(rawValue: reference.typeName),
        let field = schema[kind]?.field(named: reference.field)
      else { continue }
      fields[kind, default: [:]][field.slot] = field
    }
    var kinds: [Kind: KindFields] = [:]
    for kind in Kind.allCases {
      kinds[kind] = KindFields(fields[kind] ?? [:], schema: schema[kind])
    }
    self.kinds = kinds
  }

  subscript(kind: Kind) -> KindFields { kinds[kind] ?? .none }
}

/// The fields of one kind that a set of programs reads.
final class KindFields: Sendable {
  /// Index into `fields` for each slot, -1 for slots that nobody reads.
  private let indices: [Int16]
  private let fields: [Field]
  private let schema: KindSchema?

  /// A kind without fields.
  static let none = KindFields([:], schema: nil)

  init(_ references: [Int: Field], schema: KindSchema?) {
    var indices = Array(repeating: Int16(-1), count: (references.keys.max() ?? -1) + 1)
    var fields: [Field] = []
    for (slot, field) in references where fields.count < Int(Int16.max) {
      indices[slot] = Int16(fields.count)
      fields.append(field)
    }
    self.indices = indices
    self.fields = fields
    self.schema = schema
  }

  /// The field of a slot; one that no program named, which untyped access can reach, is searched
  /// for.
  subscript(slot: Int) -> Field? {
    if indices.indices.contains(slot), indices[slot] >= 0 { return fields[Int(indices[slot])] }
    return schema?.fields.first { $0.slot == slot }
  }
}
