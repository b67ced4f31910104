extension StandardLibrary {
  static let mathFunctions: [Function] = [
    extreme("math.greatest", .after),
    extreme("math.least", .before),
    rounding("math.ceil", .up),
    rounding("math.floor", .down),
    rounding("math.round", .toNearestOrAwayFromZero),
    rounding("math.trunc", .towardZero),
    question("math.isNaN") { $0.isNaN },
    question("math.isInf") { $0.isInfinite },
    question("math.isFinite") { $0.isFinite },
    Function(
      "math.sqrt",
      [ValueType.double, .int, .uint].map { type in
        Overload([type], .double) { a throws(EvaluationFailure) in
          switch a[0] {
          case .int(let int): .double(Double(int).squareRoot())
          case .uint(let uint): .double(Double(uint).squareRoot())
          default: .double(try a[0].asDouble.squareRoot())
          }
        }
      }),
    Function(
      "math.abs",
      [
        Overload([.int], .int) { a throws(EvaluationFailure) in
          guard let absolute = Int64(exactly: try a[0].asInt.magnitude) else {
            throw .error("integer overflow")
          }
          return .int(absolute)
        },
        Overload([.uint], .uint) { a throws(EvaluationFailure) in a[0] },
        Overload([.double], .double) { a throws(EvaluationFailure) in
          .double(try a[0].asDouble.magnitude)
        },
      ]),
    Function(
      "math.sign",
      [
        Overload([.int], .int) { a throws(EvaluationFailure) in .int(try a[0].asInt.signum()) },
        Overload([.uint], .uint) { a throws(EvaluationFailure) in
          .uint(try a[0].asUInt == 0 ? 0 : 1)
        },
        Overload([.double], .double) { a throws(EvaluationFailure) in
          let double = try a[0].asDouble
          return .double(double > 0 ? 1 : double < 0 ? -1 : double.isNaN ? double : 0)
        },
      ]),
  ]

  /// `math.greatest` and `math.least`: of any number of numbers, or of a list of them.
  private static func extreme(_ name: String, _ wanted: ValueOrder) -> Function {
    let find: Overload.Implementation = { a throws(EvaluationFailure) in
      var numbers = a
      if a.count == 1, case .list(let list) = a[0] { numbers = list }
      guard var best = numbers.first else { throw .error("\(name) of an empty list") }
      for number in numbers {
        guard let order = number.numericOrder(best) else { throw .noOverload(name, numbers) }
        if order == wanted { best = number }
      }
      return best
    }
    let numbers: [ValueType] = [.int, .uint, .double]
    return Function(
      name,
      numbers.map { Overload([$0], $0, variadic: true, find) }
        + [Overload([.number], .dyn, variadic: true, find)]
        + numbers.map { Overload([.list($0)], $0, find) }
        + [Overload([.list(.number)], .dyn, find)])
  }

  private static func rounding(_ name: String, _ rule: FloatingPointRoundingRule) -> Function {
    Function(
      name,
      [
        Overload([.double], .double) { a throws(EvaluationFailure) in
          .double(try a[0].asDouble.rounded(rule))
        }
      ])
  }

  private static func question(
    _ name: String, _ answer: @escaping @Sendable (Double) -> Bool
  ) -> Function {
    Function(
      name,
      [
        Overload([.double], .bool) { a throws(EvaluationFailure) in .bool(answer(try a[0].asDouble))
        }
      ])
  }
}

// MARK: Bits

extension StandardLibrary {
  static let bitFunctions: [Function] = [
    bitwise("math.bitAnd", &, &),
    bitwise("math.bitOr", |, |),
    bitwise("math.bitXor", ^, ^),
    Function(
      "math.bitNot",
      [
        Overload([.int], .int) { a throws(EvaluationFailure) in .int(~(try a[0].asInt)) },
        Overload([.uint], .uint) { a throws(EvaluationFailure) in .uint(~(try a[0].asUInt)) },
      ]),
    shift("math.bitShiftLeft") { bits, distance in bits << distance },
    shift("math.bitShiftRight") { bits, distance in bits >> distance },
  ]

  private static func bitwise(
    _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
    _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> Function {
    Function(
      name,
      [
        Overload([.int, .int], .int) { a throws(EvaluationFailure) in
          .int(signed(try a[0].asInt, try a[1].asInt))
        },
        Overload([.uint, .uint], .uint) { a throws(EvaluationFailure) in
          .uint(unsigned(try a[0].asUInt, try a[1].asUInt))
        },
      ])
  }

  /// Shifts the 64 bits whatever their sign means; by 64 or more nothing is left.
  private static func shift(
    _ name: String, _ shift: @escaping @Sendable (UInt64, Int64) -> UInt64
  ) -> Function {
    @Sendable func distance(_ value: Value) throws(EvaluationFailure) -> Int64 {
      let distance = try value.asInt
      guard distance >= 0 else { throw .error("\(name) by a negative number of bits") }
      return min(distance, 64)
    }
    return Function(
      name,
      [
        Overload([.int, .int], .int) { a throws(EvaluationFailure) in
          let bits = UInt64(bitPattern: try a[0].asInt)
          return .int(Int64(bitPattern: shift(bits, try distance(a[1]))))
        },
        Overload([.uint, .int], .uint) { a throws(EvaluationFailure) in
          .uint(shift(try a[0].asUInt, try distance(a[1])))
        },
      ])
  }
}
