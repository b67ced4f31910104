import Model

/// Which files match which patterns of paths, where rules have settings of their own for some.
///
/// Most policies have none; then none of this is done.
struct PathScopes: Sendable {
  /// The numbers of the patterns that a file matches, by its path as resources name it.
  private let scopes: [String: [Int]]

  /// Looks at each path once.
  ///
  /// - Parameters:
  ///   - patterns: numbered by their order.
  ///   - paths: the files of all resources.
  ///   - rootPath: turns such a path into one from the root.
  init(_ patterns: [Glob], paths: Set<String>, _ rootPath: (String) -> String) {
    var scopes: [String: [Int]] = [:]
    for path in paths {
      let rooted = rootPath(path)
      let matching = patterns.indices.filter { patterns[$0].matches(rooted) }
      if !matching.isEmpty { scopes[path] = matching }
    }
    self.scopes = scopes
  }

  /// The resources, those in files with settings of their own told from the others.
  func applied(to subjects: Subjects) -> Subjects {
    guard !scopes.isEmpty else { return subjects }
    var result = Subjects()
    for (resource, number) in zip(subjects.resources, subjects.profileOf) {
      var profile = subjects.profiles[number]
      profile.scopes = scopes[resource.identity.origin.path] ?? []
      result.append([resource], sharing: profile)
    }
    return result
  }
}
