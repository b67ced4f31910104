import Model

/// A document of a Spring configuration file: it applies as a whole or not at all.
struct SpringDocument: Sendable {
  let file: SpringFile
  /// The profile of the file, or of the file that imports it.
  let profile: String?
  /// The condition under which it applies, from `on-profile` or `spring.profiles`.
  let condition: ProfileExpression?
  /// The condition on profiles as written, for people.
  let expression: String?
  let entries: [SpringEntry]
  /// Whether lines of it could not be read, so that what it does not say is not known.
  let hasErrors: Bool
  /// Whether no profile of production reads it; decided once all files are read.
  var isOutsideProduction = false

  /// A document with the condition that its own entries state.
  ///
  /// - Parameter importer: the document that imports its file, without which it does not apply.
  init(
    file: SpringFile, entries: [SpringEntry], hasErrors: Bool = false,
    importer: SpringDocument? = nil
  ) {
    self.file = file
    self.entries = entries
    self.hasErrors = hasErrors
    profile = importer?.profile ?? file.profile
    let profiles = Self.texts(entries, ["spring.config.activate.onprofile", "spring.profiles"])
    // A cloud platform counts as a profile of its name: it is known only where the program runs.
    let platforms = Self.texts(entries, [Self.platformName])
    let parts = [profiles, platforms].filter { !$0.isEmpty }.map { $0.joined(separator: ",") }
    // The variant for one profile of a file that another profile's file imports needs both.
    let variant = profile == file.profile ? nil : file.profile.map { ProfileExpression($0) }
    condition = ([importer?.condition, variant] + parts.map { ProfileExpression($0) }).compactMap {
      $0
    }
    .reduce(nil) { $0?.and($1) ?? $1 }
    expression = (profiles.isEmpty ? nil : profiles.joined(separator: ", ")) ?? importer?.expression
  }

  private static let platformName = "spring.config.activate.oncloudplatform"

  /// The line that makes the document one of a cloud platform.
  var platform: SpringEntry? {
    entries.first { Self.isNamed($0, Self.platformName) }
  }

  /// The lines that import other files, in order.
  var imports: [SpringEntry] {
    entries.filter { Self.isNamed($0, "spring.config.import") }
  }

  /// Whether it says anything about a data source.
  var describesPool: Bool {
    entries.contains {
      $0.name.hasPrefix("spring.datasource.") || $0.name.hasPrefix("spring.r2dbc.")
        || $0.name.hasSuffix(".jdbcurl")
        || $0.name.firstPlace(of: ".hikari.") != nil
    }
  }

  /// Whether it applies where exactly these profiles are active.
  func applies(to active: Set<String>) -> Bool {
    profile.map(active.contains) != false && condition?.holds(active) != false
  }

  /// The values of properties that hold one text or a list of them.
  private static func texts(_ entries: [SpringEntry], _ names: [String]) -> [String] {
    entries.filter { entry in names.contains { isNamed(entry, $0) } }.map(\.text)
  }

  private static func isNamed(_ entry: SpringEntry, _ name: String) -> Bool {
    entry.name == name || entry.name.hasPrefix(name + "[")
  }
}

extension SpringEntry {
  /// The value as text, placeholders not resolved.
  var text: String {
    if case .text(let text) = value { text } else { written }
  }
}
