import Model
import Syntax

extension Technology {
  /// Sidekiq's concurrency.
  package static let sidekiq = Technology(
    name: "sidekiq", title: "Sidekiq", defaultVersion: Version(7),
    recognises: { candidate in
      let name = candidate.name
      guard name.hasPrefix("sidekiq"), name.hasSuffix(".yml") || name.hasSuffix(".yaml") else {
        return .no
      }
      let lines = candidate.head.split(separator: 0x0A)
      let isOwn = lines.contains { line in
        let word = line.drop { $0 == 0x20 || $0 == UInt8(ascii: ":") }
        return word.starts(with: "concurrency:".utf8) || word.starts(with: "queues:".utf8)
      }
      return isOwn ? .byName : .no
    },
    read: { source, context in Sidekiq(source, context).reading },
    reference: {
      TechnologyReference(
        files: "`sidekiq.yml` and `sidekiq-*.yml`.",
        notes: [
          "Each thread holds a connection of the pool in `database.yml` while its job runs.",
          "A group of an environment wins over what stands outside; ERB as in `database.yml`.",
        ],
        keys: [
          .init(
            ":concurrency:", value: "integer", field: "request_threads",
            standard: "5; 10 before 7.0")
        ])
    })
}

/// One `sidekiq.yml`.
struct Sidekiq {
  private let source: SourceText
  private let context: ReadingContext
  private let erb: ERBText
  private let yaml: YAMLFile

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
    erb = ERBText(source, for: context.workload)
    yaml = YAMLFile(parsing: erb.masked)
  }

  var reading: Reading {
    Reading(
      resources: files.map { file in
        file.resource("sidekiq", context)
      }, problems: yaml.errors.map { Problem($0, in: source) }, sources: [source])
  }

  /// The settings outside any environment, then those of each.
  var files: [ProcessFile] {
    guard let root = yaml.documents.first?.root else { return [] }
    var files = [
      ProcessFile(source: source, technology: "sidekiq", settings: [concurrency(root)])
    ]
    for pair in root.mergedPairs where pair.value.resolved?.kind == .mapping {
      let name = pair.key.text.drop { $0 == ":" }
      guard let environment = SpringEnvironment.environment(of: String(name)),
        let node = pair.value.resolved, Self.node(node) != nil
      else { continue }
      files.append(
        ProcessFile(
          source: source, technology: "sidekiq", settings: [concurrency(node)],
          environment: environment))
    }
    return files
  }

  private static func node(_ mapping: YAMLNode) -> YAMLNode? {
    mapping[":concurrency"] ?? mapping["concurrency"]
  }

  private func concurrency(_ mapping: YAMLNode) -> Setting {
    let version = context.versions["sidekiq"] ?? Technology.sidekiq.defaultVersion
    guard let node = Self.node(mapping), !node.range.isEmpty else {
      return Setting(
        key: "concurrency", field: "request_threads",
        effective: .int(version < Version(7) ? 10 : 5), unit: .thread, provenance: .default)
    }
    let tags = erb.outputs(in: node.range)
    var result = ERBExpression.Result.literal(node.text)
    if let tag = tags.first {
      result = tag.range == node.range ? tag.result : .unknown("Ruby code decides it")
    }
    return ProcessFile.setting(
      "concurrency", "request_threads", .thread, result, written: source.text(node.range),
      at: Origin(path: source.path, range: node.range))
  }
}
