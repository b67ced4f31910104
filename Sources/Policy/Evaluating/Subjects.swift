import Model

/// The resources of one kind, with what rules ask of them before they look at any field.
///
/// Resources of nginx compute their identity whenever they are asked, and thousands of them share
/// product, version and environment: those are kept apart, once.
struct Subjects {
  /// What decides whether, and with which numbers, a rule applies.
  struct Profile: Hashable {
    let technology: String
    let version: Version?
    let environment: String
  }

  private(set) var resources: [any Resource] = []
  private(set) var profiles: [Profile] = []
  /// The index of each resource's profile.
  private(set) var profileOf: [Int] = []
  private var indices: [Profile: Int] = [:]

  var isEmpty: Bool { resources.isEmpty }
  var technologies: Set<String> { Set(profiles.map(\.technology)) }

  mutating func append(_ resource: any Resource) {
    let identity = resource.identity
    let profile = Profile(
      technology: identity.technology, version: identity.version,
      environment: identity.environment)
    resources.append(resource)
    if let last = profileOf.last, profiles[last] == profile {
      profileOf.append(last)
    } else {
      profileOf.append(index(of: profile))
    }
  }

  /// Appends what belongs to a resource of `profile` and shares it.
  private mutating func append(_ parts: [any Resource], sharing profile: Profile) {
    guard !parts.isEmpty else { return }
    let number = index(of: profile)
    resources += parts
    profileOf += repeatElement(number, count: parts.count)
  }

  private mutating func index(of profile: Profile) -> Int {
    if let known = indices[profile] { return known }
    indices[profile] = profiles.count
    profiles.append(profile)
    return profiles.count - 1
  }

  static func byKind(_ resources: [any Resource]) -> [Kind: Subjects] {
    var result: [Kind: Subjects] = [:]
    for resource in resources { result[resource.kind, default: Subjects()].append(resource) }
    return result
  }

  /// The parts of all resources that some rule asks for, by name.
  static func parts(
    of subjects: [Kind: Subjects], named names: Set<String>
  ) -> [String: Subjects] {
    var parts: [String: Subjects] = [:]
    for kind in Kind.allCases {
      guard let subjects = subjects[kind] else { continue }
      for (resource, profile) in zip(subjects.resources, subjects.profileOf)
      where !resource.parts(named: names).isEmpty {
        for name in names {
          parts[name, default: Subjects()].append(
            resource.parts(named: [name]), sharing: subjects.profiles[profile])
        }
      }
    }
    return parts
  }

  /// The settings of all resources that one of `rules` is about, those that several share once.
  static func settings(
    of subjects: [Kind: Subjects], concerning rules: [RuleDefinition]
  ) -> Subjects {
    var seen: Set<Setting> = []
    var settings = Subjects()
    for kind in Kind.allCases {
      guard let subjects = subjects[kind] else { continue }
      let isMeant = subjects.profiles.map { profile in rules.contains { $0.concerns(profile) } }
      for (resource, profile) in zip(subjects.resources, subjects.profileOf) where isMeant[profile]
      {
        let identity = resource.identity
        for setting in resource.settings
        where setting.origin == nil || seen.insert(setting).inserted {
          settings.append(SettingSubject(setting, of: identity))
        }
      }
    }
    return settings
  }
}

extension RuleDefinition {
  /// Whether it is about a product in a version; a rule that names no product is about all.
  func concerns(_ profile: Subjects.Profile) -> Bool {
    products.isEmpty
      || products.contains {
        $0.matches(technology: profile.technology, version: profile.version)
      }
  }
}
