/// A condition on profiles, such as `prod & (eu | us)` or `!test`; commas and lists mean *or*.
struct ProfileExpression {
  private indirect enum Node {
    case name(String)
    case not(Node)
    case all([Node])
    case any([Node])
  }

  private let node: Node
  /// The profiles that it names without `!`, in order.
  private(set) var names: [String] = []

  /// Parentheses inside each other, beyond which the rest is not read.
  private static let depthLimit = 20

  init(_ text: String) {
    var tokens: [String] = []
    var word = ""
    for character in text {
      if "!&|(), \t\n\r".contains(character) {
        if !word.isEmpty { tokens.append(word) }
        word = ""
        if !character.isWhitespace { tokens.append(String(character)) }
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { tokens.append(word) }
    var names: [String] = []
    var rest = tokens[...]
    node = Self.any(&rest, &names, depth: 0, isNegated: false)
    self.names = names
  }

  private static func any(
    _ tokens: inout ArraySlice<String>, _ names: inout [String], depth: Int, isNegated: Bool
  ) -> Node {
    var parts = [all(&tokens, &names, depth: depth, isNegated: isNegated)]
    while let token = tokens.first, token == "|" || token == "," {
      tokens.removeFirst()
      parts.append(all(&tokens, &names, depth: depth, isNegated: isNegated))
    }
    return .any(parts)
  }

  private static func all(
    _ tokens: inout ArraySlice<String>, _ names: inout [String], depth: Int, isNegated: Bool
  ) -> Node {
    var parts = [one(&tokens, &names, depth: depth, isNegated: isNegated)]
    while tokens.first == "&" {
      tokens.removeFirst()
      parts.append(one(&tokens, &names, depth: depth, isNegated: isNegated))
    }
    return .all(parts)
  }

  private static func one(
    _ tokens: inout ArraySlice<String>, _ names: inout [String], depth: Int, isNegated: Bool
  ) -> Node {
    guard let token = tokens.popFirst() else { return .any([]) }
    guard depth < depthLimit else {
      tokens.removeAll()
      return .any([])
    }
    switch token {
    case "!": return .not(one(&tokens, &names, depth: depth + 1, isNegated: !isNegated))
    case "(":
      let inner = any(&tokens, &names, depth: depth + 1, isNegated: isNegated)
      if tokens.first == ")" { tokens.removeFirst() }
      return inner
    default:
      if !isNegated { names.append(token) }
      return .name(token)
    }
  }

  /// Whether it holds when these profiles are active.
  func holds(_ active: Set<String>) -> Bool { Self.holds(node, active) }

  private static func holds(_ node: Node, _ active: Set<String>) -> Bool {
    switch node {
    case .name(let name): active.contains(name)
    case .not(let inner): !holds(inner, active)
    case .all(let parts): parts.allSatisfy { holds($0, active) }
    case .any(let parts): parts.contains { holds($0, active) }
    }
  }
}

/// The environment that a profile's name stands for.
enum SpringEnvironment {
  private static let production: Set<String> = ["prod", "production", "prd", "live", "prodution"]
  private static let others: Set<String> = [
    "test", "tests", "testing", "unittest", "unit", "it", "integration", "e2e", "dev", "develop",
    "development", "devel", "local", "localhost", "ci", "staging", "stage", "stg", "qa", "uat",
    "sit", "fat", "sandbox", "demo", "preprod", "preproduction", "pre", "nonprod", "perf", "bench",
    "benchmark", "scratch", "mock", "embedded", "debug",
  ]

  /// `production`, the profile's own name, or `nil` where the name is that of a feature (`mysql`).
  static func environment(of profile: String) -> String? {
    let lower = profile.lowercased()
    let words = lower.split { "-_. ".contains($0) }.map { word in
      String(word.reversed().drop { $0.isNumber }.reversed())
    }
    if words.contains(where: others.contains) || words.first == "non" { return lower }
    return words.contains(where: production.contains) ? "production" : nil
  }
}
