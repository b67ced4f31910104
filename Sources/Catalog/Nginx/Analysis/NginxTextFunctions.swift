import Model

/// What rules can ask of any text: as a regular expression, as a path, as a value with variables.
enum NginxTextFunctions {
  static let all: [SchemaFunction] = expressions + texts

  private static let expressions: [SchemaFunction] = [
    SchemaFunction(
      "regex_can_match", [.string, .string], .bool,
      "Whether a match of a regular expression can hold one of some characters"
    ) { values in
      understood(values) { .bool($0.canHold(set(values, 1))) }
    },
    SchemaFunction(
      "regex_group_can_match", [.string, .int, .string], .bool,
      "Whether what a group of a regular expression matches can hold one of some characters"
    ) { values in
      understood(values) { pattern in
        guard case .int(let number) = values[1], let group = pattern.capture(Int(clamping: number))
        else { return .bool(false) }
        return .bool(!group.alphabet.isDisjoint(with: set(values, 2)))
      }
    },
    SchemaFunction(
      "regex_is_anchored_at_start", [.string], .bool,
      "Whether every match of a regular expression begins where the text does"
    ) { values in understood(values) { .bool($0.isAnchoredAtStart) } },
    SchemaFunction(
      "regex_is_anchored_at_end", [.string], .bool,
      "Whether every match of a regular expression ends where the text does"
    ) { values in understood(values) { .bool($0.isAnchoredAtEnd) } },
    SchemaFunction(
      "regex_literal", [.string], .string,
      "The only text that a regular expression matches, anchors aside; empty where there are several"
    ) { values in understood(values) { .string($0.literal ?? "") } },
    SchemaFunction(
      "regex_groups", [.string], .list(.string),
      "The names of the capturing groups of a regular expression in their order, empty for those "
        + "without"
    ) { values in
      readable(values) { pattern in
        let names = Dictionary(
          pattern.names.map { ($0.number, $0.name) }, uniquingKeysWith: { first, _ in first })
        return .list((0..<pattern.captureCount).map { .string(names[$0 + 1] ?? "") })
      }
    },
    SchemaFunction(
      "regex_refusal", [.string], .string,
      "Why PCRE refuses a regular expression; empty where it is accepted"
    ) { values in readable(values) { .string($0.refusal ?? "") } },
    SchemaFunction(
      "regex_slow_text", [.string], .string,
      "A text for which a regular expression takes time out of proportion; empty where none was "
        + "found"
    ) { values in understood(values) { .string($0.backtracking?.description ?? "") } },
  ]

  private static let texts: [SchemaFunction] = [
    SchemaFunction(
      "nginx_path", [.string], .string,
      "A request's path as nginx compares it with locations: decoded, slashes merged, dots resolved; "
        + "empty where nginx answers 400"
    ) { values in
      guard case .string(let text) = values[0] else { return .absent }
      do throws(NginxRequestRefusal) {
        let path = try NginxRequestPath.normalized(text, mergesSlashes: true)
        return .string(String(decoding: path, as: UTF8.self))
      } catch {
        return .string("")
      }
    },
    SchemaFunction(
      "path_goes_up", [.string], .bool,
      "Whether some part of a path is `..`, written out or with percent signs"
    ) { values in
      guard case .string(let text) = values[0] else { return .absent }
      return .bool(goesUp(Array(text.utf8)))
    },
    SchemaFunction(
      "nginx_variables", [.string], .list(.string),
      "The names of the variables in a value of nginx, without $, in lower case"
    ) { values in
      guard case .string(let text) = values[0] else { return .absent }
      return .list(NginxInterpolation(text).variables.map { .string($0) })
    },
    SchemaFunction(
      "nginx_time", [.duration], .string, "A time as nginx takes it in its files: 90s, 15m, 500ms"
    ) { values in
      guard case .duration(let microseconds) = values[0] else { return .absent }
      return NginxUnits.timeText(microseconds: microseconds).map { .string($0) }
        ?? .unknown("nginx has no such time")
    },
  ]

  /// The answer for an expression of which every part is followed.
  private static func understood(
    _ values: [FieldValue], _ answer: (PCREPattern) -> FieldValue
  ) -> FieldValue {
    readable(values) { pattern in
      if let refusal = pattern.refusal {
        return .unknown("the expression \(pattern.text) is refused: \(refusal)")
      }
      return pattern.isUnderstood
        ? answer(pattern) : .unknown("the expression \(pattern.text) is not understood")
    }
  }

  /// The answer for an expression that no template will fill in.
  private static func readable(
    _ values: [FieldValue], _ answer: (PCREPattern) -> FieldValue
  ) -> FieldValue {
    guard case .string(let text) = values[0] else { return .absent }
    guard !text.hasTemplateMark else {
      return .unknown("the expression \(text) is filled in by a template")
    }
    return answer(PCREPattern(text))
  }

  private static func set(_ values: [FieldValue], _ index: Int) -> ByteSet {
    guard case .string(let text) = values[index] else { return .empty }
    var set = ByteSet()
    for byte in text.utf8 { set.insert(byte) }
    return set
  }

  private static func goesUp(_ bytes: [UInt8]) -> Bool {
    var plain: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let rest = bytes[place...]
      let hidden = rest.starts(with: Array("%2e".utf8)) || rest.starts(with: Array("%2E".utf8))
      let slash = rest.starts(with: Array("%2f".utf8)) || rest.starts(with: Array("%2F".utf8))
      plain.append(hidden ? UInt8(ascii: ".") : slash ? UInt8(ascii: "/") : bytes[place])
      place += hidden || slash ? 3 : 1
    }
    return plain.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
  }
}
