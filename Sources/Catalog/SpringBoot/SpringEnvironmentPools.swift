import Model
package import Syntax

/// The pools of a program of Spring Boot of which nothing but the environment is here.
///
/// Its file stands in the image: what the environment says wins over it, and nothing else is known.
package enum SpringEnvironmentPools {
  /// Whether a workload's environment says something of a data source.
  package static func isKnown(_ workload: Workload) -> Bool {
    workload.image?.product == nil
      && workload.variables.contains { variable in
        starts.contains { variable.name.hasPrefix($0) }
      }
  }

  private static let starts = ["SPRING_DATASOURCE_", "SPRING_R2DBC_"]
  private static let reason =
    "only the environment is here: a file in the image may say it"

  /// The pools, with every key that the environment does not give unknown.
  ///
  /// - Parameters:
  ///   - source: the file that deploys it.
  ///   - context: with the workload.
  package static func reading(
    of workload: Workload, in source: SourceText, _ context: ReadingContext
  ) -> Reading {
    let folder = ConfigurationText.directory(of: source.path)
    let path = ConfigurationText.resolve("application.properties", in: folder)
    let empty = SourceText(path: path, text: "")
    let own = ReadingContext(
      files: OneFile(source: empty), versions: context.versions,
      environment: context.environment, givenVersions: context.givenVersions, workload: workload)
    let place = workload.resource.identity.origin
    let pools = SpringGroup(empty, own).reading.resources.compactMap { $0 as? SettingsResource }
    let resources: [any Resource] = pools.map { pool in
      let moved = pool.moved(to: place) { $0.path == path ? nil : $0 }
      return SettingsResource(
        identity: moved.identity, settings: moved.settings.map(open),
        facts: moved.targetFacts
      ).run(by: workload.service)
    }
    return Reading(resources: resources, problems: [], sources: [source], included: [])
  }

  private static func open(_ setting: Setting) -> Setting {
    guard setting.provenance == .default, setting.written == nil else { return setting }
    return Setting(
      key: setting.key, field: setting.field, effective: nil, unit: setting.unit,
      provenance: .unknown, note: reason, isSecret: setting.isSecret)
  }
}

extension SettingsResource {
  /// Where the address leads, as facts.
  fileprivate var targetFacts: [String: FieldValue] {
    var facts: [String: FieldValue] = [:]
    for name in ["target_host", "target_port", "target_database", "target_product"] {
      guard let field = KindSchema.pool.field(named: name) else { continue }
      let value = value(of: field)
      if case .absent = value { continue }
      facts[name] = value
    }
    return facts
  }
}

/// A folder with one file.
struct OneFile: FileSource {
  let source: SourceText

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard path == source.path else { throw .notFound }
    return source
  }

  func names(in directory: String) -> [String] {
    directory == ConfigurationText.directory(of: source.path)
      ? [ConfigurationText.name(of: source.path)] : []
  }
}
