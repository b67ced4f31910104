import Model

/// A resource with what every rule asks of it first.
///
/// Kept apart because resources of nginx compute their identity whenever they are asked.
struct Subject {
  let resource: any Resource
  let technology: String
  let version: Version?
  let environment: String

  init(_ resource: any Resource) {
    let identity = resource.identity
    self.resource = resource
    technology = identity.technology
    version = identity.version
    environment = identity.environment
  }

  static func byKind(_ resources: [any Resource]) -> [Kind: [Subject]] {
    var result: [Kind: [Subject]] = [:]
    for resource in resources { result[resource.kind, default: []].append(Subject(resource)) }
    return result
  }

  /// The settings of all resources that one of `rules` is about, those that several share once.
  static func settings(
    of subjects: [Kind: [Subject]], concerning rules: [RuleDefinition]
  ) -> [Subject] {
    var seen: Set<Setting> = []
    var settings: [Subject] = []
    for kind in Kind.allCases {
      for subject in subjects[kind] ?? []
      where rules.contains(where: {
        $0.concerns(technology: subject.technology, version: subject.version)
      }) {
        let identity = subject.resource.identity
        for setting in subject.resource.settings
        where setting.origin == nil || seen.insert(setting).inserted {
          settings.append(Subject(SettingSubject(setting, of: identity)))
        }
      }
    }
    return settings
  }
}
