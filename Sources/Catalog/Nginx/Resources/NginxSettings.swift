package import Model
import Syntax

extension NginxResource {
  /// The directives written in this block, those of ``sizing`` that run without being written, and
  /// the lines that count under a condition.
  package var settings: [Setting] { ownSettings + conditionalSettings }

  private var ownSettings: [Setting] {
    let view = configuration.view
    let known = NginxKnownNames.shared
    switch kind {
    case .directive: return [configuration.setting(line: context)]
    case .socket:
      return configuration.index.sockets[context].listens.compactMap(\.statement)
        .map { configuration.setting(line: $0) }
    case .zone:
      return configuration.index.zones[context].statements.map { configuration.setting(line: $0) }
    default: break
    }
    var written: Set<NginxNameID> = []
    var settings: [Setting] = []
    for place in contexts.flatMap({ Array(view.contexts[$0].range) }) {
      let statement = view.statements[place]
      guard statement.child == NginxContext.none, statement.name != known.include else { continue }
      written.insert(statement.name)
      settings.append(configuration.setting(at: place, field: nil, in: context))
    }
    for name in Self.sizing(kind) where !written.contains(name) {
      guard let field = NginxSchema.info(name, of: kind),
        let setting = effective(field), setting.effective != nil
      else { continue }
      settings.append(setting)
    }
    return kind == .server ? configuration.withSocketValues(settings, of: context) : settings
  }

  /// The contexts whose lines belong to this resource.
  private var contexts: [Int] {
    guard kind == .nginx else { return [context] }
    let view = configuration.view
    return [0] + view.children(.events, in: 0) + view.children(.http, in: 0)
  }

  private func effective(_ info: NginxDirectiveInfo) -> Setting? {
    let name = NginxDirectiveTable.shared.name(info.nameID)
    let slot = NginxSchema.directiveBase(kind) + Int(info.nameID.rawValue)
    return setting(
      for: Field(kind: kind, slot: slot, name: name, type: info.fieldType, about: name))
  }

  /// The directives that decide how much load a context carries: listed whether written or not.
  static func sizing(_ kind: Kind) -> [NginxNameID] {
    switch kind {
    case .nginx: rootSizing
    case .server: serverSizing
    case .location: locationSizing
    case .upstream: upstreamSizing
    default: []
    }
  }

  private static let rootSizing = ids([
    "worker_processes", "worker_rlimit_nofile", "worker_connections", "keepalive_timeout",
    "keepalive_requests",
  ])
  private static let serverSizing = ids([
    "client_header_timeout", "client_body_timeout", "send_timeout", "keepalive_timeout",
    "keepalive_requests", "client_max_body_size", "limit_req", "limit_conn",
  ])
  private static let locationSizing = ids([
    "proxy_connect_timeout", "proxy_send_timeout", "proxy_read_timeout", "proxy_http_version",
    "proxy_next_upstream", "proxy_next_upstream_tries", "proxy_next_upstream_timeout",
    "proxy_buffering", "client_max_body_size", "limit_req", "limit_conn",
  ])
  private static let upstreamSizing = ids([
    "keepalive", "keepalive_requests", "keepalive_timeout", "keepalive_time", "zone",
  ])

  private static func ids(_ names: [String]) -> [NginxNameID] {
    names.map { NginxDirectiveTable.shared.id($0) }
  }
}

extension NginxConfiguration {
  /// The setting of a directive in a context: what is written for it, or its default.
  func setting(_ info: NginxDirectiveInfo, in context: Int) -> Setting {
    if let found = inForce(info.nameID, in: context) {
      return setting(info, found, in: context)
    }
    let name = NginxDirectiveTable.shared.name(info.nameID)
    let value = value(info, in: context)
    if case .unknown(let reason) = value {
      return Setting(key: name, effective: nil, unit: info.unit, provenance: .unknown, note: reason)
    }
    return Setting(
      key: name, effective: scalar(value, info), unit: info.unit, provenance: .default,
      note: defaultDependsOnVersion(info)
        ? "the default of \(version); it differs between versions, and none was given" : nil)
  }

