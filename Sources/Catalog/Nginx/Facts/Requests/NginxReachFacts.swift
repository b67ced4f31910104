import Model
import Synchronization

extension NginxFact {
  /// Whether a location can be reached, and by what else.
  static let locationReach: [NginxFact] = [
    NginxFact(
      "hidden_by", .resource(.location),
      "A location of the same block that takes every request this one could have; absent for none",
      at: { $0.hider(of: $1).map { Int($0) } }
    ) { configuration, location in
      configuration.resource(.location, configuration.overlaps.locations.hider(of: location))
    }
  ]

  /// Which of its names a server does not get, and which locations nobody may ask for directly.
  static let serverReach: [NginxFact] = [
    NginxFact(
      "names_taken", .list(.string),
      "Names that another server of the same socket has already, so that nginx ignores them",
      at: { $0.nameLine(of: $1) }
    ) { configuration, server in
      .list(
        configuration.overlaps.names.names(of: server).map { taken in
          .string(taken.name.isEmpty ? "\"\"" : taken.name)
        })
    },
    NginxFact(
      "names_taken_by", .resource(.server), "The server that answers to the first of those names",
      at: { configuration, server in
        configuration.overlaps.names.names(of: server).first
          .flatMap { configuration.nameLine(of: Int($0.owner)) }
      }
    ) { configuration, server in
      configuration.resource(
        .server, configuration.overlaps.names.names(of: server).first.map { Int($0.owner) })
    },
    NginxFact(
      "internal_locations", .list(.resource(.location)),
      "Its locations for internal requests only that stand for a whole tree of paths"
    ) { configuration, server in
      .list(
        configuration.internalLocations(of: server).map { configuration.resource(.location, $0) })
    },
    NginxFact(
      "locations_unreturned", .list(.resource(.location)),
      "Its locations that a return of the server itself would keep from every request"
    ) { configuration, server in
      .list(
        configuration.view.children(.location, in: server)
          .filter { configuration.locationMatch($0).modifier != "@" }
          .map { configuration.resource(.location, $0) })
    },
  ]

  /// What is known of lines that define something.
  static let directiveDefinitions: [NginxFact] = [
    NginxFact(
      "variable", .string, "The variable that map, geo or split_clients defines, with its sign"
    ) { configuration, place in
      NginxDefinedVariables.variableName(definedBy: place, configuration).map { .string($0) }
        ?? .absent
    },
    NginxFact(
      "replaced_by", .string,
      "The later map, geo or split_clients that defines the same variable: it alone counts",
      at: { configuration, place in configuration.overlaps.variables.successor(of: place) }
    ) { configuration, place in
      configuration.overlaps.variables.successor(of: place).map { successor in
        .string("\(configuration.view.nameText(successor)) \(configuration.view.joined(successor))")
      } ?? .absent
    },
    NginxFact(
      "chooses_backend", .bool,
      "Whether the variable it defines is the whole host of a pass and no if looks at it"
    ) { configuration, place in
      .bool(
        NginxDefinedVariables.variableName(definedBy: place, configuration).map {
          configuration.overlaps.variables.choosesBackend($0)
        } ?? false)
    },
    NginxFact(
      "lists_all_values", .bool,
      "Whether map lists every value of its source, which another block gives constants only"
    ) { configuration, place in
      .bool(NginxDefinedVariables.listsAllValues(place, configuration))
    },
    NginxFact(
      "uncovered_percent", .double,
      "The share of clients that split_clients gives an empty value, in percent"
    ) { configuration, place in configuration.uncoveredPercent(place) },
  ]
}

/// What shows only where blocks are held against each other.
struct NginxOverlaps: Sendable {
  let locations: NginxHiddenLocations
  let names: NginxTakenNames
  let variables: NginxDefinedVariables

  init(_ configuration: NginxConfiguration) {
    locations = NginxHiddenLocations(configuration)
    names = NginxTakenNames(configuration)
    variables = NginxDefinedVariables(configuration)
  }
}

extension NginxConfiguration {
  /// Gathered when the first rule asks.
  var overlaps: NginxOverlaps {
    knownOverlaps.withLock { known in
      if let known { return known }
      let overlaps = NginxOverlaps(self)
      known = overlaps
      return overlaps
    }
  }

  /// The line of the location that takes another's requests.
  fileprivate func hider(of location: Int) -> Int32? {
    overlaps.locations.hider(of: location).map { view.contexts[$0].opener }
  }

  fileprivate func nameLine(of server: Int) -> Int? {
    view.statements(NginxKnownNames.shared.serverName, in: server).first
      ?? listens(server).first?.statement
  }

  /// Locations by prefix or expression that say `internal`: error pages are single paths.
  fileprivate func internalLocations(of server: Int) -> [Int] {
    view.children(.location, in: server).filter { location in
      guard !view.statements(NginxKnownNames.shared.internalOnly, in: location).isEmpty else {
        return false
      }
      return ["", "^~"].contains(locationMatch(location).modifier)
    }
  }

  /// What the lines of a `split_clients` leave over; unknown where they are not read.
  func uncoveredPercent(_ place: Int) -> FieldValue {
    let child = view.statements[place].child
    guard child != NginxContext.none else { return .absent }
    // In hundredths of a percent, as nginx counts.
    var rest: Int64 = 10_000
    for line in view.contexts[Int(child)].range {
      let share = view.nameText(line)
      if share == "*" { return .double(0) }
      guard let hundredths = Self.hundredths(share) else {
        return .unknown("\"\(share)\" is no percentage")
      }
      rest -= hundredths
    }
    return .double(Double(max(rest, 0)) / 100)
  }

  private static func hundredths(_ text: String) -> Int64? {
    guard text.utf8.last == UInt8(ascii: "%") else { return nil }
    let parts = text.utf8.dropLast()
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = NginxUnits.number(parts[0]), whole <= 100 else {
      return nil
    }
    guard parts.count == 2 else { return whole * 100 }
    guard (1...2).contains(parts[1].count), let rest = NginxUnits.number(parts[1]) else {
      return nil
    }
    return whole * 100 + (parts[1].count == 1 ? rest * 10 : rest)
  }
}
