package import Model
import Syntax

/// One context of a configuration as rules and the inventory see it.
///
/// A number and a reference: its values are worked out when they are asked for, because a large
/// configuration has millions of pairs of location and directive and rules ask for few of them.
package struct NginxResource: Resource {
  package let configuration: NginxConfiguration
  private let kindOfResource: Kind
  /// What it is, by number: a context (0, the whole, for kind nginx), the place of a directive's
  /// statement, or the place in the index's list of sockets or zones.
  let context: Int

  init(_ kind: Kind, _ context: Int, in configuration: NginxConfiguration) {
    self.configuration = configuration
    kindOfResource = kind
    self.context = context
  }

  package var kind: Kind { kindOfResource }

  package var identity: ResourceIdentity {
    ResourceIdentity(
      kind: kind, technology: nginxName, version: configuration.version, name: name,
      origin: origin, environment: configuration.environment ?? "production",
      environmentIsDeclared: configuration.environment != nil)
  }

  package var profile: ResourceProfile {
    ResourceProfile(
      technology: nginxName, version: configuration.version,
      environment: configuration.environment ?? "production")
  }

  package var key: ValueKey? {
    let number: Int? =
      switch kind {
      case .nginx: 0
      case .server: 1
      case .location: 2
      case .upstream: 3
      case .directive: 4
      case .socket: 5
      case .zone: 6
      default: nil
      }
    return number.map {
      ValueKey(owner: ObjectIdentifier(configuration), number: context << 3 | $0)
    }
  }

  /// The block that decides a directive: all that inherit from it have one value.
  package func key(of field: Field) -> ValueKey? {
    guard kind != .nginx else { return nil }
    let facts = NginxFact.facts(of: kind)
    let index = field.slot - NginxSchema.factBase
    if index < 0 { return nil }
    if index < facts.count { return facts[index].key?(configuration, context) }
    return directive(field).flatMap { configuration.key(of: $0.0.nameID, in: $0.1) }
  }

  package func basis(of field: Field) -> FieldBasis {
    let bases = NginxFactBasis.all(of: kind)
    let index = field.slot - NginxSchema.factBase
    if index < 0 { return .alone }
    return bases.indices.contains(index) ? bases[index] : .place
  }

  /// The words of the line, or of the line that opens the location.
  package var words: ResourceWords? {
    let view = configuration.view
    switch kind {
    case .directive:
      // What a `map` holds is as much a part of it as its words.
      let child = view.statements[context].child
      let isData = child != NginxContext.none && view.contexts[Int(child)].kind == .data
      return isData ? nil : configuration.words(context)
    case .location:
      let opener = Int(view.contexts[context].opener)
      return opener < 0 ? nil : configuration.words(opener)
    default: return nil
    }
  }

  package func parts(named names: Set<String>) -> [any Resource] {
    guard kind == .nginx else { return [] }
    return names.flatMap { name -> [any Resource] in
      let id = NginxDirectiveTable.shared.id(name)
      return id == .unknown
        ? []
        : configuration.index.places(of: id).map { place in
          NginxResource(.directive, Int(place), in: configuration)
        }
    }
  }

  package func value(of field: Field) -> FieldValue {
    let facts = NginxFact.facts(of: kind)
    let index = field.slot - NginxSchema.factBase
    if index < 0 {
      return field.name == "name" ? .string(name) : identity.value(of: field) ?? .absent
    }
    if index < facts.count { return facts[index].value(configuration, context) }
    guard let (info, place) = directive(field) else { return .absent }
    return hidingBlock(of: info, at: place)?.unknown ?? configuration.value(info, in: place)
  }

  package func setting(for field: Field) -> Setting? {
    let facts = NginxFact.facts(of: kind)
    let index = field.slot - NginxSchema.factBase
    if index < 0 { return nil }
    if index < facts.count {
      return facts[index].statement(configuration, context).map {
        configuration.setting(at: $0, field: field.name, in: block)
      } ?? facts[index].elsewhere(configuration, context)
    }
    guard let (info, place) = directive(field) else { return nil }
    if let include = hidingBlock(of: info, at: place), case .unknown(let reason) = include.unknown {
      return Setting(
        key: field.name, effective: nil, unit: info.unit, provenance: .unknown, note: reason)
    }
    return configuration.setting(info, in: place)
  }

  package func origin(of field: Field) -> Origin? {
    let facts = NginxFact.facts(of: kind)
    let index = field.slot - NginxSchema.factBase
    if index < 0 { return nil }
    if index < facts.count {
      return facts[index].statement(configuration, context).map { configuration.origin($0) }
        ?? facts[index].elsewhere(configuration, context)?.origin
    }
    guard let (info, place) = directive(field), hidingBlock(of: info, at: place) == nil,
      let found = configuration.inForce(info.nameID, in: place)
    else { return nil }
    return configuration.origin(found.statements[0])
  }

  /// The block whose own lines are its own: the one that a directive or zone stands in.
  private var block: Int {
    switch kind {
    case .directive: configuration.index.holder(of: context)
    case .zone: configuration.index.holder(of: configuration.index.zones[context].statement)
    default: context
    }
  }

  /// The include at the top that may hold the whole block of a directive, where none was read.
  private func hidingBlock(of info: NginxDirectiveInfo, at place: Int) -> NginxUnreadInclude? {
    guard kind == .nginx, !info.contexts.contains(.init(configuration.view.contexts[place].kind))
    else { return nil }
    return configuration.unread.open(in: place)
  }

  /// The row of a directive's field, and the context it is asked for in.
  private func directive(_ field: Field) -> (NginxDirectiveInfo, Int)? {
    let number = field.slot - NginxSchema.directiveBase(kind)
    guard number > 0, let name = UInt16(exactly: number) else { return nil }
    if kind == .directive { return around(NginxNameID(rawValue: name), type: field.type) }
    for kindOfContext in NginxSchema.contexts(of: kind) {
      guard
        let info = NginxDirectiveTable.shared.info(
          NginxNameID(rawValue: name), in: kindOfContext)
      else { continue }
      return place(of: kindOfContext).map { (info, $0) }
    }
    return nil
  }

  /// The nearest block around a statement that may hold a directive, where it has that type.
  private func around(
    _ name: NginxNameID, type: FieldType
  ) -> (NginxDirectiveInfo, Int)? {
    let view = configuration.view
    var place = configuration.index.holder(of: context)
    while true {
      if let info = NginxDirectiveTable.shared.info(name, in: view.contexts[place].kind) {
        return info.fieldType == type ? (info, place) : nil
      }
      guard view.contexts[place].parent != NginxContext.none else { return nil }
      place = Int(view.contexts[place].parent)
    }
  }

  /// The context of a kind: itself, or for the whole configuration its main, events or http level.
  private func place(of wanted: NginxContextKind) -> Int? {
    let view = configuration.view
    guard kind == .nginx else { return view.contexts[context].kind == wanted ? context : nil }
    switch wanted {
    case .main: return configuration.isComplete ? 0 : nil
    case .events, .http:
      if view.contexts[0].kind == wanted { return 0 }
      // Without the block nginx runs with the defaults, which are the same at the main level.
      return configuration.isComplete ? view.children(wanted, in: 0).first ?? 0 : nil
    default: return nil
    }
  }

  private var name: String {
    let view = configuration.view
    switch kind {
    case .directive: return view.nameText(context)
    case .socket: return configuration.index.sockets[context].address
    case .zone: return configuration.index.zones[context].name
    default: break
    }
    let opener = view.contexts[context].opener
    guard opener != NginxContext.none, kind != .nginx else { return view.trees[0].source.path }
    guard kind == .server else { return view.joined(Int(opener)) }
    let known = NginxKnownNames.shared
    let names = view.statements(known.serverName, in: context).flatMap { view.arguments($0) }
    return names.first { !$0.isEmpty && $0 != "_" }
      ?? configuration.listens(context).first?.text ?? "server"
  }

  private var origin: Origin {
    let view = configuration.view
    switch kind {
    case .directive: return configuration.origin(context)
    case .socket: return configuration.socketOrigin(context)
    case .zone: return configuration.origin(configuration.index.zones[context].statement)
    default: break
    }
    let opener = view.contexts[context].opener
    guard opener != NginxContext.none, kind != .nginx else {
      let tree = view.trees[0]
      let first = tree.all.first.map { tree.headRange(of: $0) }
      return Origin(path: tree.source.path, range: first ?? 0..<0)
    }
    let tree = view.tree(Int(opener))
    let words = tree.words(of: view.id(Int(opener)))
    let start = words.first?.range.lowerBound ?? 0
    return Origin(path: tree.source.path, range: start..<(words.last?.range.upperBound ?? start))
  }
}

