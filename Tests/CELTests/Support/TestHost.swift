import CEL

/// A pool and its database, as a host would offer them.
enum TestHost {
  static let fields: [String: [(name: String, type: ValueType)]] = [
    "pool": [
      ("name", .string), ("max_size", .int), ("min_idle", .int), ("max_lifetime", .duration),
      ("environment", .string), ("database", .object("database")), ("tags", .list(.string)),
    ],
    "database": [("max_connections", .int), ("pools", .list(.object("pool")))],
  ]

  /// Slots from here on hold what is written for the field.
  static let writtenSlots = 100

  static func structType(_ name: String) -> StructType? {
    guard let list = fields[name] else { return nil }
    return StructType(
      name: name,
      field: { field in
        list.firstIndex { $0.name == field }.map { (list[$0].type, $0) }
      }, fieldNames: { list.map(\.name) })
  }

  static let environment = Environment(
    variables: [
      Variable("pool", .object("pool")), Variable("minimum", .int), Variable("anything", .dyn),
    ],
    structType: structType,
    functions: [
      Function(
        "sum",
        [
          Overload(member: true, [.list(.int)], .int) { a throws(EvaluationFailure) in
            guard case .list(let list) = a[0] else { throw .error("no list") }
            var sum: Int64 = 0
            for case .int(let int) in list { sum += int }
            return .int(sum)
          }
        ]),
      Function(
        "size_of_peak",
        [
          Overload([.int], .int) { a throws(EvaluationFailure) in throw .unknown(["peak not given"])
          }
        ]),
    ],
    aspects: [FieldAspect(function: "written", resultType: .string) { $0 + writtenSlots }])

  /// A pool whose field values are given by name.
  static func pool(_ values: [String: FieldResult]) -> Value {
    .object(TestObject(typeName: "pool", values: values))
  }

  static func answer(_ expression: String, _ values: [String: FieldResult]) -> Answer {
    let pool = pool(values)
    return CELTests.answer(
      expression, in: environment, with: [pool, .int(10), pool])
  }
}

/// A structure that holds its fields' values by name, the written texts under `written:` names.
struct TestObject: StructValue {
  let typeName: String
  let values: [String: FieldResult]

  func field(_ slot: Int) -> FieldResult {
    let names = TestHost.fields[typeName]?.map(\.name) ?? []
    let isWritten = slot >= TestHost.writtenSlots
    let name = names[isWritten ? slot - TestHost.writtenSlots : slot]
    return values[isWritten ? "written:" + name : name] ?? .absent
  }
}
