import ArgumentParser
import Audit
import Review

/// How the log is asked.
struct AskingOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-index"),
    help: "Read the log itself instead of its index: slower, and the same answer.")
  var readsLog = false

  @OptionGroup var store: DatabaseOptions

  func validate() throws {
    if readsLog, store.database != nil {
      throw ValidationError("--no-index reads a log, and a database holds none")
    }
  }

  func query(_ common: CommonOptions) throws -> LogQuery {
    LogQuery(
      folder: try common.folder(), usesIndex: !readsLog, database: try store.address())
  }
}

/// The database that logs are collected into.
struct DatabaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use the database that logs were collected into: postgres://host/name.",
      valueName: "address"))
  var database: String?

  /// - Throws: ``Failure`` for what libpq would take for something else.
  func address() throws -> String? {
    guard let database else { return nil }
    guard ConnectionAddress(database).isKnown else {
      throw Failure(
        "--database takes postgres://user@host/name",
        help: "the password belongs into PGPASSWORD or ~/.pgpass; see docs/queries.md")
    }
    return database
  }
}

/// In which zone times are meant that say none.
struct ZoneOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The zone of a time without one; the machine's by default.", valueName: "zone"))
  var tz: String?

  func moment(_ text: String) throws(Failure) -> Timestamp { try Moment.parse(text, zone: tz) }

  func moment(_ text: String?) throws(Failure) -> Timestamp? {
    try text.map { text throws(Failure) in try moment(text) }
  }
}

/// Which records are meant.
struct RecordFilterOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Words, or key:pool.max*, file:, actor:, approver:, kind:, after:, before:, reviewed:no.",
      valueName: "filter"))
  var terms: [String] = []

  @Option(help: ArgumentHelp("Only what took effect then or later.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Only what took effect then or earlier.", valueName: "time"))
  var until: String?

  @Option(help: ArgumentHelp("Only by this person; * matches.", valueName: "person"))
  var actor: String?

  @Option(help: ArgumentHelp("Only what this person approved; * matches.", valueName: "person"))
  var approver: String?

  @Option(
    name: [.customLong("key"), .customLong("setting")],
    help: ArgumentHelp("Only changes of this key or field; * matches.", valueName: "name"))
  var key: String?

  @Option(help: ArgumentHelp("Only changes of this file; * matches.", valueName: "path"))
  var file: String?

  @Option(help: ArgumentHelp("Only with these words in reason, ticket, path or key."))
  var text: String?

  @Option(help: ArgumentHelp("Only records of this kind; can be repeated.", valueName: "kind"))
  var kind: [String] = []

  @Flag(help: "Only changes that somebody has to agree to and enough have not.")
  var unreviewed = false

  @OptionGroup var zone: ZoneOptions

  /// The filter, and whether only unreviewed changes are wanted.
  func filter() throws -> (filter: RecordFilter, isUnreviewed: Bool) {
    var filter = RecordFilter(
      since: try zone.moment(since), until: try zone.moment(until), actor: actor,
      approver: approver, setting: key, path: file, kinds: Set(kind))
    var isUnreviewed = unreviewed
    var words = text.map { [$0] } ?? []
    for term in terms {
      guard let (name, value) = Self.split(term) else {
        words.append(term)
        continue
      }
      switch name {
      case "key": filter.setting = value
      case "file": filter.path = value
      case "actor": filter.actor = value
      case "approver": filter.approver = value
      case "kind": filter.kinds.insert(value)
      case "after": filter.since = try zone.moment(value)
      case "before": filter.until = try zone.moment(value)
      case "reviewed": isUnreviewed = isUnreviewed || value == "no"
      case "-reviewed": isUnreviewed = isUnreviewed || value == "yes"
      default: words.append(term)
      }
    }
    if !words.isEmpty { filter.words = SearchWords(words.joined(separator: " ")) }
    return (filter, isUnreviewed)
  }

  /// What was searched, for an answer that there is nothing.
  func summary(_ filter: RecordFilter, isUnreviewed: Bool) -> String? {
    var parts: [String] = []
    if let since = filter.since { parts.append("since \(since.short)") }
    if let until = filter.until { parts.append("until \(until.short)") }
    if let actor = filter.actor { parts.append("by \(actor)") }
    if let approver = filter.approver { parts.append("approved by \(approver)") }
    if let setting = filter.setting { parts.append("of \(setting)") }
    if let path = filter.path { parts.append("in \(path)") }
    if let words = filter.words { parts.append("with \(words.words.joined(separator: " "))") }
    if !filter.kinds.isEmpty {
      parts.append("of kind \(filter.kinds.sorted().joined(separator: ", "))")
    }
    if isUnreviewed { parts.append("that wait for a review") }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private static func split(_ term: String) -> (String, String)? {
    guard let colon = term.firstIndex(of: ":") else { return nil }
    let value = String(term[term.index(after: colon)...])
    return value.isEmpty ? nil : (String(term[..<colon]), value)
  }
}
