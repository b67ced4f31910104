extension StandardLibrary {
  /// The extension of texts: positions count code points from 0.
  static let stringFunctions: [Function] = [
    Function(
      "charAt",
      [
        Overload(member: true, [.string, .int], .string) { a throws(EvaluationFailure) in
          let text = try a[0].scalars
          let index = try position(a[1], in: text)
          return .string(index < text.count ? String(Character(text[index])) : "")
        }
      ]),
    Function(
      "indexOf",
      [
        Overload(member: true, [.string, .string], .int) { a throws(EvaluationFailure) in
          .int(try indexOf(a[0], a[1], from: 0))
        },
        Overload(member: true, [.string, .string, .int], .int) { a throws(EvaluationFailure) in
          .int(try indexOf(a[0], a[1], from: position(a[2], in: a[0].scalars)))
        },
      ]),
    Function(
      "lastIndexOf",
      [
        Overload(member: true, [.string, .string], .int) { a throws(EvaluationFailure) in
          .int(try lastIndexOf(a[0], a[1], from: nil))
        },
        Overload(member: true, [.string, .string, .int], .int) { a throws(EvaluationFailure) in
          .int(try lastIndexOf(a[0], a[1], from: position(a[2], in: a[0].scalars)))
        },
      ]),
    Function(
      "substring",
      [
        Overload(member: true, [.string, .int], .string) { a throws(EvaluationFailure) in
          let text = try a[0].scalars
          return .string(String(text[try position(a[1], in: text)...]))
        },
        Overload(member: true, [.string, .int, .int], .string) { a throws(EvaluationFailure) in
          let text = try a[0].scalars
          let start = try position(a[1], in: text)
          let end = try position(a[2], in: text)
          guard start <= end else { throw .error("substring from \(start) to \(end) is reversed") }
          return .string(String(text[start..<end]))
        },
      ]),
    Function(
      "reverse",
      [
        Overload(member: true, [.string], .string) { a throws(EvaluationFailure) in
          .string(String(try a[0].scalars.reversed()[...]))
        }
      ]),
    Function(
      "lowerAscii",
      [
        Overload(member: true, [.string], .string) { a throws(EvaluationFailure) in
          .string(mapBytes(try a[0].asString, UInt8(ascii: "A")...UInt8(ascii: "Z")))
        }
      ]),
    Function(
      "upperAscii",
      [
        Overload(member: true, [.string], .string) { a throws(EvaluationFailure) in
          .string(mapBytes(try a[0].asString, UInt8(ascii: "a")...UInt8(ascii: "z")))
        }
      ]),
    Function(
      "trim",
      [
        Overload(member: true, [.string], .string) { a throws(EvaluationFailure) in
          let text = try a[0].scalars
          guard let first = text.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = text.lastIndex(where: { !$0.properties.isWhitespace })
          else { return .string("") }
          return .string(String(text[first...last]))
        }
      ]),
  ]

  /// A position in a text, its end included.
  private static func position(
    _ value: Value, in text: [Unicode.Scalar]
  ) throws(EvaluationFailure) -> Int {
    let position = try value.asInt
    guard position >= 0, position <= text.count else {
      throw .error("index \(position) is out of range for a text of \(text.count)")
    }
    return Int(position)
  }

  private static func indexOf(
    _ text: Value, _ part: Value, from start: Int
  ) throws(EvaluationFailure) -> Int64 {
    Int64(try text.scalars.firstIndex(of: part.scalars, from: start) ?? -1)
  }

  /// The last occurrence that begins at or before `start`.
  private static func lastIndexOf(
    _ text: Value, _ part: Value, from start: Int?
  ) throws(EvaluationFailure) -> Int64 {
    let text = try text.scalars
    let part = try part.scalars
    guard part.count <= text.count else { return -1 }
    let start = min(start ?? text.count, text.count - part.count)
    // Searched backwards: the first occurrence in the reverse is the last in the text.
    let reversed: [Unicode.Scalar] = text.reversed()
    let skipped = text.count - part.count - start
    guard let found = reversed.firstIndex(of: part.reversed(), from: skipped) else { return -1 }
    return Int64(text.count - part.count - found)
  }

  private static func mapBytes(_ text: String, _ letters: ClosedRange<UInt8>) -> String {
    String(decoding: text.utf8.map { letters.contains($0) ? $0 ^ 0x20 : $0 }, as: UTF8.self)
  }
}

extension Value {
  /// The code points of a text.
  fileprivate var scalars: [Unicode.Scalar] {
    get throws(EvaluationFailure) { Array(try asString.unicodeScalars) }
  }
}

extension String {
  fileprivate init(_ scalars: ArraySlice<Unicode.Scalar>) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