  private func setting(
    _ info: NginxDirectiveInfo, _ found: NginxInForce, in context: Int
  ) -> Setting {
    let value = value(info, in: context)
    var note: String?
    var provenance = found.context == context ? Provenance.explicit : .inherited
    if case .unknown(let reason) = value { (note, provenance) = (reason, .unknown) }
    let place = found.statements[0]
    return Setting(
      key: NginxDirectiveTable.shared.name(info.nameID), written: written(place),
      effective: scalar(value, info), unit: info.unit, provenance: provenance,
      origin: origin(place), note: note, isSecret: isSecret(place))
  }

  /// The setting of one line as a resource of its own has it.
  func setting(line place: Int, field: String? = nil) -> Setting {
    setting(at: place, field: field, in: index.holder(of: place))
  }

  /// The setting of one line.
  func setting(at place: Int, field: String?, in context: Int) -> Setting {
    let name = view.statements[place].name
    let holder = index.holder(of: place)
    let isHere = holder == context || context == 0
    let provenance = isHere ? Provenance.explicit : .inherited
    guard name != .unknown,
      let info = NginxDirectiveTable.shared.info(name, in: view.contexts[holder].kind)
    else {
      return Setting(
        key: view.nameText(place), field: field, written: written(place),
        effective: .string(view.joined(place)), provenance: provenance, origin: origin(place),
        isSecret: isSecret(place))
    }
    let value = NginxValue(info).read([view.arguments(place)])
    var note: String?
    if case .unknown(let reason) = value { note = reason }
    return Setting(
      key: NginxDirectiveTable.shared.name(name), field: field, written: written(place),
      effective: scalar(value, info), unit: info.unit,
      provenance: note == nil ? provenance : .unknown, origin: origin(place), note: note,
      isSecret: isSecret(place))
  }

  /// A value as the inventory shows it: times in the directive's own unit, lists as one text.
  private func scalar(_ value: FieldValue, _ info: NginxDirectiveInfo) -> Scalar? {
    switch value {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .duration(let value): .int(value / (info.unit.microseconds ?? 1))
    case .list(let values):
      values.isEmpty
        ? nil
        : .string(
          values.map(\.plainText).joined(separator: info.isRepeatable ? "; " : " "))
    case .absent, .unknown, .resource: nil
    }
  }

  /// The arguments of a line as they stand in the file.
  private func written(_ place: Int) -> String {
    let tree = view.tree(place)
    return argumentRange(place).map { tree.source.text($0) } ?? ""
  }

  /// The arguments of a line; its name where it has none.
  func origin(_ place: Int) -> Origin {
    let tree = view.tree(place)
    let name = tree.words(of: view.id(place)).first?.range ?? 0..<0
    return Origin(path: tree.source.path, range: argumentRange(place) ?? name)
  }

  private func argumentRange(_ place: Int) -> Range<Int>? {
    let arguments = view.tree(place).arguments(of: view.id(place))
    guard let first = arguments.first, let last = arguments.last else { return nil }
    return first.range.lowerBound..<last.range.upperBound
  }

  /// Whether a line holds a password or the like, by the name of the directive or its header.
  private func isSecret(_ place: Int) -> Bool {
    let name = view.nameText(place)
    if name == "secure_link_secret" || name == "proxy_password" || name == "secure_link_md5" {
      return true
    }
    let carriers = ["proxy_set_header", "grpc_set_header", "fastcgi_param", "uwsgi_param", "set"]
    guard carriers.contains(name), let subject = view.argument(0, of: place)?.lowercased() else {
      return false
    }
    let value = view.argument(1, of: place) ?? ""
    guard !value.isEmpty, value.utf8.first != UInt8(ascii: "$") else { return false }
    return ["authorization", "token", "secret", "password", "api-key", "api_key", "apikey"]
      .contains { subject.contains($0) }
  }
}

extension FieldValue {
  /// A number or text on its own.
  fileprivate var plainText: String {
    switch self {
    case .string(let value): value
    case .int(let value): String(value)
    default: ""
    }
  }
}
