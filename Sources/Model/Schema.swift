/// The type of a field, as the policy language sees it.
package indirect enum FieldType: Sendable, Hashable {
  case bool, int, double, string, duration
  case list(FieldType)
  case resource(Kind)
}

/// One field of a kind of resource: a name that rules may use.
package struct Field: Sendable, Hashable {
  package let kind: Kind
  /// Unique within the kind; resources find the value by it without comparing names.
  package let slot: Int
  package let name: String
  package let type: FieldType
  /// The unit of an `int` or `double`; durations carry their own.
  package let unit: Unit
  /// What it means, in one sentence: shown by `headgate explain` and checked to be there.
  package let about: String

  package init(
    kind: Kind, slot: Int, name: String, type: FieldType, unit: Unit = .none, about: String
  ) {
    self.kind = kind
    self.slot = slot
    self.name = name
    self.type = type
    self.unit = unit
    self.about = about
  }
}

/// The fields that rules may use, by kind.
///
/// Kinds with few fields list them; the contexts of nginx have a field for each of some 800
/// directives, so they are looked up by name and never built all at once at start-up.
package struct KindSchema: Sendable {
  package let kind: Kind
  private let find: @Sendable (String) -> Field?
  private let list: @Sendable () -> [Field]
  private let parts: @Sendable () -> [String]

  /// A schema that finds fields by name.
  ///
  /// - Parameters:
  ///   - kind: the kind it describes.
  ///   - find: the field of a name.
  ///   - list: all fields.
  ///   - parts: the names that ``Resource/parts(named:)`` knows, where resources of this kind are
  ///     such parts.
  package init(
    kind: Kind, find: @escaping @Sendable (String) -> Field?,
    list: @escaping @Sendable () -> [Field],
    parts: @escaping @Sendable () -> [String] = { [] }
  ) {
    self.kind = kind
    self.find = find
    self.list = list
    self.parts = parts
  }

  /// A schema of a fixed list; slots must count from 0 in its order.
  package init(kind: Kind, fields: [Field]) {
    self.init(
      kind: kind, find: { name in fields.first { $0.name == name } }, list: { fields })
  }

  package func field(named name: String) -> Field? { find(name) }
  package var fields: [Field] { list() }
  /// The names of the parts that rules for this kind may ask for; empty for most kinds.
  package var partNames: [String] { parts() }
}

/// The schemas of all kinds, with what else products let rules ask and write.
package struct Schema: Sendable {
  private let kinds: [Kind: KindSchema]
  /// The functions that rules may call besides those of the language.
  package let functions: [SchemaFunction]
  /// How products write a time of so many microseconds, by technology.
  ///
  /// Those whose files do not take a number of the setting's unit; `nil` for a time that the
  /// product cannot have.
  package let timeText: [String: @Sendable (Int64) -> String?]

  package init(
    _ schemas: [KindSchema], functions: [SchemaFunction] = [],
    timeText: [String: @Sendable (Int64) -> String?] = [:]
  ) {
    kinds = Dictionary(schemas.map { ($0.kind, $0) }, uniquingKeysWith: { _, last in last })
    self.functions = functions
    self.timeText = timeText
  }

  package subscript(kind: Kind) -> KindSchema? { kinds[kind] }
}
