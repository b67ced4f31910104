extension RuleDefinition {
  private static let written = "has(setting.written)"

  /// Whether a rule for settings begins by asking for a written one, and so says nothing of others.
  ///
  /// A file writes few of the hundreds of settings that a server has: where all rules say so, the
  /// others need not be made.
  var concernsWrittenOnly: Bool {
    guard let when, when.hasPrefix(Self.written) else { return false }
    let rest = when.dropFirst(Self.written.count).drop { $0 == " " || $0 == "\n" }
    return rest.isEmpty || rest.hasPrefix("&&") && Self.isConjunction(rest)
  }

  /// Whether nothing weaker than `&&` stands outside of brackets and texts.
  private static func isConjunction(_ text: Substring) -> Bool {
    var depth = 0
    var quote: Character?
    var isEscaped = false
    for character in text {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == open {
          quote = nil
        }
        continue
      }
      switch character {
      case "\"", "'": quote = character
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "|" where depth == 0, "?" where depth == 0: return false
      default: break
      }
    }
    return true
  }
}
