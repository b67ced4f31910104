package import Catalog
package import Findings
package import Model
import Syntax

/// What reading a workspace gave.
package struct Collection: Sendable {
  /// One entry file and what it includes.
  package struct Entry: Sendable {
    package let technology: Technology
    package internal(set) var reading: Reading
    /// The services that run it, with the evidence; empty where no deployment says so.
    package var bindings: [ServiceBinding] = []

    /// The entry file.
    package var path: String? { reading.sources.first?.path }
    /// The services that run it.
    package var services: [ServiceReference] { bindings.map(\.service) }
  }

  package let entries: [Entry]
  /// Named files that no technology recognises, and files that could not be read.
  package let skipped: [SkippedFile]
  /// What is said of the team's own formats.
  var formatRemarks: [CollectionRemark] = []

  package var readings: [Reading] { entries.map(\.reading) }

  /// The files that were read and could not be understood, or that include one that could not be
  /// read.
  package var brokenFiles: [SkippedFile] {
    entries.flatMap { $0.reading.problems }.filter { $0.kind == .syntax || $0.kind == .unreadable }
      .map { SkippedFile(path: $0.origin.path, reason: $0.message) }
  }

  /// The entries of which at least one file is among `paths`.
  ///
  /// - Parameter others: entry files that are kept in any case: those that another version of one
  ///   of the paths belongs to.
  package func touching(_ paths: Set<String>, or others: Set<String> = []) -> Collection {
    Collection(
      entries: entries.filter { entry in
        entry.reading.sources.contains { paths.contains($0.path) }
          || entry.path.map(others.contains) == true
      },
      skipped: skipped.filter { paths.contains($0.path) })
  }

  /// The entry files.
  package var entryPaths: Set<String> { Set(entries.compactMap(\.path)) }
}

