package import Capacity
package import Model
package import Syntax

/// A team's decisions, from `.headgate.yaml` in the root of its repository.
package struct Configuration: Sendable {
  /// The file's name.
  package static let fileName = ".headgate.yaml"

  /// Which files are governed; empty where every file of a known product is.
  package let files: [GovernedFiles]
  /// Files that are not looked at.
  package let ignored: [Glob]
  /// Versions by the product's name.
  package let products: [String: Version]
  /// Severities and parameters by the rule's name, or by `area/*`.
  package let rules: [String: RuleSettings]
  /// Directories of the team's own rules, relative to the root.
  package let policies: [String]
  /// Rules of other repositories.
  package let sharedPolicies: [SharedPolicy]
  /// The packs whose rules are on.
  package let packs: Set<Pack>
  /// Folders and files of the team's own formats, relative to the root.
  package let formats: [String]
  /// The format that a path is of by its pattern; whoever reads the formats fills it in.
  package var format: @Sendable (String) -> String? = { _ in nil }
  /// The services that a request passes with their replicas and peaks.
  package let loadPath: LoadDeclaration?
  /// Where each name of a product stands, in ``products`` and ``files``.
  package var productPlaces: [(name: String, position: SourcePosition)] = []
  /// The file of findings that are known, from the root; `nil` where none is named.
  package var baseline: String?
  /// What is asked of a change besides a clean check.
  package var gate = GateSettings()
  /// Who has to agree to changes, as declared.
  package let approvals: Declaration?

  /// What holds where there is no file.
  package static let defaults = Configuration()

  package init(
    files: [GovernedFiles] = [], ignored: [Glob] = [], products: [String: Version] = [:],
    rules: [String: RuleSettings] = [:], policies: [String] = [],
    sharedPolicies: [SharedPolicy] = [],
    packs: Set<Pack> = Pack.standard, formats: [String] = [], loadPath: LoadDeclaration? = nil,
    approvals: Declaration? = nil
  ) {
    self.files = files
    self.ignored = ignored
    self.products = products
    self.rules = rules
    self.policies = policies
    self.sharedPolicies = sharedPolicies
    self.packs = packs
    self.formats = formats
    self.loadPath = loadPath
    self.approvals = approvals
  }

  /// Whether the file at `path` is to be checked, recorded and approved.
  ///
  /// - Parameter path: relative to the repository's root.
  package func governs(_ path: String) -> Bool {
    guard !ignored.contains(where: { $0.matches(path) }) else { return false }
    return files.isEmpty || entry(for: path) != nil
  }

  /// The declared environment of the file at `path`, `nil` where none is declared.
  package func environment(of path: String) -> String? { entry(for: path)?.environment }

  /// The declared product of the file at `path`, for names that say nothing: that of its entry,
  /// else the team's own format whose pattern it matches.
  package func technology(of path: String) -> String? {
    entry(for: path)?.technology ?? format(path)
  }

  /// The last entry that matches, so that exceptions can follow the rule.
  private func entry(for path: String) -> GovernedFiles? {
    files.last { $0.pattern.matches(path) }
  }
}

/// Files that are governed alike.
package struct GovernedFiles: Sendable, Hashable {
  package let pattern: Glob
  /// `production`, `staging`, `test` …; `nil` where the files say it themselves.
  package let environment: String?
  /// The product that reads them, where their names don't say.
  package let technology: String?

  package init(pattern: Glob, environment: String? = nil, technology: String? = nil) {
    self.pattern = pattern
    self.environment = environment
    self.technology = technology
  }
}

/// A part of `.headgate.yaml` that is kept as written, each value with its place.
package struct Declaration: Sendable, Hashable {
  package indirect enum Content: Sendable, Hashable {
    /// A scalar's text.
    case text(String)
    case list([Declaration])
    case mapping([DeclaredEntry])
  }

  package let content: Content
  package let position: SourcePosition

  package init(content: Content, position: SourcePosition) {
    self.content = content
    self.position = position
  }

  /// The value of `key` in a mapping.
  package subscript(key: String) -> Declaration? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// A scalar's text.
  package var text: String? {
    guard case .text(let text) = content else { return nil }
    return text
  }
}

/// A key of a declared mapping with its value.
package struct DeclaredEntry: Sendable, Hashable {
  package let key: String
  package let value: Declaration

  package init(key: String, value: Declaration) {
    self.key = key
    self.value = value
  }
}
