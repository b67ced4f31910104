/// One way in which the files of a group are read together: some profiles, in one environment.
///
/// A document for `!prod` is read where no profile is active, but never in production. So what is
/// judged as production is read without such documents, and once more with them, as what they say.
struct SpringScope {
  /// The active profiles; empty for none.
  let profiles: Set<String>
  /// The environment that is declared, if any.
  let environment: String?
  /// Whether documents are read that production excludes.
  let isOutside: Bool

  /// What is active: without any profile, Spring activates `default`.
  private var active: Set<String> { profiles.isEmpty ? ["default"] : profiles }

  /// The scope of some profiles, as production where nothing else is declared.
  init(profiles: Set<String>, environment: String?) {
    self.profiles = profiles
    self.environment = environment
    isOutside = false
  }

  /// The same profiles outside production; `nil` where that makes no difference.
  init?(outside scope: SpringScope, _ documents: [SpringDocument]) {
    profiles = scope.profiles
    isOutside = true
    let own = documents.filter { document in
      scope.withholds(document) && document.applies(to: scope.active)
        && (scope.profiles.isEmpty || !document.applies(to: ["default"]))
    }
    var expressions: [String] = []
    for expression in own.compactMap(\.expression) where !expressions.contains(expression) {
      expressions.append(expression)
    }
    guard !expressions.isEmpty else { return nil }
    environment = expressions.joined(separator: ", ")
  }

  /// Whether a document that the profiles would activate is not read, because this is production.
  private func withholds(_ document: SpringDocument) -> Bool {
    guard !isOutside, environment == nil || environment == "production" else { return false }
    return document.isOutsideProduction
  }

  func reads(_ document: SpringDocument) -> Bool {
    document.applies(to: active) && !withholds(document)
  }

  /// Whether what a document says is the scope's own, not what every profile inherits.
  func owns(_ document: SpringDocument) -> Bool {
    isOutside ? document.isOutsideProduction : !document.applies(to: ["default"])
  }
}
