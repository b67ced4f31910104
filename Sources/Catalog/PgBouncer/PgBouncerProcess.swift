import Model
import Syntax

/// One PgBouncer as its files configure it.
struct PgBouncerProcess {
  private let release: PgBouncer.Release
  private let context: ReadingContext
  private let loader: PgBouncerLoader
  private var problems: [Problem]
  private var main: PgBouncerMain
  private var databases: PgBouncerDatabases
  private var users: PgBouncerUsers

  init(_ source: SourceText, _ context: ReadingContext) {
    release = PgBouncer.Release(context)
    self.context = context
    var loader = PgBouncerLoader(files: context.files, release: release)
    loader.load(source)
    self.loader = loader
    problems = loader.problems
    main = PgBouncerMain(release)
    databases = PgBouncerDatabases(release)
    users = PgBouncerUsers(release)
    collect(entry: source)
  }

  private mutating func collect(entry file: SourceText) {
    var section: String?
    for event in loader.events {
      switch event {
      case .header(let header, let source):
        section = header.name
        enter(header, source)
      case .entry(let entry, let source):
        let line = PgBouncerLine(entry: entry, source: source)
        switch section {
        case nil: refuse(line.keyOrigin, "value without section: \(entry.key)")
        case "pgbouncer": main.set(line)
        case "databases": databases.set(line)
        case "users": users.set(line)
        default: continue
        }
      }
    }
    problems += main.problems + databases.problems + users.problems
    if main.header == nil {
      refuse(
        Origin(path: file.path, range: 0..<min(1, file.bytes.count)),
        "main section missing from config file", help: "add a [pgbouncer] section")
    }
  }

  private mutating func enter(_ header: INISection, _ source: SourceText) {
    let origin = Origin(path: source.path, range: header.range)
    if header.name == "pgbouncer" {
      return main.enter(origin, in: source)
    }
    if header.name == "peers", !release.accepts(since: Version(1, 19)) {
      return refuse(
        origin, "invalid section \"peers\"",
        help: "it came with version 1.19; this is \(release.version)")
    }
    guard !PgBouncer.sections.contains(header.name) else { return }
    let closest = ConfigurationText.closest(to: header.name, among: PgBouncer.sections)
    refuse(
      origin, "invalid section \"\(header.name)\"",
      help: closest.map { "did you mean [\($0)]?" }
        ?? "the sections are [pgbouncer], [databases], [users] and [peers]")
  }

  private mutating func refuse(_ origin: Origin, _ message: String, help: String? = nil) {
    problems.append(Problem(kind: .refused, origin: origin, message: message, help: help))
  }

  // MARK: resources

  /// The pooler and its databases, with what was read and what went wrong.
  var reading: Reading {
    let settings = main.settings()
    let resources = databases.resources(global: settings) { name, origin in
      identity(.poolerDatabase, name, origin)
    }
    let entry = loader.sources[0]
    let header = main.header ?? Origin(path: entry.path, range: 0..<0)
    var facts: [String: FieldValue] = ["databases": .list(resources.map { .resource($0) })]
    var factSettings: [String: Setting] = [:]
    let lost = main.resetSetting
    facts["repeated_section"] = .int(Int64(lost?.count ?? 0))
    if let lost { factSettings["repeated_section"] = lost.setting }
    let pooler = SettingsResource(
      identity: identity(.pooler, poolerName(settings, entry.path), header),
      settings: settings + users.settings(), facts: facts, factSettings: factSettings)
    return Reading(
      resources: [pooler] + resources, problems: problems, sources: loader.sources)
  }

  /// The job name where one is written, else the file's name without its ending.
  private func poolerName(_ settings: [Setting], _ path: String) -> String {
    if let job = settings.first(where: { $0.key == "job_name" }), job.written != nil,
      case .string(let name) = job.effective
    {
      return name
    }
    let name = ConfigurationText.name(of: path)
    return name.hasSuffix(".ini") ? String(name.dropLast(4)) : name
  }

  private func identity(_ kind: Kind, _ name: String, _ origin: Origin) -> ResourceIdentity {
    ResourceIdentity(
      kind: kind, technology: "pgbouncer", version: release.version, name: name, origin: origin,
      environment: context.environment ?? "production",
      environmentIsDeclared: context.environment != nil)
  }
}
