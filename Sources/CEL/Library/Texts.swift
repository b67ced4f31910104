extension StandardLibrary {
  /// The extension of texts: functions that build a text or take one apart.
  static let textFunctions: [Function] = [
    Function(
      "join",
      [
        Overload(member: true, [.list(.string)], .string) { a throws(EvaluationFailure) in
          try join(a[0].asList, "")
        },
        Overload(member: true, [.list(.string), .string], .string) { a throws(EvaluationFailure) in
          try join(a[0].asList, a[1].asString)
        },
      ]),
    Function(
      "split",
      [
        Overload(member: true, [.string, .string], .list(.string)) { a throws(EvaluationFailure) in
          try split(a[0].asString, a[1].asString, limit: -1)
        },
        Overload(member: true, [.string, .string, .int], .list(.string)) {
          a throws(EvaluationFailure) in
          try split(a[0].asString, a[1].asString, limit: a[2].asInt)
        },
      ]),
    Function(
      "replace",
      [
        Overload(member: true, [.string, .string, .string], .string) {
          a throws(EvaluationFailure) in
          try replace(a, limit: -1)
        },
        Overload(member: true, [.string, .string, .string, .int], .string) {
          a throws(EvaluationFailure) in
          try replace(a, limit: a[3].asInt)
        },
      ]),
    Function(
      "strings.quote",
      [
        Overload([.string], .string) { a throws(EvaluationFailure) in
          .string(quote(try a[0].asString))
        }
      ]),
    Function(
      "format",
      [
        Overload(member: true, [.string, .list(.dyn)], .string) { a throws(EvaluationFailure) in
          var formatter = Formatter(arguments: try a[1].asList)
          return .string(try formatter.format(a[0].asString))
        }
      ]),
  ]

  private static func join(
    _ parts: [Value], _ separator: String
  ) throws(EvaluationFailure) -> Value {
    var result = ""
    for (index, part) in parts.enumerated() {
      if index > 0 { result += separator }
      result += try part.asString
      try checkSize(result.utf8.count)
    }
    return .string(result)
  }

  /// The parts between separators; an empty separator parts every code point.
  private static func split(
    _ text: String, _ separator: String, limit: Int64
  ) throws(EvaluationFailure) -> Value {
    guard limit != 0 else { return .list([]) }
    let pieceLimit = limit < 0 ? Int.max : Int(limit)
    let parts = cuts(text, separator, limit: pieceLimit - 1, splitsAll: true)
    return .list(parts.map { .string(String(decoding: $0, as: UTF8.self)) })
  }

  private static func replace(
    _ arguments: [Value], limit: Int64
  ) throws(EvaluationFailure) -> Value {
    let text = try arguments[0].asString
    let replacement = Array(try arguments[2].asString.utf8)
    guard limit != 0 else { return .string(text) }
    let parts = cuts(
      text, try arguments[1].asString, limit: limit < 0 ? Int.max : Int(limit), splitsAll: false)
    let (added, overflow) = replacement.count.multipliedReportingOverflow(by: parts.count)
    try checkSize(overflow ? Int.max : text.utf8.count + min(added, resultSizeLimit + 1))
    return .string(String(decoding: Array(parts.joined(separator: replacement)), as: UTF8.self))
  }

  /// The text cut at up to `limit` occurrences of `separator`.
  ///
  /// An empty separator occurs between code points; when replacing, at both ends too.
  private static func cuts(
    _ text: String, _ separator: String, limit: Int, splitsAll: Bool
  ) -> [ArraySlice<UInt8>] {
    let bytes = Array(text.utf8)
    let part = Array(separator.utf8)
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    if part.isEmpty {
      for index in bytes.indices where pieces.count < limit && bytes[index] & 0xC0 != 0x80 {
        if splitsAll && index == 0 { continue }
        pieces.append(bytes[start..<index])
        start = index
      }
      if !splitsAll && pieces.count < limit {
        pieces.append(bytes[start...])
        start = bytes.count
      }
    } else {
      while pieces.count < limit, let found = bytes.firstIndex(of: part, from: start) {
        pieces.append(bytes[start..<found])
        start = found + part.count
      }
    }
    return pieces + [bytes[start...]]
  }

  /// The text as a literal between double quotes.
  private static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{07}": result += "\\a"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0B}": result += "\\v"
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
