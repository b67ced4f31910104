/// The functions that every expression can call: the language's own and its extensions.
enum StandardLibrary {
  static let functions: [String: Function] = Dictionary(
    (conversions + core + timeFunctions + stringFunctions + textFunctions + mathFunctions
      + bitFunctions + optionalFunctions + encoders)
      .map { ($0.name, $0) },
    uniquingKeysWith: { $0.adding($1.overloads) })

  /// First parts of the dotted names above.
  static let namespaces: Set<String> = ["math", "strings", "optional", "base64"]
}

// MARK: What implementations take their arguments apart with

extension Value {
  // An overload gets arguments of its own kinds only, so these fail for wrong signatures alone.

  var asInt: Int64 {
    get throws(EvaluationFailure) {
      guard case .int(let int) = self else { throw unexpected("int") }
      return int
    }
  }

  var asUInt: UInt64 {
    get throws(EvaluationFailure) {
      guard case .uint(let uint) = self else { throw unexpected("uint") }
      return uint
    }
  }

  var asDouble: Double {
    get throws(EvaluationFailure) {
      guard case .double(let double) = self else { throw unexpected("double") }
      return double
    }
  }

  var asString: String {
    get throws(EvaluationFailure) {
      guard case .string(let string) = self else { throw unexpected("string") }
      return string
    }
  }

  var asBytes: [UInt8] {
    get throws(EvaluationFailure) {
      guard case .bytes(let bytes) = self else { throw unexpected("bytes") }
      return bytes
    }
  }

  var asList: [Value] {
    get throws(EvaluationFailure) {
      guard case .list(let list) = self else { throw unexpected("list") }
      return list
    }
  }

  var asTimestamp: Timestamp {
    get throws(EvaluationFailure) {
      guard case .timestamp(let time) = self else { throw unexpected("timestamp") }
      return time
    }
  }

  var asDuration: TimeSpan {
    get throws(EvaluationFailure) {
      guard case .duration(let span) = self else { throw unexpected("duration") }
      return span
    }
  }

  private func unexpected(_ expected: String) -> EvaluationFailure {
    .error("expected type '\(expected)' but found '\(typeName)'")
  }
}

/// Texts and lists that a function makes are at most this long, in bytes and elements.
///
/// A few calls of `replace`, `join` or `format` could make gigabytes out of a short expression.
let resultSizeLimit = 10_000_000

/// Refuses a result that would become too long.
func checkSize(_ size: Int) throws(EvaluationFailure) {
  guard size <= resultSizeLimit else {
    throw .error("result is longer than \(resultSizeLimit)")
  }
}
