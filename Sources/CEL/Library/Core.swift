extension StandardLibrary {
  static let core: [Function] = [
    Function(
      "size",
      [true, false].flatMap { isMember in
        [
          Overload(member: isMember, [.string], .int) { a throws(EvaluationFailure) in
            .int(Int64(try a[0].asString.unicodeScalars.count))
          },
          Overload(member: isMember, [.bytes], .int) { a throws(EvaluationFailure) in
            .int(Int64(try a[0].asBytes.count))
          },
          Overload(member: isMember, [.list(.parameter("A"))], .int) {
            a throws(EvaluationFailure) in
            .int(Int64(try a[0].asList.count))
          },
          Overload(member: isMember, [.map(.parameter("A"), .parameter("B"))], .int) {
            a throws(EvaluationFailure) in
            guard case .map(let map) = a[0] else { throw .noOverload("size", a) }
            return .int(Int64(map.count))
          },
        ]
      }),
    text("contains") { text, other in Array(text).firstIndex(of: Array(other), from: 0) != nil },
    text("startsWith") { text, other in text.starts(with: other) },
    text("endsWith") { text, other in text.reversed().starts(with: other.reversed()) },
    // The evaluator runs `matches` itself, since a literal pattern is compiled beforehand.
    Function(
      "matches",
      [true, false].map { isMember in
        Overload(member: isMember, [.string, .string], .bool) { a throws(EvaluationFailure) in
          throw .noOverload("matches", a)
        }
      }),
  ]

  /// A question about two texts, by their UTF-8 bytes.
  private static func text(
    _ name: String, _ answer: @escaping @Sendable (String.UTF8View, String.UTF8View) -> Bool
  ) -> Function {
    Function(
      name,
      [
        Overload(member: true, [.string, .string], .bool) { a throws(EvaluationFailure) in
          .bool(answer(try a[0].asString.utf8, try a[1].asString.utf8))
        }
      ])
  }

  static let timeFunctions: [Function] = TimeField.allCases.map { field in
    var overloads = [
      Overload(member: true, [.timestamp], .int) { a throws(EvaluationFailure) in
        .int(field.value(of: try a[0].asTimestamp, in: .utc))
      },
      // The evaluator runs this one itself, since it knows where zones come from.
      Overload(member: true, [.timestamp, .string], .int) { a throws(EvaluationFailure) in
        throw .noOverload(field.function, a)
      },
    ]
    if field.value(of: TimeSpan(microseconds: 0)) != nil {
      overloads.append(
        Overload(member: true, [.duration], .int) { a throws(EvaluationFailure) in
          .int(field.value(of: try a[0].asDuration) ?? 0)
        })
    }
    return Function(field.function, overloads)
  }
}

extension Array where Element: Equatable {
  /// Where `other` occurs first at or after `start`.
  ///
  /// - Complexity: O(*n* + *m*): by the prefix table of Knuth, Morris and Pratt.
  func firstIndex(of other: [Element], from start: Int) -> Int? {
    guard !other.isEmpty else { return start <= count ? start : nil }
    guard start <= count, count - start >= other.count else { return nil }
    let table = other.prefixTable
    var matched = 0
    for index in start..<count {
      while matched > 0, self[index] != other[matched] { matched = table[matched - 1] }
      if self[index] == other[matched] { matched += 1 }
      if matched == other.count { return index - matched + 1 }
    }
    return nil
  }

  /// For each position, how long a prefix also ends there.
  private var prefixTable: [Int] {
    var table = [Int](repeating: 0, count: count)
    var matched = 0
    for index in indices.dropFirst() {
      while matched > 0, self[index] != self[matched] { matched = table[matched - 1] }
      if self[index] == self[matched] { matched += 1 }
      table[index] = matched
    }
    return table
  }
}
