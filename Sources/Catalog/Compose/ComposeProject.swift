import Model
import Syntax

/// A compose file with everything that belongs to it, as one deployment.
struct ComposeProject {
  private let source: SourceText
  private let context: ReadingContext
  private(set) var sources: [SourceText]
  private var included: [String] = []
  private var problems: [Problem] = []
  private var raw: [String: ComposeValue] = [:]
  private(set) var root: ComposeValue

  /// Files of one project beyond which it is no configuration.
  private static let fileLimit = 100
  /// Files and services that extend or include each other; no project goes as deep.
  private static let depthLimit = 10

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
    sources = [source]
    root = ComposeValue(content: .none, origin: Origin(path: source.path, range: 0..<0))
    var whole = load(source)
    if let base = baseFile(of: whole) {
      whole = load(base).merged(with: whole)
    } else if let over = overrideFile {
      included.append(over.path)
      whole = whole.merged(with: load(over))
    }
    root = whole
  }

  var reading: Reading {
    var resources: [any Resource] = []
    var workloads: [(workload: Workload, value: ComposeValue)] = []
    var problems = problems
    var sources = sources
    let project = variables(in: ConfigurationText.directory(of: source.path))
    for entry in root["services"]?.entries ?? [] {
      guard case .map = entry.value.content else { continue }
      var environment = ComposeEnvironment(entry.value, files: context.files)
      environment.read(project)
      problems += environment.problems
      for file in environment.sources where !sources.contains(where: { $0.path == file.path }) {
        sources.append(file)
      }
      let built = ComposeBuild.image(of: entry.value, context.files)
      if let file = built?.source, !sources.contains(where: { $0.path == file.path }) {
        sources.append(file)
      }
      let service = ComposeService(
        entry, root: root, deployment: source.path, variables: environment.variables,
        environment: runs(entry.value), built: built)
      let workload = service.workload
      workloads.append((workload, entry.value))
      resources.append(workload.resource)
      let pools = EnvironmentPools(
        workload, sources: sources, context,
        environment: workload.resource.identity.environmentIsDeclared
          ? workload.resource.identity.environment : runs(entry.value).name)
      resources += pools.resources
      problems += pools.problems
    }
    let inner = ComposeEmbedded(root, sources: sources, workloads, context)
    return Reading(
      resources: resources + inner.embedded.resources, problems: problems + inner.allProblems,
      sources: sources, included: included, workloads: workloads.map(\.workload),
      embedded: inner.embedded.runs)
  }

  // MARK: files

  /// Reads a file with its services extended and what it includes.
  ///
  /// - Parameter chain: the files that include it, the outermost first.
  private mutating func load(_ source: SourceText, from chain: [String] = []) -> ComposeValue {
    let chain = chain + [source.path]
    var whole = extended(read(source), in: source.path)
    for item in whole["include"]?.items ?? [] {
      let paths = item.scalar.map { [$0] } ?? item["path"].map(Self.texts) ?? []
      for path in paths {
        guard let text = path.text, let file = open(text, from: source.path, at: item.origin)
        else { continue }
        guard mayFollow(file.path, from: chain, "include", at: item.origin) else { continue }
        included.append(file.path)
        whole = load(file, from: chain).merged(with: whole)
      }
    }
    return whole
  }

  /// Whether a file or service is followed, and not one that led here: compose refuses a project
  /// that goes in a circle.
  private mutating func mayFollow(
    _ next: String, from chain: [String], _ word: String, at origin: Origin
  ) -> Bool {
    if chain.contains(next) {
      problems.append(
        Problem(
          kind: .unreadable, origin: origin,
          message: "\(word) in a circle: \((chain + [next]).joined(separator: ", then "))",
          help: "compose refuses the whole project"))
      return false
    }
    guard chain.count < Self.depthLimit else {
      problems.append(
        Problem(
          kind: .unknown, origin: origin,
          message: "\(word) is followed \(Self.depthLimit) times, and not to \(next)",
          help: "services may come from it"))
      return false
    }
    return true
  }

  private static func texts(_ value: ComposeValue) -> [ComposeValue.Text] {
    value.scalar.map { [$0] } ?? value.items.compactMap(\.scalar)
  }

  /// One file alone, each once.
  private mutating func read(_ source: SourceText) -> ComposeValue {
    if let known = raw[source.path] { return known }
    let yaml = YAMLFile(parsing: source)
    problems += yaml.errors.map { error in
      let isTemplate = error.help?.hasPrefix("a template") == true
      return Problem(
        kind: isTemplate ? .unknown : .syntax,
        origin: Origin(path: source.path, range: error.range), message: error.message,
        help: error.help)
    }
    problems += yaml.duplicateKeys.map { pair in
      Problem(
        kind: .refused, origin: Origin(path: source.path, range: pair.second.range),
        message: "mapping key \"\(pair.second.text)\" already defined",
        help: "compose refuses a mapping that has a key twice; keep one of them")
    }
    let folder = ConfigurationText.directory(of: source.path)
    var builder = ComposeBuilder(source, variables(in: folder))
    var whole = ComposeValue(content: .none, origin: Origin(path: source.path, range: 0..<0))
    for document in yaml.documents {
      guard let root = document.root else { continue }
      whole = whole.merged(with: builder.value(root))
    }
    problems += builder.problems
    raw[source.path] = whole
    return whole
  }

  /// What `.env` beside a file says.
  private func variables(in folder: String) -> ComposeVariables {
    // Most repositories keep it to themselves; what it would say is then unknown.
    guard let file = try? context.files.read(ConfigurationText.resolve(".env", in: folder)) else {
      return ComposeVariables([:])
    }
    return ComposeVariables(dotenv: DotEnvDocument(file))
  }

  private mutating func open(_ name: String, from path: String, at origin: Origin) -> SourceText? {
    let place = ConfigurationText.resolve(name, in: ConfigurationText.directory(of: path))
    guard sources.count < Self.fileLimit else { return nil }
    do throws(FileRefusal) {
      let file = try context.files.read(place)
      if !sources.contains(where: { $0.path == file.path }) { sources.append(file) }
      return file
    } catch {
      problems.append(
        Problem(
          kind: .unknown, origin: origin, message: "\"\(name)\" was not read: \(error.reason)",
          help: "services may come from it"))
      return nil
    }
  }

  // MARK: extends

  private mutating func extended(_ whole: ComposeValue, in path: String) -> ComposeValue {
    guard let services = whole["services"], case .map(let all) = whole.content else { return whole }
    let resolved = services.entries.map { entry in
      ComposeValue.Entry(
        key: entry.key, place: entry.place,
        value: extended(entry.value, among: services, in: path, from: ["\(path) \(entry.key)"]))
    }
    let entries = all.map { entry in
      guard entry.key == "services" else { return entry }
      return ComposeValue.Entry(
        key: entry.key, place: entry.place,
        value: ComposeValue(content: .map(resolved), origin: entry.value.origin))
    }
    return ComposeValue(content: .map(entries), origin: whole.origin)
  }

  private mutating func extended(
    _ service: ComposeValue, among services: ComposeValue, in path: String, from chain: [String]
  ) -> ComposeValue {
    guard let extends = service["extends"] else { return service }
    guard let name = extends.text ?? extends["service"]?.text else { return service }
    var others = services
    var place = path
    if let file = extends["file"]?.text {
      guard let source = open(file, from: path, at: extends.origin) else { return service }
      place = source.path
      let fileName = ConfigurationText.name(of: place).lowercased()
      if !ComposeRecognition.isName(fileName), place != self.source.path { included.append(place) }
      others = read(source)["services"] ?? ComposeValue(content: .none, origin: extends.origin)
    }
    guard let base = others[name] else {
      problems.append(
        Problem(
          kind: .unknown, origin: extends.origin,
          message: "\(place) has no service \(name) to extend",
          help: "what would come from it is not known"))
      return service
    }
    guard mayFollow("\(place) \(name)", from: chain, "extends", at: extends.origin) else {
      return service
    }
    return extended(base, among: others, in: place, from: chain + ["\(place) \(name)"])
      .merged(with: service, at: ["services", name])
  }

  // MARK: variants

  /// The files that compose reads by itself, and what it reads over them.
  private static let standard = [
    "compose.yaml": ["compose.override.yaml", "compose.override.yml"],
    "compose.yml": ["compose.override.yml", "compose.override.yaml"],
    "docker-compose.yml": ["docker-compose.override.yml", "docker-compose.override.yaml"],
    "docker-compose.yaml": ["docker-compose.override.yaml", "docker-compose.override.yml"],
  ]

  private var fileName: String { ConfigurationText.name(of: source.path) }

  private func beside(_ name: String) -> SourceText? {
    // Every other file of the set is absent in most folders.
    try? context.files.read(
      ConfigurationText.resolve(name, in: ConfigurationText.directory(of: source.path)))
  }

  private var overrideFile: SourceText? {
    for name in Self.standard[fileName] ?? [] {
      if let file = beside(name) { return file }
    }
    return nil
  }

  /// The file that this one, a variant whose services have no image, is read over.
  private func baseFile(of whole: ComposeValue) -> SourceText? {
    guard Self.standard[fileName] == nil, ComposeRecognition.isName(fileName.lowercased()) else {
      return nil
    }
    let isPartial = (whole["services"]?.entries ?? []).contains { entry in
      ["image", "build", "extends"].allSatisfy { entry.value[$0] == nil }
    }
    guard isPartial else { return nil }
    return Self.standard.keys.sorted().lazy.compactMap { beside($0) }.first
  }

  // MARK: where it runs

  /// The environment that a service runs in, and whether anything says so.
  private func runs(_ service: ComposeValue) -> ComposeService.Environment {
    if let declared = context.environment ?? named(source.path) {
      return ComposeService.Environment(name: declared, isDeclared: true)
    }
    let profiles = (service["profiles"]?.items ?? []).compactMap(\.text)
    let found = profiles.map(SpringEnvironment.environment)
    if let first = found.first, let name = first, found.allSatisfy({ $0 != nil }) {
      return ComposeService.Environment(name: name, isDeclared: true)
    }
    return ComposeService.Environment(
      name: hasProduction ? "default" : nil, isDeclared: false)
  }

  /// What the name of a file or its folder says.
  private func named(_ path: String) -> String? {
    let stem = ConfigurationText.name(of: path).lowercased().split { ".-_".contains($0) }.dropLast()
    let words = stem.filter { !["docker", "compose"].contains($0) }.joined(separator: "-")
    if path.split(separator: "/").contains(".devcontainer") { return "dev" }
    return SpringEnvironment.environment(of: words) ?? TestTree.environment(of: path)
  }

  /// Whether a variant beside a standard file is production's: the file itself is then not.
  private var hasProduction: Bool {
    guard Self.standard[fileName] != nil else { return false }
    let folder = ConfigurationText.directory(of: source.path)
    return context.files.names(in: folder).contains { name in
      name != fileName && (name.hasSuffix(".yml") || name.hasSuffix(".yaml"))
        && ComposeRecognition.isName(name.lowercased()) && named(name) == "production"
    }
  }
}
