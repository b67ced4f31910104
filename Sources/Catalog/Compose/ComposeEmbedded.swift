import Model
import Syntax

/// The configuration files that stand whole in a project's `configs`, as `content`.
struct ComposeEmbedded {
  private(set) var embedded: EmbeddedConfigurations
  private var problems: [Problem] = []

  /// Everything that was found, with what could not be read.
  var allProblems: [Problem] { problems + embedded.problems }

  /// - Parameters:
  ///   - root: the whole project, after its variables.
  ///   - sources: its files, one of which holds each text.
  ///   - workloads: the services with their values.
  init(
    _ root: ComposeValue, sources: [SourceText],
    _ workloads: [(workload: Workload, value: ComposeValue)], _ context: ReadingContext
  ) {
    embedded = EmbeddedConfigurations(context)
    for entry in root["configs"]?.entries ?? [] {
      guard let content = entry.value["content"], let scalar = content.scalar else { continue }
      let readers = workloads.flatMap { Self.readers(of: entry.key, $0.workload, $0.value) }
      // What no service has is no configuration of anything.
      guard let first = readers.first else { continue }
      guard let text = scalar.text else {
        problems.append(
          Problem(
            kind: .unknown, origin: content.origin,
            message: "the content of \"\(entry.key)\" is not read: \(scalar.reason ?? "")"))
        continue
      }
      guard let source = sources.first(where: { $0.path == content.origin.path }),
        let node = Self.node(entry.key, in: source)
      else { continue }
      let inner = EmbeddedText(
        source, name: "\(entry.key)/\(first.key)", key: entry.place, value: node, content: text)
      let place = Origin(path: source.path, range: node.range)
      embedded.read(
        [inner], at: place,
        by: readers.map { reader in
          EmbeddedConfigurations.Reader(reader.workload, first.key, reader.target)
        })
    }
  }

  /// The services' mounts of a configuration, with the name that the file has there.
  private static func readers(
    of name: String, _ workload: Workload, _ value: ComposeValue
  ) -> [EmbeddedConfigurations.Reader] {
    (value["configs"]?.items ?? []).compactMap { item in
      guard (item.text ?? item["source"]?.text) == name else { return nil }
      let target = item["target"]?.text ?? "/" + name
      return (workload, ConfigurationText.name(of: target), target)
    }
  }

  private static func node(_ name: String, in source: SourceText) -> YAMLNode? {
    for document in YAMLFile(parsing: source).documents {
      let node = document.root?.at(["configs", name, "content"])?.resolved
      if let node { return node }
    }
    return nil
  }
}
