import Model
import Syntax

/// A file of Quarkus with the files that Quarkus reads together with it.
///
/// Each pool is reported by one file: a profile's file reports that profile's, the file without
/// profile all others.
struct QuarkusGroup {
  /// An entry with the profiles that it is for; none for all of them.
  private struct Entry {
    let name: String
    /// As placeholders are looked up.
    let canonical: String
    let profiles: Set<String>
    let entry: SpringEntry
  }

  /// The entries that count with one profile.
  private struct View {
    let profile: String
    var entries: [String: Entry] = [:]
    var texts: [String: Entry] = [:]
    var isProduction: Bool { profile == "prod" }
  }

  private let file: SpringFile?
  private let context: ReadingContext
  private var files: [SpringFile] = []
  private var sources: [SourceText]
  private var entries: [Entry] = []
  private var problems: [Problem] = []
  private let variables: PropertyVariables

  /// Data sources and profiles of one project beyond which it is no configuration.
  private static let limit = 100

  init(_ source: SourceText, _ context: ReadingContext) {
    self.context = context
    variables = PropertyVariables(context.workload)
    sources = [source]
    file = SpringFile(path: source.path)
    guard let file else { return }
    // The properties file counts least, `.yaml` most; a profile's file more than that without.
    files = file.companions(in: context.files).sorted {
      ($0.profile == nil ? 0 : 1, $0.profile ?? "", -$0.format.rawValue)
        < ($1.profile == nil ? 0 : 1, $1.profile ?? "", -$1.format.rawValue)
    }
    for companion in files {
      if companion == file {
        read(source, companion)
      } else {
        do throws(FileRefusal) {
          let text = try context.files.read(companion.path)
          sources.append(text)
          read(text, companion)
        } catch {
          problems.append(companion.unreadable(by: "Quarkus", beside: source))
        }
      }
    }
    entries += variables.entries(of: knownKeys).map { Self.entry($0, nil) }
  }

  /// The keys of all pools that the files name, and of the one without a name.
  private var knownKeys: [String] {
    guard context.workload != nil else { return [] }
    var starts: Set<String> = ["quarkus.datasource."]
    for entry in entries where entry.name.hasPrefix("quarkus.datasource.") {
      let parts = entry.name.split(separator: ".")
      if parts.count > 3, ["jdbc", "reactive"].contains(parts[3]) {
        starts.insert("quarkus.datasource.\(parts[2]).")
      }
    }
    return starts.sorted().flatMap { start in
      PoolProduct.quarkusJDBC.keys.map { "\(start)jdbc.\($0.name)" }
        + PoolProduct.quarkusReactive.keys.map { "\(start)reactive.\($0.name)" }
    }
  }

  private mutating func read(_ source: SourceText, _ file: SpringFile) {
    let (documents, found) = file.documents(source)
    if file.profile == self.file?.profile { problems += found }
    let all = documents.flatMap(\.entries).map { Self.entry($0, file.profile) }
    // Within one file, what is for a profile wins.
    entries += all.filter(\.profiles.isEmpty) + all.filter { !$0.profiles.isEmpty }
  }

  /// `%prod.key`, `%{dev,test}.key` or plain; names without the quotes of properties files.
  private static func entry(_ entry: SpringEntry, _ profile: String?) -> Entry {
    var name = entry.raw.filter { $0 != "\"" }
    var profiles = Set([profile].compactMap { $0 })
    if name.hasPrefix("%"), let dot = name.firstIndex(of: ".") {
      let list = name[..<dot].dropFirst().filter { !"{}".contains($0) }
      profiles.formUnion(list.split(separator: ",").map(String.init))
      name = String(name[name.index(after: dot)...])
    }
    return Entry(
      name: name, canonical: SpringEntry.canonical(name), profiles: profiles, entry: entry)
  }

  /// A pool: `quarkus.datasource.jdbc.` or `quarkus.datasource.users.reactive.` and what it runs.
  private struct Candidate {
    let prefix: String
    let profile: String
    let resource: SettingsResource
    let size: Setting?
  }

  var reading: Reading {
    guard let file else { return Reading(resources: [], problems: [], sources: sources) }
    var profiles = [context.workload?["QUARKUS_PROFILE"]?.value ?? "prod"]
    for entry in entries where entry.name.hasPrefix("quarkus.datasource.") {
      for name in entry.profiles.sorted() where !profiles.contains(name) { profiles.append(name) }
    }
    let all = profiles.prefix(Self.limit)
    // A service runs one profile; the others are still what its pool is compared with.
    let views = context.workload == nil ? all : all.prefix(1)
    let sizes = all.flatMap { pools($0, largest: [:]) }
    var largest: [String: Setting] = [:]
    for pool in sizes where pool.resource.identity.environment != "production" {
      guard case .int(let size) = pool.size?.effective else { continue }
      if case .int(let other) = largest[pool.prefix]?.effective, other >= size { continue }
      largest[pool.prefix] = pool.size
    }
    let withFiles = Set(files.compactMap(\.profile))
    let resources = views.filter { profile in
      file.profile.map { $0 == profile } ?? !withFiles.contains(profile)
    }.flatMap { pools($0, largest: largest).map(\.resource) }
    let included = files.filter {
      $0.profile == file.profile && $0.format.rawValue > file.format.rawValue
    }
    return Reading(
      resources: resources, problems: problems, sources: sources, included: included.map(\.path))
  }

