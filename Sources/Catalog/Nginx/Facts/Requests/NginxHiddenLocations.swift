import Syntax

/// Which locations never get a request, because others of the same block take every one of them.
///
/// Only what is certain: the same name or expression written twice, expressions of a simple form
/// (see ``NginxPathShape``) of which an earlier one holds a later one, a plain prefix below such
/// an expression, and expressions below a `^~` prefix.
struct NginxHiddenLocations: Sendable {
  private var hiders: [Int32: Int32] = [:]

  /// Each location is held against the first expressions of its block, up to this many.
  private static let mostExpressions = 64

  init(_ configuration: NginxConfiguration) {
    var blocks: [Int32: [Int]] = [:]
    var order: [Int32] = []
    for location in configuration.index.locations {
      let parent = configuration.view.contexts[location].parent
      if blocks[parent] == nil { order.append(parent) }
      blocks[parent, default: []].append(location)
    }
    for parent in order {
      if let locations = blocks[parent], locations.count > 1 { add(locations, configuration) }
    }
    forgetRepetitions(configuration.view)
  }

  /// The location that takes every request which another could have had.
  func hider(of location: Int) -> Int? { hiders[Int32(location)].map { Int($0) } }

  /// Forgets those that say what the one that hides them says: nothing is lost.
  private mutating func forgetRepetitions(_ view: NginxConfigurationView) {
    hiders = hiders.filter { location, hider in
      !Self.areAlike(Int(location), Int(hider), view)
        && !(Self.refuses(Int(location), view) && Self.refuses(Int(hider), view))
    }
  }

  private static func areAlike(_ one: Int, _ other: Int, _ view: NginxConfigurationView) -> Bool {
    let ranges = (view.contexts[one].range, view.contexts[other].range)
    guard ranges.0.count == ranges.1.count else { return false }
    return zip(ranges.0, ranges.1).allSatisfy { one, other in
      view.statements[one].child == NginxContext.none
        && view.statements[other].child == NginxContext.none
        && view.nameText(one) == view.nameText(other)
        && view.arguments(one) == view.arguments(other)
    }
  }

  /// Whether a location answers nobody, by `deny all` or a status such as 404.
  private static func refuses(_ location: Int, _ view: NginxConfigurationView) -> Bool {
    let known = NginxAccessNames.shared
    if let status = view.statements(known.return, in: location).first
      .flatMap({ view.argument(0, of: $0) })
    {
      return status.utf8.first == UInt8(ascii: "4")
    }
    let deny = view.statements(known.deny, in: location).first
    return view.statements(known.allow, in: location).isEmpty
      && deny.flatMap { view.argument(0, of: $0) } == "all"
  }

  private mutating func add(_ locations: [Int], _ configuration: NginxConfiguration) {
    guard locations.contains(where: { Self.mayHide($0, configuration.view) }) else { return }
    let all = locations.compactMap { location -> NginxSibling? in
      let (modifier, pattern) = configuration.locationMatch(location)
      let sibling = NginxSibling(
        location: Int32(location), modifier: modifier, pattern: pattern)
      return sibling.isExpression || !NginxPlaceholder.isIn(pattern.utf8) ? sibling : nil
    }
    addRepeated(all.filter { $0.modifier == "@" })
    let expressions = all.filter(\.isExpression)
    guard !expressions.isEmpty else { return }
    let known = expressions.prefix(Self.mostExpressions).map {
      NginxPathExpression($0, configuration)
    }
    addBelowExpressions(known)
    addRepeated(expressions)
    let plain = all.filter { !$0.isExpression && $0.modifier != "@" }
    for sibling in plain where sibling.modifier.isEmpty {
      let lead = NginxPatternLead(literal: sibling.pattern)
      let near = known.filter { $0.lead.mayAgree(with: lead) && $0.coversPrefixes }
      guard !near.isEmpty, hasNoLocations(Int(sibling.location), configuration) else { continue }
      let shape = NginxPathShape(literal: sibling.pattern, isWhole: false)
      if let hider = near.first(where: { $0.covers([shape]) }) {
        hiders[sibling.location] = hider.location
      }
    }
    let parent = Int(configuration.view.contexts[Int(locations[0])].parent)
    guard configuration.unread.open(in: parent) == nil else { return }
    addBelowPrefixes(known, plain)
  }

