/// Finds the location of a path as `ngx_http_core_find_location` does.
///
/// A location of that very name first; else the longest prefix, its nested locations, and then,
/// unless that prefix says `^~`, the regular expressions in their order. `^~` stops only the
/// expressions beside it: those of the block around an outer prefix are still asked.
struct NginxLocationFinder {
  /// Why a location was chosen.
  enum Reason: Sendable, Hashable {
    case exact, prefix, prefixOverPatterns, pattern
    /// Its name is the path with a slash: nginx redirects there.
    case slashRedirect
  }

  /// One step inwards.
  struct Step: Sendable, Hashable {
    let location: Int
    let reason: Reason
  }

  private enum Outcome { case found, redirect, prefix, nothing }

  private let configuration: NginxConfiguration
  private let path: [UInt8]
  private let assumptions: NginxAssumptions
  /// The locations from the outermost to the one that gets the request.
  private(set) var steps: [Step] = []

  private var view: NginxConfigurationView { configuration.view }

  init(
    _ path: [UInt8], in server: Int, of configuration: NginxConfiguration,
    assuming assumptions: NginxAssumptions
  ) {
    self.configuration = configuration
    self.path = path
    self.assumptions = assumptions
    _ = find(in: server)
  }

  /// The depth of blocks is limited when a configuration is built.
  private mutating func find(in block: Int) -> Outcome {
    let locations = view.children(.location, in: block)
    let floor = steps.count
    var outcome = Outcome.nothing
    var asksPatterns = true
    switch plain(locations) {
    case .some(let step):
      steps.append(step)
      if step.reason == .exact { return .found }
      if step.reason == .slashRedirect { return .redirect }
      asksPatterns = step.reason != .prefixOverPatterns
      outcome = find(in: step.location)
    case .none: break
    }
    if outcome == .found || outcome == .redirect { return outcome }
    guard asksPatterns else { return outcome }
    for location in locations where matches(location) {
      steps.removeSubrange(floor...)
      steps.append(Step(location: location, reason: .pattern))
      _ = find(in: location)
      return .found
    }
    return steps.count > floor ? .prefix : .nothing
  }

  /// The best location of a block without an expression.
  private func plain(_ locations: [Int]) -> Step? {
    var redirect: Int?
    var longest: (location: Int, length: Int, stops: Bool)?
    for location in locations {
      let (modifier, name) = configuration.locationMatch(location)
      guard ["", "=", "^~"].contains(modifier) else { continue }
      let bytes = name.utf8
      if modifier == "=", path.elementsEqual(bytes) {
        return Step(location: location, reason: .exact)
      }
      if bytes.count == path.count + 1, bytes.last == UInt8(ascii: "/"), bytes.starts(with: path),
        handsOn(location)
      {
        redirect = location
      }
      guard modifier != "=", path.starts(with: bytes) else { continue }
      if bytes.count > longest?.length ?? -1 {
        longest = (location, bytes.count, modifier == "^~")
      }
    }
    if let redirect, longest?.length != path.count {
      return Step(location: redirect, reason: .slashRedirect)
    }
    return longest.map {
      Step(location: $0.location, reason: $0.stops ? .prefixOverPatterns : .prefix)
    }
  }

  /// Whether a location itself hands requests on, so that its name without the slash leads to it.
  private func handsOn(_ location: Int) -> Bool {
    NginxKnownNames.shared.passes.contains { !view.statements($0, in: location).isEmpty }
  }

  private func matches(_ location: Int) -> Bool {
    let (modifier, text) = configuration.locationMatch(location)
    guard modifier == "~" || modifier == "~*" else { return false }
    let statement = Int(view.contexts[location].opener)
    let pattern = PCREPattern(text, ignoresCase: modifier == "~*")
    guard let found = NginxPatternVerdict.search(pattern, in: path) else {
      return assumptions.holds(statement)
    }
    return found.isMatch
  }
}
