import Syntax

/// A regular expression of a configuration, and what it is matched with.
struct NginxExpression: Sendable {
  enum Subject: Sendable, Hashable {
    /// The decoded path of the request.
    case path
    case host
    /// A text with variables, such as the first word of `map` or of a condition.
    case text(String)
    /// Something else: nothing is captured from it that a rule asks for.
    case other
  }

  /// The line that it stands in; for an entry of a `map` the entry.
  let statement: Int
  let text: String
  let ignoresCase: Bool
  let subject: Subject
  /// Whether what follows runs where it does **not** match.
  let isNegated: Bool
}

extension NginxConfiguration {
  /// The regular expressions that a statement itself has.
  func expressions(of place: Int) -> [NginxExpression] {
    let known = NginxKnownNames.shared
    let name = view.statements[place].name
    // Most locations and server names are none: told without making texts.
    if name == known.location || name == known.serverName, !mentionsTilde(place) { return [] }
    switch name {
    case known.location: return [locationExpression(place)].compactMap { $0 }
    case known.if: return [condition(place)].compactMap { $0 }
    case NginxVariableNames.shared.rewrite:
      return [expression(view.argument(0, of: place), place, .path)].compactMap { $0 }
    case known.serverName:
      return view.arguments(place).filter { $0.hasPrefix("~") }.compactMap { name in
        // A capital letter anywhere makes nginx ignore case.
        let hasCapital = name.utf8.contains(where: ByteSet.upper.contains)
        return expression(String(name.dropFirst()), place, .host, ignoresCase: hasCapital)
      }
    case known.map: return mapExpressions(place)
    default: return []
    }
  }

  private func mentionsTilde(_ place: Int) -> Bool {
    let tree = view.tree(place)
    let id = view.id(place)
    var number = 0
    while let argument = tree.argument(number, of: id) {
      if argument.hasPrefix("~") { return true }
      number += 1
    }
    return false
  }

  private func expression(
    _ text: String?, _ place: Int, _ subject: NginxExpression.Subject, ignoresCase: Bool = false,
    isNegated: Bool = false
  ) -> NginxExpression? {
    guard let text else { return nil }
    return NginxExpression(
      statement: place, text: text, ignoresCase: ignoresCase, subject: subject,
      isNegated: isNegated)
  }

  private func locationExpression(_ place: Int) -> NginxExpression? {
    let child = view.statements[place].child
    guard child != NginxContext.none else { return nil }
    let (modifier, pattern) = locationMatch(Int(child))
    guard modifier == "~" || modifier == "~*" else { return nil }
    return expression(pattern, place, .path, ignoresCase: modifier == "~*")
  }

  /// The expression of `if ($a ~ b)`, whose parentheses touch the words or stand alone.
  private func condition(_ place: Int) -> NginxExpression? {
    var words = view.arguments(place)
    guard let first = words.first, first.hasPrefix("(") else { return nil }
    if first == "(" { words.removeFirst() } else { words[0] = String(first.dropFirst()) }
    guard words.count >= 3, let last = words.last, last.hasSuffix(")") else { return nil }
    if last == ")" { words.removeLast() } else { words[words.count - 1] = String(last.dropLast()) }
    guard words.count == 3 else { return nil }
    let operators = [
      "~": (false, false), "~*": (true, false), "!~": (false, true), "!~*": (true, true),
    ]
    guard let (ignoresCase, isNegated) = operators[words[1]] else { return nil }
    return expression(
      words[2], place, .text(words[0]), ignoresCase: ignoresCase, isNegated: isNegated)
  }

  private func mapExpressions(_ place: Int) -> [NginxExpression] {
    let child = view.statements[place].child
    guard child != NginxContext.none, let source = view.argument(0, of: place) else { return [] }
    return view.contexts[Int(child)].range.compactMap { entry in
      let key = view.nameText(entry)
      guard key.utf8.first == UInt8(ascii: "~") else { return nil }
      let ignoresCase = key.hasPrefix("~*")
      return expression(
        String(key.dropFirst(ignoresCase ? 2 : 1)), entry, .text(source), ignoresCase: ignoresCase)
    }
  }
}
