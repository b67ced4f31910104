import Model

/// The resources of one kind, with what rules ask of them before they look at any field.
///
/// Resources of nginx compute their identity whenever they are asked, and thousands of them share
/// product, version and environment: those are kept apart, once.
struct Subjects: Sendable {
  private(set) var resources: [any Resource] = []
  private(set) var profiles: [ResourceProfile] = []
  /// The index of each resource's profile.
  private(set) var profileOf: [Int] = []
  private var indices: [ResourceProfile: Int] = [:]

  var isEmpty: Bool { resources.isEmpty }
  var technologies: Set<String> { Set(profiles.map(\.technology)) }

  mutating func append(_ resource: any Resource) {
    let profile = resource.profile
    resources.append(resource)
    if let last = profileOf.last, profiles[last] == profile {
      profileOf.append(last)
    } else {
      profileOf.append(index(of: profile))
    }
  }

  /// Appends what belongs to a resource of `profile` and shares it.
  mutating func append(_ parts: [any Resource], sharing profile: ResourceProfile) {
    guard !parts.isEmpty else { return }
    let number = index(of: profile)
    resources += parts
    profileOf += repeatElement(number, count: parts.count)
  }

  private mutating func index(of profile: ResourceProfile) -> Int {
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

  /// The parts of all resources that some rule asks for, by name; names without any left out.
  static func parts(
    of subjects: [Kind: Subjects], named names: Set<String>
  ) -> [String: Subjects] {
    var parts: [String: Subjects] = [:]
    guard !names.isEmpty else { return parts }
    for kind in Kind.allCases {
      guard let subjects = subjects[kind] else { continue }
      for (resource, profile) in zip(subjects.resources, subjects.profileOf) {
        guard !resource.parts(named: names).isEmpty else { continue }
        for name in names {
          let found = resource.parts(named: [name])
          guard !found.isEmpty else { continue }
          parts[name, default: Subjects()].append(found, sharing: subjects.profiles[profile])
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
    // A comparison shows the settings of others.
    for kind in Kind.allCases where kind != .invariant {
      guard let subjects = subjects[kind] else { continue }
      let concerned = subjects.profiles.map { profile in rules.filter { $0.concerns(profile) } }
      let skipsDefaults = concerned.map { $0.allSatisfy(\.concernsWrittenOnly) }
      for (resource, profile) in zip(subjects.resources, subjects.profileOf)
      where !concerned[profile].isEmpty {
        let identity = resource.identity
        for setting in resource.settings {
          if skipsDefaults[profile], setting.written == nil { continue }
          guard setting.origin == nil || seen.insert(setting).inserted else { continue }
          settings.append(SettingSubject(setting, of: identity))
        }
      }
    }
    return settings
  }
}

extension RuleDefinition {
  /// Whether it is about a product in a version; a rule that names no product is about all.
  func concerns(_ profile: ResourceProfile) -> Bool {
    products.isEmpty
      || products.contains {
        $0.matches(technology: profile.technology, version: profile.version)
      }
  }
}
