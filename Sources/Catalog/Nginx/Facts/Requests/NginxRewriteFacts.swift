import Model

/// A `rewrite` line, taken apart.
private struct NginxRewrite {
  private let expression: String
  /// The new path, without the query behind it.
  let path: Substring
  let flag: String?

  init?(_ arguments: [String]) {
    guard arguments.count >= 2 else { return nil }
    expression = arguments[0]
    path = arguments[1].prefix { $0 != "?" }
    flag = arguments.count > 2 ? arguments[2] : nil
  }

  /// Read when it is asked for: most lines are told apart without it.
  var pattern: PCREPattern { PCREPattern(expression) }

  /// Whether the request goes on inside nginx and looks for its location again.
  var findsLocationAgain: Bool {
    (flag == nil || flag == "last") && path.utf8.first == UInt8(ascii: "/")
  }

  /// The number of the group that is the whole new path, its first slash aside.
  var wholeGroup: Int? {
    let rest = path.utf8.first == UInt8(ascii: "/") ? path.dropFirst() : path
    guard rest.utf8.first == UInt8(ascii: "$"), rest.utf8.count == 2 else { return nil }
    return NginxUnits.number(rest.dropFirst().utf8).flatMap { Int(exactly: $0) }
  }
}

extension NginxConfiguration {
  /// Whether clients choose the whole path that a `rewrite` sends the request on with.
  func givesAnyPath(_ place: Int) -> Bool {
    guard let rewrite = NginxRewrite(view.arguments(place)), let group = rewrite.wholeGroup
    else { return false }
    let pattern = rewrite.pattern
    guard let body = pattern.capture(group), Self.isAnything(body, rewrite.path) else {
      return false
    }
    var block = index.holder(of: place)
    if view.contexts[block].kind == .ifInServer || view.contexts[block].kind == .ifInLocation {
      block = Int(view.contexts[block].parent)
    }
    switch view.contexts[block].kind {
    case .server: return ["last", "break", nil].contains(rewrite.flag)
    case .location:
      // What does not take something off the path never came from another location's.
      return (rewrite.flag == nil || rewrite.flag == "last")
        && NginxPathShape.alternatives(of: pattern).contains { $0.beginning.count > 1 }
    default: return false
    }
  }

  /// Whether a group matches any path, or any behind a slash that it does not hold itself.
  private static func isAnything(_ group: PCRENode, _ path: Substring) -> Bool {
    func isAll(_ node: PCRENode) -> Bool {
      guard case .loop(.bytes(let set), let loop) = node else { return false }
      return loop.most == nil && loop.least <= 1 && set.union(.lineBreaks) == .all
    }
    if isAll(group) { return true }
    guard path.utf8.first == UInt8(ascii: "$"), case .sequence(let parts) = group,
      parts.count == 2, case .bytes(let set) = parts[0]
    else { return false }
    return set.single == UInt8(ascii: "/") && isAll(parts[1])
  }

  /// Whether a `rewrite` leads every request back to itself, which nginx ends with 500.
  ///
  /// Only for plain locations without expressions beside them: there it is certain.
  func cycles(_ place: Int) -> Bool {
    let block = index.holder(of: place)
    guard view.contexts[block].kind == .location, isFirstOfRewriting(place, in: block),
      let rewrite = NginxRewrite(view.arguments(place)), rewrite.findsLocationAgain
    else { return false }
    let isWhole = !rewrite.path.utf8.contains(UInt8(ascii: "$"))
    let fixed = String(rewrite.path.prefix { $0 != "$" })
    let next = NginxPathShape(literal: fixed, isWhole: isWhole)
    guard NginxPathShape.alternatives(of: rewrite.pattern).contains(where: { $0.covers(next) })
    else { return false }
    return comesBack(fixed, isWhole: isWhole, to: block)
  }

  /// Whether nothing of the rewrite module comes before a line, or behind one that goes on.
  private func isFirstOfRewriting(_ place: Int, in block: Int) -> Bool {
    let known = NginxAccessNames.shared
    let names = [known.rewrite, known.return, known.break, NginxKnownNames.shared.if]
    let others = names.flatMap { view.statements($0, in: block) }.filter { $0 != place }
    let goesOn = view.argument(2, of: place) == nil
    return goesOn ? others.isEmpty : others.allSatisfy { $0 > place }
  }

  private func comesBack(_ path: String, isWhole: Bool, to location: Int) -> Bool {
    let (modifier, pattern) = locationMatch(location)
    guard view.children(.location, in: location).isEmpty else { return false }
    switch modifier {
    case "=": guard isWhole, path == pattern else { return false }
    case "", "^~": guard path.hasPrefix(pattern) else { return false }
    default: return false
    }
    return view.children(.location, in: Int(view.contexts[location].parent)).allSatisfy { other in
      guard other != location else { return true }
      let (otherModifier, otherPattern) = locationMatch(other)
      switch otherModifier {
      case "@": return true
      case "=": return isWhole ? path != otherPattern : !otherPattern.hasPrefix(path)
      case "", "^~":
        let isBelow = !isWhole && otherPattern.hasPrefix(path)
        let isNearer =
          path.hasPrefix(otherPattern) && otherPattern.utf8.count > pattern.utf8.count
        return modifier == "=" || !isBelow && !isNearer
      default: return modifier == "^~" || modifier == "="
      }
    }
  }
}

extension NginxFact {
  /// What a written `rewrite` does to the requests that it matches.
  static let directiveRewrite: [NginxFact] = [
    NginxFact(
      "gives_any_path", .bool,
      "Whether rewrite lets clients choose the whole new path, and the request goes on with it"
    ) { configuration, place in .bool(configuration.givesAnyPath(place)) },
    NginxFact(
      "cycles", .bool,
      "Whether rewrite leads every request of its location back to itself"
    ) { configuration, place in
      guard configuration.cycles(place) else { return .bool(false) }
      return configuration.unreadAround(configuration.index.holder(of: place))?.unknown
        ?? .bool(true)
    },
  ]
}
