import Model

extension NginxFact {
  /// What is known of a written `allow`, `deny` or `if` besides its text.
  static let directiveAccess: [NginxFact] = [
    NginxFact(
      "decided_by", .string,
      "The earlier allow or deny of the block that decides otherwise for all its addresses",
      at: { $0.earlierAccessRule($1) }
    ) { configuration, place in
      guard let earlier = configuration.earlierAccessRule(place) else { return .absent }
      let view = configuration.view
      return .string("\(view.nameText(earlier)) \(view.joined(earlier))")
    },
    NginxFact(
      "leaves", .bool,
      "Whether the block it opens ends the request or starts it over in another location"
    ) { configuration, place in
      let child = configuration.view.statements[place].child
      guard child != NginxContext.none else { return .bool(false) }
      if configuration.leaves(Int(child)) { return .bool(true) }
      return configuration.unread.open(in: Int(child))?.unknown ?? .bool(false)
    },
    NginxFact(
      "block_content", .list(.string),
      "The directives of the block it opens that do more than rewrite: all but return, set …"
    ) { configuration, place in
      let child = configuration.view.statements[place].child
      guard child != NginxContext.none else { return .list([]) }
      return configuration.unread.open(in: Int(child))?.unknown
        ?? .list(configuration.content(of: Int(child)).map { .string($0) })
    },
    NginxFact(
      "loses_to", .string,
      "The later if of the block that replaces what this one sets, where both conditions hold",
      at: { $0.replacingIf($1) }
    ) { configuration, place in
      configuration.replacingIf(place).map { .string(configuration.view.joined($0)) } ?? .absent
    },
  ]
}

extension NginxConfiguration {
  /// The earlier line of the same block that holds all addresses of an `allow` or `deny`.
  ///
  /// Only where it says the opposite: a repetition changes nothing.
  fileprivate func earlierAccessRule(_ place: Int) -> Int? {
    let known = NginxAccessNames.shared
    let name = view.statements[place].name
    guard name == known.allow || name == known.deny, let text = view.argument(0, of: place) else {
      return nil
    }
    let block = index.holder(of: place)
    let opposite = name == known.allow ? known.deny : known.allow
    guard let first = view.firstStatement(opposite, in: block), first < place else { return nil }
    let range = NginxAddressRange(text)
    // The first line that covers it decides, and may well be of its own kind.
    var asked = 0
    for earlier in view.contexts[block].range {
      guard earlier < place, asked < Self.mostAccessRules else { break }
      let name = view.statements[earlier].name
      guard name == known.allow || name == known.deny else { continue }
      asked += 1
      if let text = view.argument(0, of: earlier), NginxAddressRange(text).covers(range) {
        return name == opposite ? earlier : nil
      }
    }
    return nil
  }

  /// Lists of thousands of addresses are held against their first lines only.
  private static let mostAccessRules = 32

  /// Whether a block of `if` surely ends in a `return` or in another location.
  fileprivate func leaves(_ block: Int) -> Bool {
    let known = NginxAccessNames.shared
    if !view.statements(known.return, in: block).isEmpty { return true }
    return view.statements(known.rewrite, in: block).contains { rewrite in
      if let flag = view.argument(2, of: rewrite) { return flag != "break" }
      // Without a flag the location is searched again once all rewriting is done.
      return true
    }
  }

  /// The names in a block of directives that are not of the rewrite module.
  fileprivate func content(of block: Int) -> [String] {
    view.firsts(in: block).map { view.nameText($0) }.filter { !Self.rewriting.contains($0) }
  }

  private static let rewriting: Set<String> = [
    "return", "rewrite", "set", "break", "rewrite_log", "uninitialized_variable_warn", "include",
  ]

  /// The last `if` behind this one that sets something and may hold at the same time.
  fileprivate func replacingIf(_ place: Int) -> Int? {
    let block = index.holder(of: place)
    guard view.contexts[block].kind == .location, setsSomething(place) else { return nil }
    let mine = condition(place)
    return view.statements(NginxKnownNames.shared.if, in: block).suffix(Self.mostConditions)
      .last { later in
        guard later > place, setsSomething(later) else { return false }
        return !mine.excludes(condition(later))
      }
  }

  /// Blocks with more conditions than this are held against the last ones only.
  private static let mostConditions = 32

  private func setsSomething(_ place: Int) -> Bool {
    let child = view.statements[place].child
    guard child != NginxContext.none, unread.open(in: Int(child)) == nil else { return false }
    return !leaves(Int(child)) && !content(of: Int(child)).isEmpty
  }

  private func condition(_ place: Int) -> NginxCondition {
    NginxCondition(view.joined(place))
  }
}

/// The condition of an `if`, as far as two of them can be told apart.
private struct NginxCondition {
  private let words: [Substring]

  init(_ text: String) {
    words = text.drop { $0 == "(" || $0 == " " }
      .split { $0 == " " || $0 == "(" || $0 == ")" }
  }

  /// Whether both cannot hold at once: one variable is to be equal to two texts.
  func excludes(_ other: Self) -> Bool {
    guard words.count == 3, other.words.count == 3, words[0] == other.words[0] else { return false }
    let signs = (words[1], other.words[1])
    if signs == ("=", "=") { return words[2] != other.words[2] }
    let isOpposite =
      signs == ("=", "!=") || signs == ("!=", "=")
      || signs == ("~", "!~") || signs == ("!~", "~") || signs == ("~*", "!~*")
      || signs == ("!~*", "~*")
    return isOpposite && words[2] == other.words[2]
  }
}