/// Reads the configuration files of a workspace, each once, through the entry that includes it.
package struct Collector: Sendable {
  private let versions: [String: Version]
  private let given: Set<String>
  private let environment: @Sendable (String) -> String?
  private let technology: @Sendable (String) -> String?
  private let isGoverned: @Sendable (String) -> Bool
  private let formats: [FormatMapping]

  /// A collector that takes versions and environments as declared.
  ///
  /// - Parameters:
  ///   - versions: by product name.
  ///   - given: the products whose version was given on the command line.
  ///   - environment: the environment declared for a path.
  ///   - technology: the product declared for a path whose name says nothing.
  ///   - isGoverned: whether a path is to be read at all; named files always are.
  ///   - formats: the team's own, whose patterns win over what the catalog recognises.
  package init(
    versions: [String: Version], given: Set<String> = [],
    environment: @escaping @Sendable (String) -> String?,
    technology: @escaping @Sendable (String) -> String? = { _ in nil },
    isGoverned: @escaping @Sendable (String) -> Bool, formats: [FormatMapping] = []
  ) {
    self.versions = versions
    self.given = given
    self.environment = environment
    self.technology = technology
    self.isGoverned = isGoverned
    self.formats = formats
  }

  /// Reads every recognised file of each workspace.
  package func collect(_ workspaces: [Workspace]) -> Collection {
    let parts = workspaces.map(collect)
    return Collection(
      entries: parts.flatMap(\.entries), skipped: parts.flatMap(\.skipped),
      formatRemarks: parts.flatMap(\.formatRemarks))
  }

  /// Reads every recognised file of `workspace`.
  package func collect(_ workspace: Workspace) -> Collection {
    var candidates: [Candidate] = []
    var skipped = workspace.skipped
    for (path, found) in Parallel.map(workspace.paths, { ($0, look(at: $0, in: workspace)) }) {
      let isNamed = workspace.named.contains(path)
      switch found {
      case nil: continue
      case .success(let candidate?): candidates.append(candidate)
      case .success(nil):
        // A file of a product's own name in which nothing is the product's: misspelt, or broken.
        if isNamed || FileNames.isOwnName(path) {
          skipped.append(SkippedFile(path: path, reason: Self.unrecognised))
        }
      case .failure(let refusal):
        if isNamed || refusal.isAlwaysSaid(of: path) || FileNames.isOwnName(path) {
          skipped.append(SkippedFile(path: path, reason: refusal.reason))
        }
      }
    }
    return Collection(
      entries: read(candidates, in: workspace), skipped: skipped,
      formatRemarks: remarks(candidates, in: workspace))
  }

  /// What is said of formats of the team's that several claim a file, or none is there for.
  private func remarks(
    _ candidates: [Candidate], in workspace: Workspace
  ) -> [CollectionRemark] {
    guard !formats.isEmpty else { return [] }
    let read = Set(candidates.map(\.technology.name))
    let unused = !workspace.isWhole ? [] : formats.filter { !read.contains($0.name) }
    return unused.map { CollectionRemark(unused: $0) }
      + candidates.compactMap { candidate in
        let head = Array(candidate.source.bytes.prefix(FileCandidate.sniffLimit))
        let own = FileCandidate(path: workspace.rootPath(candidate.source.path), head: head)
        guard formats.contains(where: { $0.name == candidate.technology.name }) else { return nil }
        let others = formats.filter { $0.name != candidate.technology.name && $0.recognises(own) }
        return others.isEmpty
          ? nil : CollectionRemark(candidate.source.path, candidate.technology.name, others)
      }
  }

  /// A recognised file.
  private struct Candidate: Sendable {
    let source: SourceText
    let technology: Technology

    /// Whether it deploys services.
    var deploys: Bool { Deployments.technologies.contains(technology.name) }
    var file: Deployments.File {
      Deployments.File(source: source, technology: technology.name)
    }
  }

  /// The file of a path, where a technology recognises it; `nil` for one that is not opened.
  private func look(
    at path: String, in workspace: Workspace
  ) -> Result<Candidate?, FileRefusal>? {
    let rootPath = workspace.rootPath(path)
    let declared = technology(rootPath)
    let mayBe = declared != nil || FileNames.mayBeConfiguration(path)
    guard workspace.named.contains(path) || (mayBe && isGoverned(rootPath)) else { return nil }
    return candidate(path, rootPath, declared, in: workspace.files)
  }

  private func candidate(
    _ path: String, _ rootPath: String, _ declared: String?, in files: any FileSource
  ) -> Result<Candidate?, FileRefusal> {
    do throws(FileRefusal) {
      let source = try files.read(path)
      let head = Array(source.bytes.prefix(FileCandidate.sniffLimit))
      guard let technology = technology(declared, rootPath, source.path, head) else {
        return .success(nil)
      }
      return .success(Candidate(source: source, technology: technology))
    } catch {
      return .failure(error)
    }
  }

  /// The declared product, else a format of the team's, whose patterns count from the root, else
  /// what the catalog recognises.
  private func technology(
    _ declared: String?, _ rootPath: String, _ path: String, _ head: [UInt8]
  ) -> Technology? {
    let own = FileCandidate(path: rootPath, head: head)
    let isMapping = formats.contains { $0.path == rootPath }
    // A pattern declares a format only where its other condition holds as well.
    if !isMapping,
      let format = formats.first(where: { $0.name == declared && !$0.matches(rootPath) })
        ?? formats.first(where: { $0.name == declared && $0.recognises(own) })
        ?? formats.first(where: { $0.recognises(own) && Self.isUndeclared(declared) })
    {
      return format.technology
    }
    return Catalog.technologies.first { $0.name == declared }
      ?? Catalog.recognise(FileCandidate(path: path, head: head))
  }

  private static func isUndeclared(_ name: String?) -> Bool {
    !Catalog.technologies.contains { $0.name == name }
  }

  private func read(_ candidates: [Candidate], in workspace: Workspace) -> [Collection.Entry] {
    let companions = candidates.map(\.source.path)
    let files = KnownFiles(candidates.map(\.source), over: workspace.files)
    let surroundings = { @Sendable (path: String, workload: Workload?) -> ReadingContext in
      context(workspace.rootPath(path), files, companions, workload)
    }
    let reading = { @Sendable (candidate: Candidate, workload: Workload?) -> Reading in
      candidate.technology.read(candidate.source, surroundings(candidate.source.path, workload))
    }
    // What is deployed decides how the other files are read.
    let deploying = Self.withoutIncluded(
      Parallel.map(candidates.filter(\.deploys)) { candidate in
        Collection.Entry(technology: candidate.technology, reading: reading(candidate, nil))
      })
    let deployments = Deployments(deploying)
    let rest = candidates.filter { !$0.deploys }
    let found = deployments.runs(of: rest.map(\.file))
    let runs = found.runs
    let nginx = rest.filter { $0.technology.name == Technology.nginx.name }
    let others = rest.filter { $0.technology.name != Technology.nginx.name }
    let entries = Parallel.map(others) { candidate in
      RunReading(candidate.technology, runs[candidate.source.path] ?? []) { workload in
        reading(candidate, workload)
      }.entry
    }
    let images = deployments.imageServers(besides: runs, rest.map(\.file), surroundings)
    let byPath = Dictionary(
      nginx.map { ($0.source.path, $0) }, uniquingKeysWith: { first, _ in first })
    // nginx reads an included file in its includer's context, so which file is an entry takes a
    // look at all.
    let servers = NginxReadings.entries(among: nginx.map(\.source)) { sources in
      Parallel.map(sources, share: 2) { source in
        byPath[source.path].map { reading($0, runs[source.path]?.first?.workload) }
          ?? Reading(resources: [], problems: [], sources: [source])
      }
    }
    return deployments.completed(
      images + Self.withoutIncluded(deploying + entries)
        + servers.map { server in
          Collection.Entry(
            technology: .nginx, reading: server.reading,
            bindings: runs[server.reading.sources.first?.path ?? ""]?.map(\.binding) ?? [])
        }, found.problems)
  }

  /// What reading a file may depend on.
  ///
  /// The tag of an image says the version of the product that it runs, unless the command line
  /// gives another.
  private func context(
    _ rootPath: String, _ files: KnownFiles, _ companions: [String], _ workload: Workload?
  ) -> ReadingContext {
    var versions = versions
    if let image = workload?.image, let product = image.product, let version = image.version,
      !given.contains(product)
    {
      versions[product] = version
    }
    let identity = workload?.resource.identity
    let deployed = identity?.environmentIsDeclared == true ? identity?.environment : nil
    return ReadingContext(
      files: files, versions: versions, environment: environment(rootPath) ?? deployed,
      companions: companions, givenVersions: given, workload: workload, formats: formats)
  }

  /// Drops the entries that another one includes: they have been read there, in its context.
  ///
  /// A file that includes itself stays, and of files that include each other the first: no file may
  /// vanish from a check.
  private static func withoutIncluded(_ entries: [Collection.Entry]) -> [Collection.Entry] {
    var includers: [String: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      for path in Set(entry.reading.included) { includers[path, default: []].append(index) }
    }
    return entries.enumerated().filter { index, entry in
      guard let path = entry.reading.sources.first?.path else { return true }
      return !(includers[path] ?? []).contains { other in
        guard other != index, let others = entries[other].reading.sources.first?.path else {
          return false
        }
        return other < index || !entry.reading.included.contains(others)
      }
    }.map(\.element)
  }

  static let unrecognised = "not a configuration file that Headgate knows"
}

extension FileRefusal {
  /// Whether a file found in a tree is reported when this keeps it from being read.
  fileprivate func isAlwaysSaid(of path: String) -> Bool {
    if self == .binary { return false }
    return switch self {
    case .unreadable, .tooLarge, .outsideRoot: true
    case .utf16(let beginning):
      Catalog.recognise(FileCandidate(path: path, head: beginning)) != nil
    case .notFound, .isDirectory, .notRegular: false
    }
  }
}
