import Model

/// A field that no single directive holds: what it means, how it is found, what to underline.
///
/// A class, because each is looked at a hundred thousand times and is seven texts and functions.
final class NginxFact: Sendable {
  let name: String
  let type: FieldType
  let unit: Unit
  let about: String
  /// The value for a context of the configuration.
  let value: @Sendable (NginxConfiguration, Int) -> FieldValue
  /// The statement to underline; `nil` for the resource itself.
  let statement: @Sendable (NginxConfiguration, Int) -> Int?
  /// What to underline where that is no statement: the line of an include.
  let elsewhere: @Sendable (NginxConfiguration, Int) -> Setting?
  /// Equal for contexts in which the value and the statement are; `nil` where only they tell.
  let key: (@Sendable (NginxConfiguration, Int) -> ValueKey?)?

  /// The key of what is the same in a whole configuration.
  static let ofWhole: @Sendable (NginxConfiguration, Int) -> ValueKey? = { configuration, _ in
    ValueKey(owner: ObjectIdentifier(configuration), number: 0)
  }

  init(
    _ name: String, _ type: FieldType, _ about: String, unit: Unit = .none,
    key: (@Sendable (NginxConfiguration, Int) -> ValueKey?)? = nil,
    at statement: @escaping @Sendable (NginxConfiguration, Int) -> Int? = { _, _ in nil },
    elsewhere: @escaping @Sendable (NginxConfiguration, Int) -> Setting? = { _, _ in nil },
    _ value: @escaping @Sendable (NginxConfiguration, Int) -> FieldValue
  ) {
    self.name = name
    self.type = type
    self.unit = unit
    self.about = about
    self.value = value
    self.key = key
    self.statement = statement
    self.elsewhere = elsewhere
  }

  /// The facts of a kind, in the order of their slots.
  static func facts(of kind: Kind) -> [NginxFact] {
    switch kind {
    case .nginx: root
    case .server: server
    case .location: location
    case .upstream: upstream
    case .directive: directive
    case .socket: socket
    case .zone: zone
    default: []
    }
  }
}

extension NginxFact {
  /// What every kind knows of the configuration around it.
  static let around: [NginxFact] = [
    NginxFact(
      "version_given", .bool, "Whether the version was given; otherwise it is assumed",
      key: ofWhole
    ) { configuration, _ in .bool(configuration.versionIsGiven) },
    NginxFact(
      "is_complete", .bool,
      "Whether the whole configuration was read; false for a file that others include",
      key: ofWhole
    ) { configuration, _ in .bool(configuration.isComplete) },
  ]

  /// What every kind that is a block knows.
  static let shared: [NginxFact] = [
    around[0],
    NginxFact(
      "version_dependent_defaults", .list(.string),
      "Directives written nowhere whose default differs between versions in use, no version given"
    ) { .list($0.versionDependentDefaults(in: $1).map { .string($0) }) },
    around[1],
    NginxFact(
      "written", .list(.string), "The directives written in this very block, in reading order"
    ) { $0.written(in: [$1]) },
    NginxFact(
      "written_in_scope", .list(.string),
      "The directives written in this block or one around it: the others run with their default"
    ) { $0.written(in: $0.view.chain($1)) },
  ]
}

extension NginxConfiguration {
  /// The names of the directives in some contexts as a list; unknown where not all were read.
  func written(in contexts: [Int]) -> FieldValue {
    for context in contexts {
      if let include = unread.open(in: context) { return include.unknown }
    }
    return .list(names(in: contexts).map { .string($0) })
  }

  /// The names of the directives in some contexts, each once.
  private func names(in contexts: [Int]) -> [String] {
    let table = NginxDirectiveTable.shared
    var seen: Set<NginxNameID> = []
    var names: [String] = []
    for context in contexts {
      for place in view.firsts(in: context) {
        let name = view.statements[place].name
        if name != .unknown, seen.insert(name).inserted { names.append(table.name(name)) }
      }
      for name in unread.known(in: context) where seen.insert(name).inserted {
        names.append(table.name(name))
      }
    }
    return names
  }

  func versionDependentDefaults(in context: Int) -> [String] {
    guard !versionIsGiven else { return [] }
    let table = NginxDirectiveTable.shared
    let kind = view.contexts[context].kind
    return Self.changedDefaults.compactMap { name in
      guard let info = table.info(name, in: kind), defaultDependsOnVersion(info),
        case .nowhere = lookup(name, in: context)
      else { return nil }
      return table.name(name)
    }
  }

  /// The directives whose default changed between the versions in use.
  private static let changedDefaults: [NginxNameID] = {
    let table = NginxDirectiveTable.shared
    return table.ids.filter { name in
      table.firstInfo(name) { info in
        info.hasHistory
          && table.defaultText(info, version: NginxVersions.oldest)
            != table.defaultText(info, version: NginxVersions.newest)
      } != nil
    }
  }()
}
