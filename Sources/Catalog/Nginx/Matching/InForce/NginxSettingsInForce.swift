import Model

// What runs in a block, with the lines that say so.
extension NginxConfiguration {
  /// Every setting in force in a server or location: own lines, inherited ones, then the defaults
  /// that decide how much load it carries.
  ///
  /// - Parameters:
  ///   - all: whether every other default is listed too.
  ///   - server: the server around the block; `nil` where the file leaves it out.
  ///   - sockets: the sockets in question, whose default servers decide some directives.
  func settings(
    in context: Int, all: Bool, of server: Int?, on sockets: [Int]
  ) -> [Setting] {
    var settings: [Setting] = []
    var seen: Set<NginxNameID> = []
    func add(_ name: NginxNameID, isWritten: Bool) {
      guard name != .unknown, seen.insert(name).inserted else { return }
      let found = self.settings(name, in: context, of: server, on: sockets)
      settings += isWritten ? found : found.filter { $0.effective != nil || $0.note != nil }
    }
    for holder in view.chain(context) {
      for place in view.contexts[holder].range where isValue(place) {
        let name = view.statements[place].name
        if holder == context || isInherited(name, to: context) { add(name, isWritten: true) }
        if name == .unknown, holder == context { settings.append(setting(line: place)) }
      }
    }
    for name in sizing(context) { add(name, isWritten: false) }
    guard all else { return settings }
    for name in NginxDirectiveTable.shared.ids where isListed(name, in: context, of: server) {
      add(name, isWritten: false)
    }
    return settings
  }

  /// What is in force for one directive: in the block, else in the one around it that may have it.
  func settings(
    named name: String, in context: Int, of server: Int?, on sockets: [Int]
  ) -> [Setting] {
    settings(NginxDirectiveTable.shared.id(name), in: context, of: server, on: sockets)
  }

  /// What is in force for a directive, one setting for each line of a list.
  func settings(
    _ name: NginxNameID, in context: Int, of server: Int?, on sockets: [Int]
  ) -> [Setting] {
    let holder = view.chain(context).first { info(name, in: $0) != nil }
    guard let holder, let info = info(name, in: holder) else { return [] }
    if let server, let deciders = deciders(of: name, for: server, on: sockets) {
      return [setting(info, of: server, decidedBy: deciders)]
    }
    if isReplacedByNearerRoot(name, in: context) { return [] }
    guard let found = inForce(name, in: holder), found.statements.count > 1 || info.isList else {
      return [setting(info, in: holder).noting(droppedLines(name, in: holder))]
    }
    let note = droppedLines(name, in: holder)
    return found.statements.map { setting(at: $0, field: nil, in: context).noting(note) }
  }

  /// The default servers that decide a directive in place of a server; `nil` where it does itself.
  private func deciders(of name: NginxNameID, for server: Int, on sockets: [Int]) -> [Int]? {
    guard let scope = NginxMatchingNames.shared.socketScope(of: name, version: version) else {
      return nil
    }
    var found: [Int] = []
    for socket in sockets {
      guard scope == .all || speaksTLS(socket) == (scope == .tls) else { continue }
      let decider = index.sockets[socket].defaultServer
      if !found.contains(decider) { found.append(decider) }
    }
    return found.isEmpty || found == [server] ? nil : found
  }

  /// A setting of a server that others decide; what is written there does not run.
  private func setting(
    _ info: NginxDirectiveInfo, of server: Int, decidedBy deciders: [Int]
  ) -> Setting {
    let own = setting(info, in: server)
    let theirs = deciders.map { setting(info, in: $0) }
    guard let first = theirs.first, theirs.contains(where: { $0.effective != own.effective }) else {
      return own
    }
    let names = deciders.map { NginxResource(.server, $0, in: self).identity.name }
    let note = "the default server of the socket decides: \(names.joined(separator: ", "))"
    let agree = theirs.allSatisfy { $0.effective == first.effective }
    return Setting(
      key: own.key, written: own.written, effective: agree ? first.effective : nil,
      unit: info.unit, provenance: agree ? .clamped : .unknown,
      origin: own.written == nil ? first.origin : own.origin,
      note: agree ? note : note + ", which differ", isSecret: own.isSecret)
  }

  /// The row of a directive in a block.
  private func info(_ name: NginxNameID, in context: Int) -> NginxDirectiveInfo? {
    NginxDirectiveTable.shared.info(name, in: view.contexts[context].kind)
  }

  /// Whether a line gives a value; blocks and includes are no settings.
  private func isValue(_ place: Int) -> Bool {
    let statement = view.statements[place]
    return statement.child == NginxContext.none
      && statement.name != NginxKnownNames.shared.include
  }

  /// Whether a line further out counts in a block, because it could stand there as well.
  private func isInherited(_ name: NginxNameID, to context: Int) -> Bool {
    NginxKnownNames.shared.isInherited(name) && info(name, in: context) != nil
  }

  private func sizing(_ context: Int) -> [NginxNameID] {
    NginxResource.sizing(view.contexts[context].kind == .location ? .location : .server)
  }

  /// Whether a directive is one that this version has and everybody may use here.
  private func isListed(_ name: NginxNameID, in context: Int, of server: Int?) -> Bool {
    let info = info(name, in: context) ?? server.flatMap { self.info(name, in: $0) }
    return info.map(isListed) ?? false
  }

  /// Whether a directive is one that this version has and everybody may use.
  func isListed(_ info: NginxDirectiveInfo) -> Bool {
    guard !info.isCommercial, !info.isThirdParty, info.value != .block else { return false }
    let table = NginxDirectiveTable.shared
    return (table.since(info).map { $0 <= version } ?? true)
      && (table.removed(info).map { version < $0 } ?? true)
  }

  /// Whether `root` stands nearer than `alias`, or the other way round: the two are one setting.
  private func isReplacedByNearerRoot(_ name: NginxNameID, in context: Int) -> Bool {
    let names = NginxMatchingNames.shared
    guard name == names.root || name == names.alias,
      let own = inForce(name, in: context),
      let other = inForce(name == names.root ? names.alias : names.root, in: context)
    else { return false }
    return view.contexts[other.context].depth > view.contexts[own.context].depth
  }

  /// What lines further out would have added, were a list not inherited whole or not at all.
  private func droppedLines(_ name: NginxNameID, in context: Int) -> String? {
    guard NginxKnownNames.shared.isInherited(name), let info = info(name, in: context), info.isList,
      let found = inForce(name, in: context)
    else { return nil }
    let parent = view.contexts[found.context].parent
    guard parent != NginxContext.none, let outer = inForce(name, in: Int(parent)) else {
      return nil
    }
    let kind = view.contexts[outer.context].kind.title
    let count = outer.statements.count
    return count == 1
      ? "the line of \(kind) does not count here"
      : "the \(count) lines of \(kind) do not count here"
  }
}

extension NginxDirectiveInfo {
  /// Whether its lines add up, so that those of a block replace all of the block around it.
  fileprivate var isList: Bool { isRepeatable || value == .pairs }
}
