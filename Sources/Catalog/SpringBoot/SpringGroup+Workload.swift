import Model
package import Syntax

/// The pools of a group as one service runs them.
extension SpringGroup {
  /// The reading for a service: the view of its profiles, under its environment.
  ///
  /// Of the files of a group the one that reports is that of the last active profile that has a
  /// file, else the one without profile.
  func reading(of overlay: SpringOverlay, by workload: Workload) -> Reading {
    let active = overlay.profiles ?? writtenProfiles(overlay)
    let reporting = active.last { profile in files.contains { $0.profile == profile } }
    guard let file, reporting == file.profile else {
      return Reading(resources: [], problems: [], sources: sources, included: [])
    }
    let profiles = Set(active)
    let scope = SpringScope(profiles: profiles, environment: environment(profiles))
    let view = SpringView(ordered(active) + [overlay.document], scope, overlay: overlay)
    let own = candidates(view, scope.environment)
    let others = scopes.flatMap { candidates(SpringView(documents, $0), $0.environment) }
      .filter { ($0.environment ?? "production") != "production" }
    // A profile that no document is for has no pool of its own: it has the one without profile.
    let plain = SpringScope(profiles: [], environment: scope.environment)
    let written = [scope, plain].flatMap {
      candidates(SpringView(ordered(active), $0), scope.environment)
    }
    let resources: [any Resource] = own.map { candidate in
      resource(candidate, among: [candidate] + others, written: written)
        .run(by: workload.service)
    }
    return Reading(resources: resources, problems: [], sources: sources, included: [])
  }

  /// The profiles that the files themselves make active.
  private func writtenProfiles(_ overlay: SpringOverlay) -> [String] {
    let scope = SpringScope(profiles: [], environment: nil)
    let base = documents.filter { $0.condition == nil && $0.profile == nil }
    let view = SpringView(base, scope, overlay: overlay)
    return view.text("spring.profiles.active").map(SpringOverlay.list) ?? []
  }

  /// The documents with those of later profiles behind those of earlier ones.
  private func ordered(_ active: [String]) -> [SpringDocument] {
    func place(_ document: SpringDocument) -> Int {
      document.profile.flatMap { active.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    }
    return documents.enumerated().sorted {
      (place($0.element), $0.offset) < (place($1.element), $1.offset)
    }.map(\.element)
  }
}

/// The name that a program gives itself.
package enum SpringApplication {
  /// `spring.application.name` of a file's document without profile; `nil` where it says none.
  package static func name(in source: SourceText) -> String? {
    guard let file = SpringFile(path: source.path), file.profile == nil else { return nil }
    let documents = file.documents(source).documents.filter { $0.condition == nil }
    let view = SpringView(documents, SpringScope(profiles: [], environment: nil))
    return view.text("spring.application.name")
  }
}
