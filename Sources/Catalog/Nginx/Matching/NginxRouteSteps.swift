import Model
import Syntax

// What the lines on a request's way say, for people.
extension NginxConfiguration {
  /// A written line with its reason.
  func step(_ place: Int, _ reason: String) -> NginxRoute.Step {
    NginxRoute.Step(
      directive: view.nameText(place), text: view.joined(place), reason: reason,
      origin: headOrigin(place))
  }

  func listenStep(_ listen: NginxListen, of socket: NginxSocket) -> NginxRoute.Step {
    NginxRoute.Step(
      directive: "listen", text: listen.text, reason: "opens \(socket.address)",
      origin: listen.statement.map(headOrigin))
  }

  func serverStep(
    _ server: Int, _ match: NginxServerNames.Match, host: String, isOnly: Bool
  ) -> NginxRoute.Step {
    let resource = NginxResource(.server, server, in: self)
    var origin: Origin? = resource.identity.origin
    let reason: String
    switch match {
    case .none:
      reason =
        isOnly
        ? "the only server there" : "no name matches \"\(host)\": the default server answers"
    case .name(let entry, let kind):
      origin = entry.statement.map(headOrigin) ?? origin
      reason =
        switch kind {
        case .exact where entry.name.isEmpty: "for requests without a host"
        case .exact: "its name is \"\(entry.name)\""
        case .leadingWildcard: "\"\(entry.name)\" is the longest wildcard in front that matches"
        case .trailingWildcard: "\"\(entry.name)\" is the longest wildcard at the end that matches"
        case .pattern: "\"\(entry.name)\" is the first expression that matches"
        }
    }
    return NginxRoute.Step(
      directive: "server", text: resource.identity.name, reason: reason, origin: origin)
  }

  func locationStep(_ step: NginxLocationFinder.Step, path: [UInt8]) -> NginxRoute.Step {
    let reason =
      switch step.reason {
      case .exact: "its name is the whole path"
      case .prefix: "the longest prefix of the path"
      case .prefixOverPatterns: "the longest prefix of the path; no expressions are asked"
      case .pattern: "the first expression that matches the path"
      case .slashRedirect: "its name is the path with a slash"
      }
    return self.step(Int(view.contexts[step.location].opener), reason)
  }

  func pathStep(_ path: [UInt8]) -> NginxRoute.Step {
    NginxRoute.Step(
      directive: "path", text: String(decoding: path, as: UTF8.self),
      reason: "what a location is looked for with now", origin: nil)
  }

  /// An `if`, with what its block holds.
  func conditionStep(_ place: Int) -> NginxRoute.Step {
    let child = view.statements[place].child
    var names: [String] = []
    if child != NginxContext.none {
      for line in view.contexts[Int(child)].range {
        let name = view.nameText(line)
        if !names.contains(name) { names.append(name) }
      }
    }
    return step(
      place, "where the condition holds, its block counts: \(names.joined(separator: ", "))")
  }

  func assumptionStep(_ place: Int, _ holds: Bool) -> NginxRoute.Step {
    step(place, holds ? "taken to match: it cannot be judged" : "taken not to match")
  }

  /// The name and arguments of a line, without what its block holds.
  private func headOrigin(_ place: Int) -> Origin {
    let tree = view.tree(place)
    let words = tree.words(of: view.id(place))
    let start = words.first?.range.lowerBound ?? 0
    return Origin(path: tree.source.path, range: start..<(words.last?.range.upperBound ?? start))
  }
}
