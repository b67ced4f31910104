import Model

// What may still send a request elsewhere once its location is found.
extension NginxConfiguration {
  /// The lines in force in a location that redirect inside of nginx or judge by method.
  func detours(from location: Int, path: [UInt8]) -> [NginxRoute.Step] {
    let known = NginxKnownNames.shared
    var steps: [NginxRoute.Step] = []
    for place in inForce(known.internalOnly, in: location)?.statements ?? [] {
      steps.append(step(place, "requests from outside get 404"))
    }
    for place in view.statements(known.limitExcept, in: location) {
      steps.append(step(place, "for other methods than these its block counts"))
    }
    for place in view.statements(known.tryFiles, in: location) {
      steps.append(step(place, "what is on the disk decides; the last word is another location"))
    }
    for place in inForce(known.errorPage, in: location)?.statements ?? [] {
      steps.append(step(place, "these answers are replaced, from another location"))
    }
    let answersItself =
      !passes(location).isEmpty
      || !view.statements(NginxMatchingNames.shared.return, in: location).isEmpty
      || !view.statements(known.tryFiles, in: location).isEmpty
    if path.last == UInt8(ascii: "/"), !answersItself {
      let places = inForce(NginxMatchingNames.shared.index, in: location)?.statements ?? []
      steps += places.map { step($0, "an index file is asked for in a location of its own") }
    }
    return steps
  }
}
