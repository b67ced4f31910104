package import Capacity
import Catalog
import Findings
import Model
import Syntax

/// The load paths of a set of files with what they carry: what `headgate capacity` shows.
package struct CapacityReport: Sendable {
  package let paths: [PathFigures]
  package let traffic: Traffic
  /// What the figures rest on, for every output.
  package static let assumptions = [
    "Poisson arrivals and exponential hold times (M/M/c): real traffic comes in bursts and waits"
      + " longer",
    "each replica has its own queue and an equal share of the requests",
    "a ceiling is what a place carries alone; while a request waits further on, it keeps its"
      + " places before",
    "a thread or a proxy's connection is held at least as long as the database connection, where"
      + " `request_time` is not declared",
  ]
  /// What keeps a service of a path from starting, by the path's name.
  let refusals: [String: [Refusal]]
  private let lines: SourceLines

  /// A line because of which a product does not start.
  struct Refusal: Hashable {
    let services: [String]
    let origin: Origin
    let message: String
  }

  /// Works the figures out.
  ///
  /// - Parameters:
  ///   - review: the load paths with the changes that are asked about.
  ///   - traffic: the peak and hold time that are asked about.
  ///   - collection: the files, for the lines of settings and what is wrong with them.
  package init(_ review: LoadPathReview, traffic: Traffic, collection: Collection) {
    paths = review.deployments.map { PathFigures($0, traffic) }
      .filter { !$0.stages.isEmpty || !$0.invariants.isEmpty }
    self.traffic = traffic
    var lines = SourceLines()
    for reading in collection.readings { lines.add(reading.sources) }
    self.lines = lines
    var refusals = Self.refusals(collection)
    for deployment in review.deployments {
      for service in deployment.services {
        for refusal in Self.refusals(service)
        where !(refusals[deployment.name] ?? []).contains(where: { $0.origin == refusal.origin }) {
          refusals[deployment.name, default: []].append(refusal)
        }
      }
    }
    self.refusals = refusals
  }

  /// The lines of what a service runs that its products refuse.
  private static func refusals(_ service: Service) -> [Refusal] {
    let parts =
      [service.workload].compactMap { $0 } + service.pools.compactMap(\.part) + service.poolers
      + service.databases + service.servers
    return parts.flatMap { part in
      part.resource.settings.compactMap { setting in
        setting.refusal.map {
          Refusal(
            services: [service.name], origin: setting.origin ?? part.origin,
            message: "\(setting.key): \($0)")
        }
      }
    }
  }

  private static func refusals(_ collection: Collection) -> [String: [Refusal]] {
    var found: [String: [Refusal]] = [:]
    for entry in collection.entries {
      let refused = entry.reading.problems.filter { $0.kind == .refused }
      guard !refused.isEmpty else { continue }
      // What is wrong with the file that deploys keeps all of its services from starting.
      let isOwn = entry.services.isEmpty
      let services = isOwn ? entry.reading.workloads.map(\.service) : entry.services
      for (deployment, group) in Dictionary(grouping: services, by: \.deployment) {
        for problem in refused {
          let refusal = Refusal(
            services: isOwn ? [deployment] : group.map(\.name), origin: problem.origin,
            message: problem.message)
          if !(found[deployment] ?? []).contains(refusal) {
            found[deployment, default: []].append(refusal)
          }
        }
      }
    }
    return found
  }

  /// Whether no path was understood, so that nothing can be said.
  package var isEmpty: Bool { paths.isEmpty }

  /// Whether some place is saturated, some comparison broken, or a service cannot start.
  package var hasFindings: Bool {
    paths.contains { path in
      path.isSaturated || path.isBroken || !(refusals[path.deployment.name] ?? []).isEmpty
    }
  }

  /// `file:line` of a setting; `nil` for what is written nowhere.
  func place(_ origin: Origin?) -> String? {
    guard let origin, !origin.range.isEmpty || origin.path.isEmpty == false else { return nil }
    var lines = lines
    return lines.position(of: origin).map { "\(origin.path):\($0.line)" } ?? origin.path
  }

  func position(_ origin: Origin?) -> SourcePosition? {
    var lines = lines
    return origin.flatMap { lines.position(of: $0) }
  }
}

/// Numbers of a capacity report as people read them.
enum FigureText {
  static func number(_ value: Double?) -> String {
    guard let value else { return "?" }
    guard value.isFinite else { return "no limit" }
    if value >= 100 { return NumberText.short(value, digits: 0) }
    return NumberText.short(value, digits: value >= 10 ? 1 : 2)
  }

  static func percent(_ share: Double?) -> String {
    share.map { "\(NumberText.short($0 * 100, digits: $0 < 0.1 ? 2 : 1)) %" } ?? "?"
  }

  static func time(_ seconds: Double?, isSaturated: Bool) -> String {
    if isSaturated { return "without end" }
    guard let seconds else { return "?" }
    if seconds >= 1 { return "\(NumberText.short(seconds, digits: 1)) s" }
    let milliseconds = seconds * 1_000
    if milliseconds < 0.01 { return "0 ms" }
    return "\(NumberText.short(milliseconds, digits: milliseconds < 10 ? 2 : 1)) ms"
  }

  static func places(_ figures: StageFigures) -> String {
    "\(figures.stage.replicas.value.map { NumberText.short($0) } ?? "?") × "
      + (figures.stage.servers.value.map { NumberText.short($0) } ?? "?")
  }

  /// What is recommended, where it is another size than there is.
  static func recommended(_ figures: StageFigures) -> String {
    guard figures.stage.role == .pool || figures.stage.role == .pooler else { return "" }
    guard let recommended = figures.recommended else { return figures.isSaturated ? "?" : "" }
    return "\(recommended)"
  }
}
