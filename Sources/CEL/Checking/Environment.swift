/// What expressions can name: variables, structures, functions.
///
/// A value: build one, keep it, compile many expressions with it. The standard library and the
/// extensions are always there; a host's function of the same name adds overloads.
package struct Environment: Sendable {
  /// The namespace in which names are looked up first, `a.b`, usually empty.
  package let container: String
  /// The variables in the order in which ``Program/evaluate(_:)`` gets their values.
  package let variables: [Variable]
  let structType: @Sendable (String) -> StructType?
  let functions: [String: Function]
  let aspects: [String: FieldAspect]
  let timeZones: TimeZoneSource
  let variableSlots: [String: Int]
  /// First parts of dotted names: only chains that begin so need a look-up by qualified name.
  let qualifiedHeads: Set<String>
  /// First parts of the host's dotted function names.
  let functionNamespaces: Set<String>

  /// An environment.
  ///
  /// - Parameters:
  ///   - container: the namespace in which names are looked up first.
  ///   - variables: of two with one name the last wins.
  ///   - structType: finds the host's structure types by name; asked when an expression needs one.
  ///   - functions: the host's functions.
  ///   - aspects: the host's questions about fields.
  ///   - timeZones: where named time zones come from.
  package init(
    container: String = "", variables: [Variable] = [],
    structType: @escaping @Sendable (String) -> StructType? = { _ in nil },
    functions: [Function] = [], aspects: [FieldAspect] = [], timeZones: TimeZoneSource = .none
  ) {
    self.container = container
    self.variables = variables
    self.structType = structType
    self.functions = Dictionary(
      functions.map { ($0.name, $0) }, uniquingKeysWith: { $0.adding($1.overloads) })
    self.aspects = Dictionary(
      aspects.map { ($0.function, $0) }, uniquingKeysWith: { _, last in last })
    self.timeZones = timeZones
    variableSlots = Dictionary(
      variables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { _, last in last })
    qualifiedHeads = Self.heads(of: variables.map(\.name)).union(["google"])
    functionNamespaces = Self.heads(of: functions.map(\.name))
  }

  private static func heads(of names: [String]) -> Set<String> {
    Set(
      names.compactMap { name in
        name.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) }
      })
  }
}

/// A name for a value that the host gives at evaluation.
package struct Variable: Sendable, Hashable {
  /// An identifier, or several with dots between them.
  package let name: String
  /// What the checker takes the value to be; a host that gives another kind gets errors.
  package let type: ValueType

  /// A variable of a name and a type.
  package init(_ name: String, _ type: ValueType) {
    self.name = name
    self.type = type
  }
}

/// A host's structure type: fields by name, each with the slot that ``StructValue/field(_:)`` gets.
package struct StructType: Sendable {
  /// What ``ValueType/object(_:)`` and ``StructValue/typeName`` call it.
  package let name: String
  /// The field of a name.
  package let field: @Sendable (String) -> (type: ValueType, slot: Int)?
  /// Every field's name, for suggestions; asked only when a field is unknown.
  package let fieldNames: @Sendable () -> [String]

  /// A type whose fields are found when an expression names them.
  package init(
    name: String, field: @escaping @Sendable (String) -> (type: ValueType, slot: Int)?,
    fieldNames: @escaping @Sendable () -> [String]
  ) {
    self.name = name
    self.field = field
    self.fieldNames = fieldNames
  }
}

/// A function whose argument is a field and not its value: `written(pool.max_size)`.
///
/// The call reads another slot of the same structure, and never the field itself.
package struct FieldAspect: Sendable {
  /// The name of the call.
  package let function: String
  /// What the call yields, whatever the field's own type is.
  package let resultType: ValueType
  /// The slot to read in place of the field's.
  package let slot: @Sendable (Int) -> Int

  /// A question that reads the slot which `slot` makes of a field's.
  package init(
    function: String, resultType: ValueType, slot: @escaping @Sendable (Int) -> Int
  ) {
    self.function = function
    self.resultType = resultType
    self.slot = slot
  }
}
