package import Model

// What the inventory shows of a block besides its own lines.
extension NginxResource {
  /// Every setting in force with the defaults of all directives that the block may hold.
  ///
  /// Only for blocks in which values are inherited; the others list what they hold.
  package var everySetting: [Setting] {
    switch kind {
    case .server, .location:
      let server = configuration.view.server(of: context)
      return configuration.settings(
        in: context, all: true, of: server,
        on: server.map { configuration.sockets(of: $0) } ?? []) + conditionalSettings
    case .nginx, .upstream: return settings + defaults
    default: return settings
    }
  }

  /// The lines inside of `if` and `limit_except`, each with its condition in the key, so that it
  /// is not taken for the block's own: `if[$request_method = POST].proxy_pass`.
  var conditionalSettings: [Setting] {
    if kind == .nginx { return configuration.dataSettings }
    guard kind == .server || kind == .location else { return [] }
    let view = configuration.view
    let kinds: [NginxContextKind] = [.ifInServer, .ifInLocation, .limitExcept]
    return kinds.flatMap { view.children($0, in: context) }.flatMap { block in
      let opener = Int(view.contexts[block].opener)
      let condition = "\(view.nameText(opener))[\(view.condition(opener))]"
      return view.contexts[block].range
        .filter { view.statements[$0].child == NginxContext.none }
        .map { configuration.setting(line: $0).inside(condition) }
    }
  }

  /// The defaults of the directives of the block's own kind that are written nowhere in it.
  private var defaults: [Setting] {
    let table = NginxDirectiveTable.shared
    let written = Set(settings.map(\.key))
    return table.ids.compactMap { name in
      guard let info = NginxSchema.info(name, of: kind), !written.contains(table.name(name)),
        configuration.isListed(info), !info.contexts.contains(.init(.server))
      else { return nil }
      let slot = NginxSchema.directiveBase(kind) + Int(name.rawValue)
      let field = Field(
        kind: kind, slot: slot, name: table.name(name), type: info.fieldType, about: "")
      return setting(for: field).flatMap { $0.effective == nil && $0.note == nil ? nil : $0 }
    }
  }
}

extension NginxConfiguration {
  /// The lines of `map`, `geo` and `split_clients`, each with the variable that it gives a value
  /// in the key: `map[$backend].default`.
  ///
  /// A block that tells clients apart by what they must know is left out: its lines are secrets.
  fileprivate var dataSettings: [Setting] {
    let names = NginxVariableNames.shared
    let known = NginxKnownNames.shared
    let places = [known.map, names.geo, known.splitClients].flatMap { index.places(of: $0) }
    return places.sorted().flatMap { place -> [Setting] in
      let opener = Int(place)
      let child = view.statements[opener].child
      guard child != NginxContext.none, let variable = view.arguments(opener).last,
        !Self.namesSecret(view.joined(opener))
      else { return [] }
      let block = "\(view.nameText(opener))[\(variable)]"
      return view.contexts[Int(child)].range.map { setting(line: $0).inside(block) }
    }
  }

  /// Whether the words of a block, such as `$http_x_api_key $client`, speak of what is secret.
  private static func namesSecret(_ words: String) -> Bool {
    let words = words.lowercased()
    return [
      "authorization", "token", "secret", "password", "passwd", "api_key", "apikey", "cookie",
    ].contains { words.contains($0) }
  }

  /// The numbers of the sockets that a server listens on.
  func sockets(of server: Int) -> [Int] {
    listens(server).compactMap { index.socketNumber(of: $0.socket) }
  }

  /// Whether some `listen` of a socket, or an old `ssl on`, makes it speak TLS.
  func speaksTLS(_ socket: Int) -> Bool {
    let known = index.sockets[socket]
    return known.listens.contains(where: \.isTLS) || hasTLS(known.defaultServer)
  }

  /// The settings of a server, with what its sockets' default servers decide in place of its own.
  func withSocketValues(_ settings: [Setting], of server: Int) -> [Setting] {
    let table = NginxDirectiveTable.shared
    let scoped = settings.contains {
      NginxMatchingNames.shared.socketScope(of: table.id($0.key), version: version) != nil
    }
    guard scoped else { return settings }
    let sockets = sockets(of: server)
    return settings.map { setting in
      let name = table.id(setting.key)
      guard NginxMatchingNames.shared.socketScope(of: name, version: version) != nil else {
        return setting
      }
      return self.settings(name, in: server, of: server, on: sockets).first ?? setting
    }
  }
}

extension NginxConfigurationView {
  /// The words between the name of a block and its brace, without the parentheses of `if`.
  fileprivate func condition(_ opener: Int) -> String {
    let text = joined(opener)
    guard text.utf8.first == UInt8(ascii: "("), text.utf8.last == UInt8(ascii: ")") else {
      return text
    }
    return String(text.dropFirst().dropLast()).trimmingBlanks
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension Setting {
  /// The setting as one of a block that the key names first.
  fileprivate func inside(_ block: String) -> Setting {
    Setting(
      key: "\(block).\(key)", field: nil, written: written, effective: effective,
      meaning: meaning, unit: unit, provenance: provenance, origin: origin, note: note,
      refusal: refusal, isSecret: isSecret)
  }

  /// The setting with a note, unless it has one.
  func noting(_ note: String?) -> Setting {
    guard let note, self.note == nil else { return self }
    return Setting(
      key: key, field: field, written: written, effective: effective, meaning: meaning, unit: unit,
      provenance: provenance, origin: origin, note: note, refusal: refusal, isSecret: isSecret)
  }
}