  private func pools(_ profile: String, largest: [String: Setting]) -> [Candidate] {
    var view = View(profile: profile)
    for entry in entries where entry.profiles.isEmpty || entry.profiles.contains(profile) {
      view.entries[entry.name] = entry
      view.texts[entry.canonical] = entry
    }
    var prefixes: Set<String> = []
    for name in view.entries.keys where name.hasPrefix("quarkus.datasource.") {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard let place = parts.firstIndex(where: { $0 == "jdbc" || $0 == "reactive" }),
        place == 2 || place == 3, place + 1 < parts.count
      else { continue }
      prefixes.insert(parts[...place].joined(separator: ".") + ".")
    }
    return prefixes.sorted().prefix(Self.limit).compactMap {
      pool($0, view, largest[$0])
    }
  }

  private func pool(_ prefix: String, _ view: View, _ largest: Setting?) -> Candidate? {
    let own = view.entries.values.filter { $0.name.hasPrefix(prefix) }.sorted {
      ($0.entry.key.path, $0.entry.key.range.lowerBound, $0.name)
        < ($1.entry.key.path, $1.entry.key.range.lowerBound, $1.name)
    }
    let profiled = own.last { !$0.profiles.isEmpty }
    guard view.isProduction || profiled != nil || context.workload != nil else { return nil }
    let product: PoolProduct = prefix.hasSuffix(".jdbc.") ? .quarkusJDBC : .quarkusReactive
    let version = context.versions[product.technology] ?? product.version
    let inputs = own.compactMap { entry -> PoolInput? in
      let key = String(entry.name.dropFirst(prefix.count))
      return key.contains { ".[".contains($0) } ? nil : input(entry, key, product, view)
    }
    let settings = product.settings(inputs, version: version)
    let environment = environment(view.profile, isOwn: profiled != nil)
    var facts = Self.target(inputs)
    var factSettings: [String: Setting] = [:]
    if (environment ?? "production") == "production", let largest,
      case .int(let size) = largest.effective
    {
      facts["largest_test_size"] = .int(size)
      factSettings["largest_test_size"] = largest
    }
    let identity = ResourceIdentity(
      kind: .pool, technology: product.technology, version: version,
      name: String(prefix.dropLast()),
      origin: (profiled ?? own.first)?.entry.key ?? Origin(path: file?.path ?? "", range: 0..<0),
      environment: environment ?? "production", environmentIsDeclared: environment != nil)
    return Candidate(
      prefix: prefix, profile: view.profile,
      resource: SettingsResource(
        identity: identity, settings: settings, facts: facts, factSettings: factSettings),
      size: settings.first { $0.field == "max_size" })
  }

  /// Where the pool's URL leads; reactive URLs come with and without a leading `vertx-reactive:`.
  private static func target(_ inputs: [PoolInput]) -> [String: FieldValue] {
    guard let input = inputs.last(where: { $0.key == "url" }) else { return [:] }
    if case .text(let text) = input.value {
      let url = text.hasPrefix("vertx-reactive:") ? text.dropFirst(15) : text[...]
      return JDBCTarget(url.hasPrefix("jdbc:") ? String(url) : "jdbc:" + url).facts
    }
    var facts: [String: FieldValue] = [:]
    for field in ["target_host", "target_port", "target_database"] {
      facts[field] = .unknown("the address cannot be known")
    }
    return facts
  }

  /// What is declared: a test's folder, the review's own word, or a profile that is written.
  private func environment(_ profile: String, isOwn: Bool) -> String? {
    if let test = TestTree.environment(of: file?.path ?? "") { return test }
    if profile == "prod" { return context.environment ?? (isOwn ? "production" : nil) }
    return SpringEnvironment.environment(of: profile)
  }

  private func input(
    _ entry: Entry, _ key: String, _ product: PoolProduct, _ view: View
  ) -> PoolInput {
    let kind = product.key(named: key)?.kind
    let value: PoolInput.Value
    var usesDefault = false
    var source: EnvironmentVariable?
    if case .template(let text) = entry.entry.value {
      value = .unknown("a template fills this in: \(text)")
    } else {
      var placeholder = SpringPlaceholder { view.texts[$0].flatMap(Self.text) }
      placeholder.variable = { variables[$0] }
      let result = placeholder.resolve(Self.text(entry) ?? "")
      if let only = result.variables.first, result.text == only.value { source = only }
      usesDefault = result.usesDefault
      value =
        result.text.flatMap { result.reason == nil ? Quarkus.value($0, kind) : nil }
        ?? .unknown(result.reason ?? "the value cannot be known")
    }
    let provenance: Provenance =
      !view.isProduction && entry.profiles.isEmpty
      ? .inherited : usesDefault ? .placeholder : .explicit
    return PoolInput(
      key: key, written: source?.value ?? entry.entry.written,
      origin: source?.origin ?? entry.entry.origin, value: value, provenance: provenance)
  }

  private static func text(_ entry: Entry) -> String? {
    switch entry.entry.value {
    case .text(let text): text
    case .int(let number): String(number)
    case .float(let number): String(number)
    case .bool(let flag): String(flag)
    case .template: nil
    }
  }
}
