import Model
import Syntax

/// The configuration files that stand whole in a file that deploys.
///
/// They are in the ConfigMaps of a manifest, and in the `configs` of compose.
struct EmbeddedConfigurations {
  /// A workload that has one of the texts as a file.
  typealias Reader = (workload: Workload, key: String, target: String)

  private(set) var resources: [any Resource] = []
  private(set) var problems: [Problem] = []
  /// The places with files of nginx, whose resources do not say who runs them.
  private(set) var runs: [EmbeddedRun] = []
  private let context: ReadingContext

  /// Workloads of which each reads a file with an environment of its own.
  private static let workloadLimit = 32
  /// Files of nginx for which a blanked copy of the whole manifest is made.
  private static let copyLimit = 16
  private var copies = 0

  init(_ context: ReadingContext) { self.context = context }

  /// Reads files that stand beside each other.
  ///
  /// - Parameters:
  ///   - place: what holds them all.
  ///   - readers: the workloads that have one of them, by its name, with its path in the container.
  mutating func read(_ texts: [EmbeddedText], at place: Origin, by readers: [Reader]) {
    var shared: [String: EmbeddedFiles] = [:]
    let found = texts.compactMap { text -> Found? in
      let head = Array(text.text.bytes.prefix(FileCandidate.sniffLimit))
      let candidate = FileCandidate(path: text.text.path, head: head)
      guard let technology = Catalog.recognise(candidate, formats: context.formats),
        !Kubernetes.deployments.contains(technology.name)
      else { return nil }
      let own = readers.filter { $0.key == text.name }.prefix(Self.workloadLimit)
      let isNginx = technology.name == Technology.nginx.name
      if isNginx { note(own.map(\.workload.service), at: place) }
      let folder = own.first.map { ConfigurationText.directory(of: $0.target) }
      let seen = "\(isNginx) \(folder ?? "")"
      let files = shared[seen] ?? EmbeddedFiles(texts, in: folder, isBlanked: isNginx)
      shared[seen] = files
      return Found(
        text: text, files: files,
        readings: readings(text, as: technology, files, by: own.map(\.workload)))
    }
    let includers = found.enumerated().filter { $0.element.hasIncludes }
    for (index, one) in found.enumerated() {
      // What another one of the files includes has been read there.
      let isIncluded = includers.contains { other, includer in
        other != index && includer.includes(one.text)
          && (other < index || !one.includes(includer.text))
      }
      if !isIncluded { take(one) }
    }
  }

  /// One file with what each workload makes of it.
  private struct Found {
    let text: EmbeddedText
    let files: EmbeddedFiles
    let readings: [(workload: Workload?, reading: Reading)]

    var hasIncludes: Bool {
      readings.first.map { !$0.reading.included.isEmpty || $0.reading.sources.count > 1 } ?? false
    }

    func includes(_ other: EmbeddedText) -> Bool {
      guard hasIncludes, let reading = readings.first?.reading else { return false }
      return reading.included.contains(other.text.path)
        || files.isBlanked && reading.sources.dropFirst().contains(other.blanked)
    }
  }

  /// Adds services that run a file of nginx.
  private mutating func note(_ services: [ServiceReference], at place: Origin) {
    let known = runs.first { $0.place == place }?.services ?? []
    runs.removeAll { $0.place == place }
    let all = known + services.filter { !known.contains($0) }
    if !all.isEmpty { runs.append(EmbeddedRun(place: place, services: all)) }
  }

  private mutating func readings(
    _ text: EmbeddedText, as technology: Technology, _ files: EmbeddedFiles,
    by workloads: [Workload]
  ) -> [(workload: Workload?, reading: Reading)] {
    func reader(_ workload: Workload?) -> ReadingContext {
      ReadingContext(
        files: files, versions: context.versions, environment: context.environment,
        givenVersions: context.givenVersions, workload: workload)
    }
    guard technology.name == Technology.nginx.name else {
      let all: [Workload?] = workloads.isEmpty ? [nil] : workloads
      return all.map { ($0, technology.read(text.text, reader($0))) }
    }
    // Resources of nginx work out their places from the text that they were read from.
    guard text.isExact, copies < Self.copyLimit else {
      problems.append(
        Problem(
          kind: .unknown, origin: text.key,
          message: "this configuration of nginx is folded or escaped, and is not read",
          help: "write it as a block that begins with `|`"))
      return []
    }
    copies += 1
    return [(nil, technology.read(text.blanked, reader(nil)))]
  }

  private mutating func take(_ found: Found) {
    for (workload, reading) in found.readings {
      for resource in reading.resources {
        guard let resource = resource as? SettingsResource else {
          resources.append(resource)
          continue
        }
        let moved = found.files.moved(resource, of: found.text)
        resources.append(workload.map { moved.run(by: $0.service) } ?? moved)
      }
      for problem in reading.problems.map({ found.files.moved($0, of: found.text) })
      where !problems.contains(problem) {
        problems.append(problem)
      }
    }
  }
}

/// The files that stand beside each other, as a program in the container sees them: no others.
struct EmbeddedFiles: FileSource {
  private let texts: [String: EmbeddedText]
  let isBlanked: Bool

  /// - Parameters:
  ///   - target: their folder in the container, where one mounts them.
  ///   - isBlanked: whether texts keep the places that they have in the YAML file.
  init(_ texts: [EmbeddedText], in target: String?, isBlanked: Bool) {
    self.isBlanked = isBlanked
    var found: [String: EmbeddedText] = [:]
    for text in texts {
      let name = text.name
      found[text.text.path] = text
      if let target {
        found["\(target)/\(name)"] = text
      }
      if isBlanked {
        let folder = ConfigurationText.directory(of: text.outer.path)
        found[folder.isEmpty ? name : "\(folder)/\(name)"] = text
      }
    }
    self.texts = found
  }

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let text = texts[path], !isBlanked || text.isExact else { throw .outsideRoot }
    return isBlanked ? text.blanked : SourceText(path: text.text.path, bytes: text.text.bytes)
  }

  func names(in directory: String) -> [String] {
    let names = texts.keys.filter { ConfigurationText.directory(of: $0) == directory }
      .map(ConfigurationText.name)
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A resource of `main`, whose lines may stand in the other files too.
  func moved(_ resource: SettingsResource, of main: EmbeddedText) -> SettingsResource {
    resource.moved(to: main.key) { origin in (texts[origin.path] ?? main).move(origin) }
  }

  func moved(_ problem: Problem, of main: EmbeddedText) -> Problem {
    (texts[problem.origin.path] ?? main).move(problem)
  }
}
