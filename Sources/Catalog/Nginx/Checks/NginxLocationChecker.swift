import Syntax

/// Judges the modifier of a location, and whether it may stand in the location around it.
struct NginxLocationChecker {
  /// How a location is matched, as far as nesting depends on it.
  enum Match { case prefix, exact, regex, named }

  let match: Match
  /// The text without the modifier.
  let name: String
  /// The modifier that nginx does not know.
  let unknownModifier: String?

  /// - Parameter arguments: one, or the modifier and one.
  init(_ arguments: [String]) {
    let first = arguments.first ?? ""
    if arguments.count > 1 {
      let known: Match? =
        switch first {
        case "=": .exact
        case "^~": .prefix
        case "~", "~*": .regex
        default: nil
        }
      match = known ?? .prefix
      name = arguments[1]
      unknownModifier = known == nil ? first : nil
      return
    }
    unknownModifier = nil
    if first.hasPrefix("=") {
      (match, name) = (.exact, String(first.dropFirst()))
    } else if first.hasPrefix("^~") {
      (match, name) = (.prefix, String(first.dropFirst(2)))
    } else if first.hasPrefix("~") {
      let rest = first.dropFirst()
      (match, name) = (.regex, String(rest.hasPrefix("*") ? rest.dropFirst() : rest))
    } else {
      (match, name) = (first.hasPrefix("@") ? .named : .prefix, first)
    }
  }

  /// What nginx says of this location inside `outer`; `nil` where it may stand there.
  func refusal(inside outer: NginxLocationChecker) -> String? {
    switch outer.match {
    case .exact: return "location \"\(name)\" cannot be inside the exact location \"\(outer.name)\""
    case .named: return "location \"\(name)\" cannot be inside the named location \"\(outer.name)\""
    case .prefix, .regex: break
    }
    if match == .named { return "named location \"\(name)\" can be on the server level only" }
    let isInside = match == .regex || name.utf8.starts(with: outer.name.utf8)
    return isInside ? nil : "location \"\(name)\" is outside location \"\(outer.name)\""
  }
}