  /// Whether a location is an expression or named: the others of a block hide nobody.
  private static func mayHide(_ location: Int, _ view: NginxConfigurationView) -> Bool {
    let opener = view.contexts[location].opener
    guard opener != NginxContext.none,
      let first = view.tree(Int(opener)).argument(0, of: view.id(Int(opener)))
    else { return false }
    return first.hasPrefix("~") || first.hasPrefix("@")
  }

  private mutating func addRepeated(_ siblings: [NginxSibling]) {
    var seen: [String: NginxSibling] = [:]
    for sibling in siblings {
      guard let first = seen[sibling.pattern] else {
        seen[sibling.pattern] = sibling
        continue
      }
      // What respects case does not take what a later one that ignores it could have.
      if first.modifier == sibling.modifier || first.modifier == "~*" {
        hiders[sibling.location] = first.location
      } else {
        seen[sibling.pattern] = sibling
      }
    }
  }

  private mutating func addBelowExpressions(_ expressions: [NginxPathExpression]) {
    for (number, later) in expressions.enumerated() {
      let hider = expressions[..<number].first { earlier in
        earlier.lead.mayAgree(with: later.lead) && !later.shapes.isEmpty
          && earlier.covers(later.shapes)
      }
      if let hider { hiders[later.location] = hider.location }
    }
  }

  /// Expressions that only match below a `^~` prefix, which keeps nginx from trying them.
  private mutating func addBelowPrefixes(
    _ expressions: [NginxPathExpression], _ plain: [NginxSibling]
  ) {
    let closed = plain.filter { $0.modifier == "^~" && !$0.pattern.isEmpty }
    guard !closed.isEmpty else { return }
    for expression in expressions where hiders[expression.location] == nil {
      let near = closed.filter {
        expression.lead.mayAgree(with: NginxPatternLead(literal: $0.pattern))
      }
      guard !near.isEmpty, !expression.shapes.isEmpty else { continue }
      let hider = near.first { prefix in
        expression.shapes.allSatisfy { $0.beginning.starts(with: prefix.pattern.utf8) }
          // A longer plain prefix lets nginx try them again.
          && !plain.contains { $0.modifier.isEmpty && $0.pattern.hasPrefix(prefix.pattern) }
      }
      if let hider { hiders[expression.location] = hider.location }
    }
  }

  /// Whether a location holds no others, which nginx tries before expressions beside it.
  private func hasNoLocations(_ location: Int, _ configuration: NginxConfiguration) -> Bool {
    configuration.view.children(.location, in: location).isEmpty
      && configuration.unread.open(in: location) == nil
  }
}

/// One of the locations of a block.
private struct NginxSibling {
  let location: Int32
  let modifier: String
  let pattern: String

  var isExpression: Bool { modifier == "~" || modifier == "~*" }
}

/// A location with a regular expression, and the forms of path that it takes.
///
/// A class, because the forms are worked out when they are first asked for: most expressions begin
/// with another path than all others of their block.
private final class NginxPathExpression {
  let location: Int32
  let lead: NginxPatternLead
  private(set) lazy var shapes = NginxPathShape.alternatives(
    of: configuration.pattern(sibling.pattern, ignoresCase: sibling.modifier == "~*"))
  private let sibling: NginxSibling
  private let configuration: NginxConfiguration

  init(_ sibling: NginxSibling, _ configuration: NginxConfiguration) {
    self.sibling = sibling
    self.configuration = configuration
    location = sibling.location
    lead = NginxPatternLead(sibling.pattern)
  }

  /// Whether it may take every path that begins with some text.
  var coversPrefixes: Bool { shapes.contains(where: \.isOpen) }

  /// Whether it takes every path of some forms.
  func covers(_ others: [NginxPathShape]) -> Bool {
    others.allSatisfy { other in shapes.contains { $0.covers(other) } }
  }
}
