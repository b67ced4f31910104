/// A condition on profiles, such as `prod & (eu | us)` or `!test`; commas and lists mean *or*.
struct ProfileExpression: Sendable {
  private indirect enum Node: Sendable {
    case name(String)
    case not(Node)
    case all([Node])
    case any([Node])
  }

  private let node: Node
  /// The profiles that it names without `!`, in order.
  private(set) var names: [String] = []
  /// Every profile that it names, in order.
  private(set) var allNames: [String] = []

  /// Parentheses inside each other, beyond which the rest is not read.
  private static let depthLimit = 20

  /// The condition that holds where this one and another hold.
  func and(_ other: ProfileExpression) -> ProfileExpression {
    ProfileExpression(
      node: .all([node, other.node]), names: names + other.names,
      allNames: allNames + other.allNames)
  }

  private init(node: Node, names: [String], allNames: [String]) {
    self.node = node
    self.names = names
    self.allNames = allNames
  }

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
    allNames = tokens.filter { !["!", "&", "|", "(", ")", ","].contains($0) }
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
  func holds(_ active: Set<String>) -> Bool {
    Self.holds(node) { active.contains($0) } == true
  }

  /// Whether it is false wherever one of these profiles, all of production, is active.
  ///
  /// Profiles of other environments are not active beside production's; a profile that only names
  /// a feature may be.
  func excludes(_ production: Set<String>) -> Bool {
    !production.isEmpty
      && production.allSatisfy { profile in
        let result = Self.holds(node) { name in
          if name == profile { return true }
          let isFeature = SpringEnvironment.environment(of: name) == nil && name != "default"
          return isFeature ? nil : false
        }
        return result == false
      }
  }

  /// The value where `state` says which profiles are active; `nil` where it depends on others.
  private static func holds(_ node: Node, _ state: (String) -> Bool?) -> Bool? {
    switch node {
    case .name(let name): return state(name)
    case .not(let inner): return holds(inner, state).map { !$0 }
    case .all(let parts):
      let results = parts.map { holds($0, state) }
      return results.contains(false) ? false : results.contains(nil) ? nil : true
    case .any(let parts):
      let results = parts.map { holds($0, state) }
      return results.contains(true) ? true : results.contains(nil) ? nil : false
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

  /// A name that stands for any profile that no file mentions.
  static let anyOther = "any"

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