extension NginxConfiguration {
  /// Equal for contexts in which a directive has one value and comes from one line.
  func key(of name: NginxNameID, in place: Int) -> ValueKey? {
    let holder: Int
    switch deciding(name, in: place) {
    case .block(let block): holder = block
    case .nobody: holder = -1
    case .unread: return nil
    }
    // Where it is written decides about provenance, the kind of block about how it is read.
    let isHere = holder == place ? 1 : 0
    let block = Int(view.contexts[place].kind.rawValue)
    return ValueKey(
      owner: ObjectIdentifier(self), number: ((holder + 1) << 1 | isHere) << 5 | block,
      more: Int(name.rawValue))
  }

  /// A resource as the value of a field; absent where there is none.
  func resource(_ kind: Kind, _ context: Int?) -> FieldValue {
    context.map { .resource(NginxResource(kind, $0, in: self)) } ?? .absent
  }

  /// Every resource of the configuration: itself, upstreams, servers, locations, sockets, zones.
  ///
  /// Servers of `stream` and `mail` are read and counted but are no resources: a rule about servers
  /// speaks of HTTP, and most of its fields would be absent there.
  package var resources: [any Resource] {
    var list: [any Resource] = [NginxResource(.nginx, 0, in: self)]
    list.reserveCapacity(1 + index.upstreams.count + index.servers.count + index.locations.count)
    list += index.upstreams.map { NginxResource(.upstream, $0, in: self) }
    list += index.servers.map { NginxResource(.server, $0, in: self) }
    list += index.locations.map { NginxResource(.location, $0, in: self) }
    list += index.sockets.indices.map { NginxResource(.socket, $0, in: self) }
    list += index.zones.indices.map { NginxResource(.zone, $0, in: self) }
    return list
  }
}
