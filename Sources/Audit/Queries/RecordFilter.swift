/// Which records a question is about; what is not given admits all.
package struct RecordFilter: Sendable, Hashable {
  /// The first and the last moment at which a change may have taken effect.
  package var since: Timestamp?
  package var until: Timestamp?
  /// Who made it: an address, its part before the `@`, or a pattern.
  package var actor: String?
  /// Who agreed to it, whatever that is worth.
  package var approver: String?
  /// The settings of which it changes one.
  package var setting: String?
  /// The files of which it changes one.
  package var path: String?
  package var words: SearchWords?
  /// Names of kinds; empty admits all.
  package var kinds: Set<String>

  package init(
    since: Timestamp? = nil, until: Timestamp? = nil, actor: String? = nil,
    approver: String? = nil, setting: String? = nil, path: String? = nil, words: SearchWords? = nil,
    kinds: Set<String> = []
  ) {
    self.since = since
    self.until = until
    self.actor = actor
    self.approver = approver
    self.setting = setting
    self.path = path
    // Without a word there is nothing to look for, and every record has that.
    self.words = words?.words.isEmpty == true ? nil : words
    self.kinds = kinds
  }

  /// Whether answers are ordered by time, because the question is about times.
  ///
  /// Otherwise they stand as in the log, which is the order that nobody can lie about.
  package var isByTime: Bool { since != nil || until != nil }

  /// Whether the record is meant, but for who agreed to it, which stands in other records.
  package func matches(_ entry: LogEntry) -> Bool {
    let body = entry.record.body
    if let since, body.time < since { return false }
    if let until, body.time > until { return false }
    if !kinds.isEmpty, !kinds.contains(body.kind.description) { return false }
    if let actor, !ActorPattern(actor).matches(body.actor.id) { return false }
    if let words, !words.matches(body.searchTexts) { return false }
    if setting != nil {
      return !entry.events(matching: SettingFilter(name: setting, path: path)).isEmpty
    }
    guard let path else { return true }
    let filter = SettingFilter(path: path)
    return body.files.contains { filter.matches(path: $0.path) }
  }
}

/// A person as people name one.
struct ActorPattern {
  private let pattern: String

  init(_ pattern: String) { self.pattern = pattern.lowercased() }

  /// Whether `id`, such as `user:alice@example.org`, is meant by its whole, its address or the name
  /// before the `@`.
  func matches(_ id: String) -> Bool {
    let id = id.lowercased()
    var names = [id]
    if let colon = id.firstIndex(of: ":") { names.append(String(id[id.index(after: colon)...])) }
    names += names.compactMap { name in name.firstIndex(of: "@").map { String(name[..<$0]) } }
    return names.contains { Glob.matches(pattern, $0) }
  }
}
