/// The statements of a configuration by name, and the block that each stands in.
struct NginxLines: Sendable {
  /// Where the statements of each name begin in ``places``, by the name's number.
  private let starts: [Int32]
  private let places: [Int32]
  private let holders: [Int32]

  /// Gathers them in two passes: counts, then places.
  init(_ view: NginxConfigurationView) {
    let names = NginxDirectiveTable.shared.nameCount + 1
    var starts = [Int32](repeating: 0, count: names + 1)
    for statement in view.statements { starts[Int(statement.name.rawValue) + 1] += 1 }
    // Names that no table has are nobody's to ask for.
    starts[1] = 0
    for name in 1...names { starts[name] += starts[name - 1] }
    var next = starts
    var places = [Int32](repeating: 0, count: Int(starts[names]))
    for (place, statement) in view.statements.enumerated() where statement.name != .unknown {
      let name = Int(statement.name.rawValue)
      places[Int(next[name])] = Int32(place)
      next[name] += 1
    }
    var holders = [Int32](repeating: 0, count: view.statements.count)
    for (number, context) in view.contexts.enumerated() {
      for place in context.range { holders[place] = Int32(number) }
    }
    self.starts = starts
    self.places = places
    self.holders = holders
  }

  /// The places of the statements of a name.
  func places(of name: NginxNameID) -> ArraySlice<Int32> {
    places[Int(starts[Int(name.rawValue)])..<Int(starts[Int(name.rawValue) + 1])]
  }

  /// Whether some statement has a name.
  func isWritten(_ name: NginxNameID) -> Bool {
    starts[Int(name.rawValue)] < starts[Int(name.rawValue) + 1]
  }

  /// The context that a statement stands in.
  func holder(of place: Int) -> Int { Int(holders[place]) }
}
