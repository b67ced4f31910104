/// What the directives of the rewrite module in one block make of a path.
///
/// They run in their order, those of the server before a location is looked for and those of the
/// location after it. What a condition of `if` comes to, nobody knows here.
struct NginxRewriting {
  /// How the block leaves a request.
  enum Ending: Sendable, Hashable {
    /// With the path it has.
    case goesOn
    /// With another path, for which a location is looked for.
    case newPath([UInt8])
    /// With another path, which stays in this location.
    case newPathHere([UInt8])
    /// Answered by this statement.
    case answered(Int)
    /// With a path that variables decide, by this statement.
    case unknownPath(Int)
    /// Without any path, which nginx answers with 500.
    case emptyPath
  }

  private let configuration: NginxConfiguration
  private let isServer: Bool
  private let assumptions: NginxAssumptions
  private(set) var path: [UInt8]
  private(set) var ending = Ending.goesOn
  /// The statements that changed the path, in order.
  private(set) var applied: [Int] = []
  /// Those that apply only if a condition holds.
  private(set) var conditional: [Int] = []

  private var view: NginxConfigurationView { configuration.view }

  init(
    _ block: Int, of configuration: NginxConfiguration, path: [UInt8],
    assuming assumptions: NginxAssumptions
  ) {
    self.configuration = configuration
    self.assumptions = assumptions
    self.path = path
    isServer = configuration.view.contexts[block].kind == .server
    for place in configuration.view.contexts[block].range where run(place) { break }
    if ending == .goesOn, !applied.isEmpty { ending = .newPath(self.path) }
  }

  /// Whether nothing after the statement runs.
  private mutating func run(_ place: Int) -> Bool {
    let names = NginxMatchingNames.shared
    switch view.statements[place].name {
    case names.return:
      ending = .answered(place)
      return true
    case names.break:
      if !applied.isEmpty { ending = isServer ? .newPath(path) : .newPathHere(path) }
      return true
    case NginxKnownNames.shared.if:
      if mayDivert(place) { conditional.append(place) }
      return false
    case names.rewrite: return rewrite(place)
    default: return false
    }
  }

  /// Whether the block of an `if` may do more than set variables.
  private func mayDivert(_ place: Int) -> Bool {
    let known = NginxKnownNames.shared
    let child = view.statements[place].child
    guard child != NginxContext.none else { return false }
    return view.contexts[Int(child)].range.contains { view.statements[$0].name != known.set }
  }

  private mutating func rewrite(_ place: Int) -> Bool {
    let arguments = view.arguments(place)
    guard arguments.count > 1 else { return false }
    let flag = arguments.count > 2 ? arguments[2] : ""
    var groups: [Range<Int>?] = []
    if let found = NginxPatternVerdict.search(PCREPattern(arguments[0]), in: path) {
      guard let matched = found.groups else { return false }
      groups = matched
    } else if !assumptions.holds(place) {
      return false
    }
    let isRedirect =
      ["redirect", "permanent"].contains(flag)
      || ["http://", "https://", "$scheme"].contains { arguments[1].hasPrefix($0) }
    if isRedirect {
      ending = .answered(place)
      return true
    }
    applied.append(place)
    guard let next = replacement(arguments[1], groups) else {
      ending = .unknownPath(place)
      return true
    }
    path = next
    if next.isEmpty {
      ending = .emptyPath
      return true
    }
    switch flag {
    case "last": ending = .newPath(path)
    case "break": ending = isServer ? .newPath(path) : .newPathHere(path)
    default: return false
    }
    return true
  }

  /// The new path; `nil` where more than groups decide it.
  private func replacement(_ text: String, _ groups: [Range<Int>?]) -> [UInt8]? {
    let bytes = Array(text.utf8.prefix { $0 != UInt8(ascii: "?") })
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "$") else {
        result.append(bytes[place])
        place += 1
        continue
      }
      guard place + 1 < bytes.count, (0x31...0x39).contains(bytes[place + 1]) else {
        return nil
      }
      let number = Int(bytes[place + 1] - 0x30)
      guard !groups.isEmpty else { return nil }
      if number < groups.count, let group = groups[number] { result += path[group] }
      place += 2
    }
    return result
  }
}
