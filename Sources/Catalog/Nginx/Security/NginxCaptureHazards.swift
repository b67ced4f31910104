import Syntax

/// The vulnerabilities that captures of regular expressions open.
extension NginxAdvisoryFinder {
  var rewrites: [Int] { places("rewrite") }

  /// A `rewrite` that leaves the flag "these are arguments" set for the captures behind it.
  ///
  /// The change log of 1.31.0 and its commit: arguments in the replacement, then `set`, `if` or
  /// `rewrite` with an unnamed capture in the same run.
  func isFollowedByCapture(_ place: Int) -> Bool {
    let words = view.arguments(place)
    guard words.count == 2, !NginxReplacement.isRedirect(words[1]),
      NginxReplacement.hasArguments(words[1])
    else { return false }
    return view.contexts[index.holder(of: place)].range.contains { later in
      later > place && usesNumberedCapture(later)
    }
  }

  /// Whether `set`, `if` or `rewrite` evaluates `$1`, an `if` also in its block.
  private func usesNumberedCapture(_ place: Int) -> Bool {
    switch view.nameText(place) {
    case "set", "rewrite":
      return view.argument(1, of: place).map(NginxReplacement.hasNumberedCapture) ?? false
    case "if":
      if view.arguments(place).contains(where: NginxReplacement.hasNumberedCapture) { return true }
      let child = view.statements[place].child
      guard child != NginxContext.none else { return false }
      return view.contexts[Int(child)].range.contains { inner in
        ["set", "rewrite"].contains(view.nameText(inner))
          && view.argument(1, of: inner).map(NginxReplacement.hasNumberedCapture) ?? false
      }
    default: return false
    }
  }

  /// A `rewrite` that writes a group and another group inside it, escaped, and nothing variable.
  func repeatsGroup(_ place: Int) -> Bool {
    let words = view.arguments(place)
    guard words.count > 1 else { return false }
    let isEscaped =
      NginxReplacement.isRedirect(words[1]) || NginxReplacement.hasArguments(words[1])
      || words.dropFirst(2).contains { $0 == "redirect" || $0 == "permanent" }
    guard isEscaped, let used = NginxReplacement.numberedCapturesOnly(words[1]) else {
      return false
    }
    let groups = NginxCaptureGroups(words[0])
    return used.contains { outer in
      used.contains { inner in groups.isInside(inner, of: outer) }
    }
  }

  /// An `alias` in a location that also rewrites and asks for `$request_filename`.
  func isRewrittenAlias(_ place: Int) -> Bool {
    let location = index.holder(of: place)
    let rewritten = view.contexts[location].range.contains { line in
      view.nameText(line) == "rewrite"
        && !view.arguments(line).dropFirst(2).contains {
          ["break", "redirect", "permanent"].contains($0)
        }
        && view.argument(1, of: line).map { !NginxReplacement.isRedirect($0) } ?? false
    }
    return rewritten && mentionsFileName(location)
  }

  private func mentionsFileName(_ context: Int) -> Bool {
    view.contexts[context].range.contains { line in
      if view.arguments(line).contains(where: { $0.contains("$request_filename") }) { return true }
      let child = view.statements[line].child
      guard child != NginxContext.none, view.contexts[Int(child)].kind == .ifInLocation else {
        return false
      }
      return view.contexts[Int(child)].range.contains { inner in
        view.arguments(inner).contains { $0.contains("$request_filename") }
      }
    }
  }

  /// The `map` with groups in its expressions that a text has behind a capture.
  var mapBehindCapture: Int? {
    let maps = capturingMaps
    guard !maps.isEmpty else { return nil }
    var captures: Set<String> = []
    for map in maps { captures.formUnion(map.captures) }
    for (place, statement) in view.statements.enumerated()
    where statement.name != .unknown && hasTwoVariables(place) {
      for word in view.arguments(place) where word.utf8.contains(UInt8(ascii: "$")) {
        var sawCapture = false
        for variable in NginxReplacement.variables(in: word) {
          if sawCapture, let map = maps.first(where: { $0.variable == variable }) {
            return map.place
          }
          sawCapture = sawCapture || captures.contains(variable) || Int(variable) != nil
        }
      }
    }
    return nil
  }

  /// Whether a line has two dollar signs: the few that do are looked at closely.
  private func hasTwoVariables(_ place: Int) -> Bool {
    let tree = view.tree(place)
    var count = 0
    for byte in tree.source.bytes[tree.headRange(of: view.id(place))]
    where byte == UInt8(ascii: "$") {
      count += 1
    }
    return count > 1
  }

  private struct CapturingMap {
    let place: Int
    let variable: String
    /// The names that its expressions give to groups.
    let captures: Set<String>
  }

  /// The maps whose expressions set captures.
  private var capturingMaps: [CapturingMap] {
    places("map").compactMap { place in
      let child = view.statements[place].child
      guard child != NginxContext.none, let variable = view.argument(1, of: place) else {
        return nil
      }
      var names: Set<String> = []
      var hasGroups = false
      for line in view.contexts[Int(child)].range {
        let key = view.nameText(line)
        guard key.utf8.first == UInt8(ascii: "~") else { continue }
        let groups = NginxCaptureGroups(key)
        hasGroups = hasGroups || !groups.spans.isEmpty
        names.formUnion(groups.names)
      }
      guard hasGroups else { return nil }
      return CapturingMap(
        place: place, variable: variable.dropFirst().lowercased(), captures: names)
    }
  }

  /// The line by which a location with `$1` of its own makes subrequests that match again.
  var subrequestWithCapture: Int? {
    guard places("map").contains(where: { hasExpression($0) }) else { return nil }
    let table = NginxDirectiveTable.shared
    let makers = [
      table.id("slice"), table.id("proxy_cache_background_update"),
      table.id("fastcgi_cache_background_update"),
    ]
    guard makers.contains(where: { !index.places(of: $0).isEmpty }) else { return nil }
    for location in index.locations where isCapturing(location) {
      guard
        view.contexts[location].range.contains(where: { line in
          view.arguments(line).contains(where: NginxReplacement.hasNumberedCapture)
        })
      else { continue }
      for maker in makers {
        let line = view.chain(location).lazy.compactMap { view.statements(maker, in: $0).first }
          .first
        if let line, let word = view.argument(0, of: line)?.lowercased(), word != "off", word != "0"
        {
          return line
        }
      }
    }
    return nil
  }

  private func hasExpression(_ map: Int) -> Bool {
    let child = view.statements[map].child
    guard child != NginxContext.none else { return false }
    return view.contexts[Int(child)].range.contains {
      view.nameText($0).utf8.first == UInt8(ascii: "~")
    }
  }

  /// Whether a location is a regular expression with groups.
  private func isCapturing(_ location: Int) -> Bool {
    let opener = view.contexts[location].opener
    guard opener != NginxContext.none else { return false }
    let words = view.arguments(Int(opener))
    guard let first = words.first, first.utf8.first == UInt8(ascii: "~") else { return false }
    return !NginxCaptureGroups(words.last ?? "").spans.isEmpty
  }
}
