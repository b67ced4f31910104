import Model
import Syntax

/// A configuration file with the files that Spring Boot reads together with it, as one reading.
///
/// Each pool is reported by one file: the one without profile reports its own pool and those of the
/// profiles that have documents in it but no file; a profile's file reports that profile's pool.
/// Files
/// of the same role (`application.yml` beside `application.properties`) are read as one.
struct SpringGroup {
  let file: SpringFile?
  private let context: ReadingContext
  private(set) var files: [SpringFile] = []
  private(set) var sources: [SourceText]
  private(set) var documents: [SpringDocument] = []
  private var problems: [Problem] = []
  /// What may make the pools other than they are read; said where there are pools.
  private var doubts: [Problem] = []
  private var imported: [String] = []

  init(_ source: SourceText, _ context: ReadingContext) {
    self.context = context
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
          problems.append(companion.unreadable(by: "Spring Boot", beside: source))
        }
      }
    }
    judgeConditions()
  }

  /// Finds the documents that no profile of production reads, among those that the files name.
  private mutating func judgeConditions() {
    let names = documents.flatMap { document in
      (document.profile.map { [$0] } ?? []) + (document.condition?.allNames ?? [])
    }
    let production = Set(names.filter { SpringEnvironment.environment(of: $0) == "production" })
    for index in documents.indices {
      documents[index].isOutsideProduction =
        documents[index].condition?.excludes(production) == true
    }
  }

  /// Reads a file and, after each of its documents, what that document imports.
  ///
  /// - Parameters:
  ///   - importer: the document that imports the file, where one does.
  ///   - chain: the files that import each other down to this one.
  private mutating func read(
    _ source: SourceText, _ file: SpringFile, importer: SpringDocument? = nil,
    chain: [String] = []
  ) {
    let read: [SpringDocument]
    let found: [Problem]
    if file.format == .properties {
      let properties = SpringProperties(source, file, importer: importer)
      (read, found) = (properties.documents, properties.problems)
    } else {
      let yaml = SpringYAML(source, file, importer: importer)
      (read, found) = (yaml.documents, yaml.problems)
    }
    let role = importer == nil ? file.profile : importer?.profile
    if role == self.file?.profile { problems += found }
    for document in read {
      documents.append(document)
      if document.profile == self.file?.profile, document.describesPool,
        let platform = document.platform
      {
        doubts.append(Self.platformProblem(platform))
      }
      for item in SpringImport.all(of: document) {
        follow(item, of: document, chain: chain + [file.path])
      }
    }
  }

  private mutating func follow(
    _ item: SpringImport, of document: SpringDocument, chain: [String]
  ) {
    if let target = item.file(from: document.file), imported.count < SpringImport.fileLimit,
      chain.count < SpringImport.depthLimit
    {
      // Spring Boot imports a file once: one that leads back to itself adds nothing.
      if chain.contains(target.path) { return }
      // Whatever keeps the file from being read, the doubt below says all that follows from it.
      if let text = try? context.files.read(target.path) {
        read(imported: text, target, of: document, chain: chain)
        for variant in target.variants(in: context.files)
        where imported.count < SpringImport.fileLimit {
          if let text = try? context.files.read(variant.path) {
            read(imported: text, variant, of: document, chain: chain)
          }
        }
        return
      }
    }
    if document.profile == file?.profile { doubts.append(item.problem) }
  }

  private mutating func read(
    imported text: SourceText, _ target: SpringFile, of document: SpringDocument, chain: [String]
  ) {
    imported.append(target.path)
    if !sources.contains(where: { $0.path == text.path }) { sources.append(text) }
    read(text, target, importer: document, chain: chain)
  }

  private static func platformProblem(_ entry: SpringEntry) -> Problem {
    Problem(
      kind: .unknown, origin: entry.origin,
      message: "this document applies only on the cloud platform \(entry.text), which is known "
        + "only where the program runs",
      help: "its pools are judged as production's, beside those without it")
  }

  /// A pool of a view with what runs.
  struct Candidate {
    let pool: SpringPool
    let version: Version
    let settings: [Setting]
    let environment: String?

    var size: (number: Int64, setting: Setting)? {
      guard let setting = settings.first(where: { $0.field == "max_size" }),
        case .int(let number) = setting.effective
      else { return nil }
      return (number, setting)
    }
  }

  var reading: Reading {
    guard let file else { return Reading(resources: [], problems: [], sources: sources) }
    if let workload = context.workload {
      return reading(of: SpringOverlay(workload, documents, file: file), by: workload)
    }
    let views = scopes.map { (SpringView(documents, $0), $0.environment) }
    let candidates = views.flatMap(candidates)
    let own = candidates.filter { reports($0.pool.view.profiles) }
    let resources = own.map { resource($0, among: candidates) }
    // The file that wins brings the others of its role; it is the one that is an entry of its own.
    let included = files.filter {
      $0.profile == file.profile && $0.format.rawValue < file.format.rawValue
    }.map(\.path)
    // An imported file of one of Spring's names may be a pool's own file elsewhere.
    let others = Set(imported).filter {
      $0 != file.path && SpringFile(path: $0)?.hasSpringName != true
    }
    return Reading(
      resources: resources,
      problems: problems + (resources.isEmpty ? [] : doubts)
        + unreadPools(views.map(\.0)),
      sources: sources, included: included + others.sorted())
  }

  /// Data sources of this file whose pool is none that is known here.
  private func unreadPools(_ views: [SpringView]) -> [Problem] {
    let own = files.filter { $0.profile == file?.profile }.map(\.path) + imported
    var found: [Problem] = []
    for view in views {
      for problem in SpringPool.doubts(of: view)
      where own.contains(problem.origin.path) && !found.contains(problem) {
        found.append(problem)
      }
    }
    return found
  }

  /// The ways in which the files are read, in the order of reports.
  var scopes: [SpringScope] {
    views.flatMap { profiles -> [SpringScope] in
      let scope = SpringScope(profiles: profiles, environment: environment(profiles))
      return [scope] + [SpringScope(outside: scope, documents)].compactMap { $0 }
    }
  }

  /// No profile, then every profile that has a file or a document, then sets that only together do.
  private var views: [Set<String>] {
    var names: Set<String> = []
    var together: [Set<String>] = []
    for document in documents {
      if let profile = document.profile { names.insert(profile) }
      guard let condition = document.condition else { continue }
      let single = condition.names.filter { condition.holds([$0]) }
      names.formUnion(single)
      let all = Set(condition.names)
      if single.isEmpty, !all.isEmpty, condition.holds(all) {
        if !together.contains(all) { together.append(all) }
      } else if single.isEmpty, !condition.holds(["default"]),
        condition.holds([SpringEnvironment.anyOther])
      {
        // `!default` needs a profile, whichever.
        names.insert(SpringEnvironment.anyOther)
      }
    }
    names.remove("default")
    return [[]] + names.sorted().map { [$0] } + together.filter { !$0.isEmpty }
  }

  func candidates(_ view: SpringView, _ environment: String?) -> [Candidate] {
    SpringPool.pools(of: view).filter(\.isOwn).map { pool in
      let version = pool.product.version(context.versions)
      return Candidate(
        pool: pool, version: version, settings: pool.settings(version: version),
        environment: environment)
    }
  }

  /// The environment that is declared for a view, if any.
  func environment(_ profiles: Set<String>) -> String? {
    let test = TestTree.environment(of: file?.path ?? "")
    let isFile = file?.profile.map(profiles.contains) ?? profiles.isEmpty
    if isFile, let declared = context.environment { return declared }
    let named = profiles.sorted().compactMap(SpringEnvironment.environment)
    return test ?? named.first { $0 != "production" } ?? named.first
      ?? (file?.profile == nil ? context.environment : nil)
  }

  /// Whether this file is the one that reports the pools of a view.
  private func reports(_ profiles: Set<String>) -> Bool {
    if let profile = file?.profile { return profiles.contains(profile) }
    return !files.contains { $0.profile.map(profiles.contains) == true }
  }

  /// The pool of a candidate.
  ///
  /// - Parameters:
  ///   - all: the pools of all views.
  ///   - written: the same pools as the files alone have them, where a service's environment
  ///     counts.
  func resource(
    _ candidate: Candidate, among all: [Candidate], written: [Candidate] = []
  ) -> SettingsResource {
    let pool = candidate.pool
    let same = all.filter { $0.pool.prefix == pool.prefix }
    var facts = SpringFacts(pool)
    let isOverridden =
      pool.view.profiles.isEmpty
      && same.contains { !$0.pool.view.profiles.isEmpty && $0.environment == "production" }
    let environment = candidate.environment ?? (isOverridden ? "default" : "production")
    if environment == "production" {
      let tests = same.filter { ($0.environment ?? "production") != "production" }
      if let size = tests.compactMap(\.size).max(by: { $0.number < $1.number }) {
        facts.values["largest_test_size"] = .int(size.number)
        facts.settings["largest_test_size"] = size.setting
      }
    }
    if let size = written.first(where: { $0.pool.prefix == pool.prefix })?.size,
      let own = candidate.size, own.number != size.number
    {
      facts.values["size_in_file"] = .int(size.number)
      facts.settings["size_in_file"] = size.setting
    }
    let identity = ResourceIdentity(
      kind: .pool, technology: pool.product.table?.technology ?? "hikaricp",
      version: candidate.version, name: name(pool),
      origin: origin(pool), environment: environment,
      environmentIsDeclared: candidate.environment != nil)
    return SettingsResource(
      identity: identity, settings: candidate.settings, facts: facts.values,
      factSettings: facts.settings)
  }

  /// The pool's name, else the application's, else where its keys stand.
  private func name(_ pool: SpringPool) -> String {
    let names = ["poolName", "connectionPoolName"]
    if case .text(let name) = pool.inputs.last(where: { names.contains($0.key) })?.value,
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
    let first = lines.first { $0.name.hasPrefix(pool.start) }
    if let first { return first.parent ?? first.key }
    return lines.first?.key ?? Origin(path: file?.path ?? "", range: 0..<0)
  }
}
