import CEL
import Model

/// What the expressions of a rule can name.
///
/// Two variables, the resource under its kind's name and `param`; the standard library with its
/// extensions; the aspects of settings; and the functions of ``RuleFunctions``.
enum RuleEnvironment {
  static func make(for rule: RuleDefinition, schema: Schema) -> Environment {
    let parameters = parameterType(rule.parameters)
    return Environment(
      variables: [
        Variable(rule.kind.rawValue, .object(rule.kind.rawValue)),
        Variable(ParameterValues.typeName, .object(ParameterValues.typeName)),
      ],
      structType: { name in
        name == ParameterValues.typeName
          ? parameters : Kind(rawValue: name).flatMap { schema[$0] }.map(structType)
      },
      functions: RuleFunctions.all(schema), aspects: aspects)
  }

  private static let aspects = Aspect.allCases.map(\.fieldAspect)

  private static func structType(_ schema: KindSchema) -> StructType {
    StructType(
      name: schema.kind.rawValue,
      field: { name in schema.field(named: name).map { (valueType($0.type), $0.slot) } },
      fieldNames: { schema.fields.map(\.name) })
  }

  static func valueType(_ type: FieldType) -> ValueType {
    switch type {
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .string: .string
    case .duration: .duration
    case .list(let element): .list(valueType(element))
    case .resource(let kind): .object(kind.rawValue)
    }
  }

  private static func parameterType(_ parameters: [RuleParameter]) -> StructType {
    StructType(
      name: ParameterValues.typeName,
      field: { name in
        parameters.firstIndex { $0.name == name }.map { (valueType(parameters[$0].type), $0) }
      },
      fieldNames: { parameters.map(\.name) })
  }

  private static func valueType(_ type: RuleParameter.ValueType) -> ValueType {
    switch type {
    case .bool: .bool
    case .int, .size: .int
    case .double: .double
    case .string: .string
    case .duration: .duration
    case .strings: .list(.string)
    }
  }
}
