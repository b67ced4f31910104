import Model

extension NginxFact {
  /// What is written beside a line.
  static let directiveNeighbours: [NginxFact] = [
    NginxFact(
      "block_status_codes", .list(.int),
      "The status codes that the return lines of the block it stands in give"
    ) { configuration, place in
      let holder = configuration.index.holder(of: place)
      if let include = configuration.unread.open(in: holder) { return include.unknown }
      return .list(
        configuration.view.statements(NginxTLSNames.shared.answer, in: holder).compactMap { line in
          configuration.view.argument(0, of: line).flatMap { NginxUnits.number($0.utf8) }
            .map { .int($0) }
        })
    }
  ]

  /// What is written anywhere in a configuration.
  static let rootWritten: [NginxFact] = [
    NginxFact(
      "tested_variables", .list(.string),
      "The variables that some if or map decides by, without the dollar sign"
    ) { configuration, _ in
      if let include = configuration.unread.open(inAny: [
        .http, .server, .location, .ifInServer, .ifInLocation,
      ]) {
        return include.unknown
      }
      let table = NginxDirectiveTable.shared
      var seen: Set<String> = []
      for name in ["if", "map"] {
        for place in configuration.index.places(of: table.id(name)) {
          for word in configuration.view.arguments(Int(place)) {
            seen.formUnion(NginxReplacement.variables(in: word))
          }
        }
      }
      return .list(seen.sorted().map { .string($0) })
    },
    NginxFact("sends_files", .bool, "Whether sendfile is on somewhere") { configuration, _ in
      let isOn = configuration.index.places(of: NginxTLSNames.shared.sendfile).contains { place in
        configuration.view.argument(0, of: Int(place))?.lowercased() == "on"
      }
      if isOn { return .bool(true) }
      return configuration.unread.open(inAny: [.http, .server, .location])?.unknown ?? .bool(false)
    },
  ]
}
