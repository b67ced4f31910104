import Model
import Syntax

/// A configuration file with the files that Spring Boot reads together with it, as one reading.
///
/// Each pool is reported by one file: the one without profile reports its own pool and those of the
/// profiles that have documents in it but no file; a profile's file reports that profile's pool.
/// Files
/// of the same role (`application.yml` beside `application.properties`) are read as one.
struct SpringGroup {
  private let file: SpringFile?
  private let context: ReadingContext
  private let version: Version
  private var files: [SpringFile] = []
  private var sources: [SourceText]
  private var documents: [SpringDocument] = []
  private var problems: [Problem] = []

  init(_ source: SourceText, _ context: ReadingContext) {
    self.context = context
    version = SpringBoot.hikariVersion(context.versions)
    sources = [source]
    file = SpringFile(path: source.path)
    guard let file else { return }
    files = file.companions(in: context.files)
    for companion in files {
      if companion == file {
        read(source, companion)
      } else {
        do throws(FileRefusal) {
          let text = try context.files.read(companion.path)
          sources.append(text)
          read(text, companion)
        } catch {
          problems.append(
            Problem(
              kind: .unreadable, origin: Origin(path: companion.path, range: 0..<0),
              message: "cannot be read, but Spring Boot reads it together with \(source.path)"))
        }
      }
    }
  }

  private mutating func read(_ source: SourceText, _ companion: SpringFile) {
    let found: [Problem]
    if companion.format == .properties {
      let properties = SpringProperties(source, companion)
      documents += properties.documents
      found = properties.problems
    } else {
      let yaml = SpringYAML(source, companion)
      documents += yaml.documents
      found = yaml.problems
    }
    if companion.profile == file?.profile { problems += found }
  }

  /// The pools of a view with what HikariCP runs.
  private struct Candidate {
    let pool: SpringPool
    let settings: [Setting]
    var environment: String?

    var size: Int64? {
      let setting = settings.first { $0.field == "max_size" }
      if case .int(let size) = setting?.effective { return size }
      return nil
    }
  }

  var reading: Reading {
    guard let file else { return Reading(resources: [], problems: [], sources: sources) }
    let candidates = profiles.flatMap { self.candidates($0) }
    let own = candidates.filter { reports($0.pool.view.profile) }
    let resources = own.map { resource($0, among: candidates) }
    let included = files.filter { $0 != file && $0.profile == file.profile }.map(\.path)
    return Reading(
      resources: resources, problems: problems, sources: sources, included: included)
  }

  /// No profile, then every profile that has a file or a document, in the order of their names.
  private var profiles: [String?] {
    var names: Set<String> = []
    for document in documents {
      if let profile = document.file.profile { names.insert(profile) }
      if let condition = document.condition {
        names.formUnion(ProfileExpression(condition).names)
      }
    }
    names.remove("default")
    return [nil] + names.sorted().map { $0 }
  }

  private func candidates(_ profile: String?) -> [Candidate] {
    let view = SpringView(documents, profile: profile)
    return SpringPool.pools(of: view).filter { profile == nil || $0.isOwn }.map { pool in
      Candidate(
        pool: pool,
        settings: HikariSettings(version: version, inputs: pool.inputs, needsTarget: false)
          .settings,
        environment: environment(profile))
    }
  }

  /// The environment that is declared for a view, if any.
  private func environment(_ profile: String?) -> String? {
    let path = file?.path ?? ""
    if let profile {
      let named = SpringEnvironment.environment(of: profile)
      let declared = file?.profile == profile ? context.environment : nil
      return declared ?? TestTree.environment(of: path) ?? named
        ?? (file?.profile == nil ? context.environment : nil)
    }
    return (file?.profile == nil ? context.environment : nil)
      ?? TestTree.environment(of: path)
  }

  /// Whether this file is the one that reports a profile's pools.
  private func reports(_ profile: String?) -> Bool {
    if file?.profile == profile { return true }
    guard file?.profile == nil else { return false }
    return !files.contains { $0.profile == profile }
  }

  private func resource(_ candidate: Candidate, among all: [Candidate]) -> any Resource {
    let pool = candidate.pool
    let same = all.filter { $0.pool.prefix == pool.prefix }
    var facts = SpringFacts(pool)
    let isOverridden =
      pool.view.profile == nil
      && same.contains { $0.pool.view.profile != nil && $0.environment == "production" }
    let environment = candidate.environment ?? (isOverridden ? "default" : "production")
    if environment == "production" {
      let tests = same.filter { ($0.environment ?? "production") != "production" }
      if let size = tests.compactMap(\.size).max() {
        facts.values["largest_test_size"] = .int(size)
      }
    }
    let identity = ResourceIdentity(
      kind: .pool, technology: "hikaricp", version: version, name: name(pool),
      origin: origin(pool), environment: environment,
      environmentIsDeclared: candidate.environment != nil)
    return SettingsResource(
      identity: identity, settings: candidate.settings, facts: facts.values,
      factSettings: facts.settings)
  }

  /// The pool's name, else the application's, else where its keys stand.
  private func name(_ pool: SpringPool) -> String {
    if case .text(let name) = pool.inputs.last(where: { $0.key == "poolName" })?.value,
      !name.isEmpty
    {
      return name
    }
    if pool.prefix.name == "spring.datasource",
      let name = pool.view.text("spring.application.name"), !name.isEmpty
    {
      return name
    }
    return pool.prefix.name
  }

  /// The key `hikari`, or the first line that belongs to the pool; the view's own lines come first.
  private func origin(_ pool: SpringPool) -> Origin {
    let entries = pool.entries
    let own = entries.filter(pool.view.isOwn)
    let lines = own.isEmpty ? entries : own
    let first = lines.first { $0.name.hasPrefix(pool.prefix.hikari) }
    if let first { return first.parent ?? first.key }
    return lines.first?.key ?? Origin(path: file?.path ?? "", range: 0..<0)
  }
}
