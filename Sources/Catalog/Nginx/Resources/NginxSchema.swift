package import Model

/// The fields of the kinds of nginx: the common ones, the facts, then a field for each directive.
///
/// Slots count in that order; the slot of a directive is ``directiveBase`` and its number, so that
/// a field is found by name once and its value without comparing names.
package enum NginxSchema {
  package static let nginx = schema(.nginx)
  package static let server = schema(.server)
  package static let location = schema(.location)
  package static let upstream = schema(.upstream)

  package static let directive = schema(.directive)
  package static let socket = schema(.socket)
  package static let zone = schema(.zone)

  /// All of them, for the list of schemas.
  package static var all: [KindSchema] {
    [nginx, server, location, upstream, directive, socket, zone]
  }

  /// The first slot of a kind's facts, behind the fields that every kind has.
  static let factBase = 7

  /// The slot of a directive is this plus its number.
  static func directiveBase(_ kind: Kind) -> Int { factBase + NginxFact.facts(of: kind).count }

  /// The contexts whose directives are fields of a kind, the first that has one decides.
  static func contexts(of kind: Kind) -> [NginxContextKind] {
    switch kind {
    case .nginx: rootContexts
    case .server: serverContexts
    case .location: locationContexts
    case .upstream: upstreamContexts
    case .directive: directiveContexts
    default: []
    }
  }

  // Made once: a rule that reads a directive asks for them.
  private static let rootContexts: [NginxContextKind] = [.main, .events, .http]
  private static let serverContexts: [NginxContextKind] = [.server]
  private static let locationContexts: [NginxContextKind] = [.location]
  private static let upstreamContexts: [NginxContextKind] = [.upstream, .streamUpstream]

  /// Every context that holds directives; of rows with different types the first one's counts.
  private static let directiveContexts: [NginxContextKind] =
    [.location, .server, .http]
    + NginxContextKind.allCases.filter {
      ![.location, .server, .http, .data, .foreign].contains($0)
    }

  /// The row of a directive that is a field of a kind.
  static func info(_ name: NginxNameID, of kind: Kind) -> NginxDirectiveInfo? {
    for context in contexts(of: kind) {
      if let info = NginxDirectiveTable.shared.info(name, in: context) { return info }
    }
    return nil
  }

  private static func schema(_ kind: Kind) -> KindSchema {
    KindSchema(
      kind: kind, find: { find($0, of: kind) },
      list: {
        let fixed = KindSchema.common(kind) + facts(of: kind)
        let names = Set(fixed.map(\.name))
        return fixed
          + NginxDirectiveTable.shared.ids.compactMap { directive($0, of: kind) }
          .filter { !names.contains($0.name) }
      },
      parts: {
        let table = NginxDirectiveTable.shared
        return kind == .directive ? table.ids.map { table.name($0) } : []
      })
  }

  private static func find(_ name: String, of kind: Kind) -> Field? {
    if let common = KindSchema.common(kind).first(where: { $0.name == name }) { return common }
    let facts = NginxFact.facts(of: kind)
    if let index = facts.firstIndex(where: { $0.name == name }) { return fact(index, facts, kind) }
    let id = NginxDirectiveTable.shared.id(name)
    return id == .unknown ? nil : directive(id, of: kind)
  }

  private static func facts(of kind: Kind) -> [Field] {
    let facts = NginxFact.facts(of: kind)
    return facts.indices.map { fact($0, facts, kind) }
  }

  private static func fact(_ index: Int, _ facts: [NginxFact], _ kind: Kind) -> Field {
    Field(
      kind: kind, slot: factBase + index, name: facts[index].name, type: facts[index].type,
      unit: facts[index].unit, about: facts[index].about)
  }

  private static func directive(_ id: NginxNameID, of kind: Kind) -> Field? {
    guard let info = info(id, of: kind) else { return nil }
    let name = NginxDirectiveTable.shared.name(id)
    return Field(
      kind: kind, slot: directiveBase(kind) + Int(id.rawValue), name: name, type: info.fieldType,
      unit: info.fieldType == .duration ? .none : info.unit,
      about: "The \(name) directive in force")
  }
}
