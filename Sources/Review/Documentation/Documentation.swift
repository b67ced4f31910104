import Catalog
package import Policy

/// The generated part of the documentation: a page for each rule and each technology.
package struct Documentation: Sendable {
  /// One file.
  package struct Page: Sendable {
    /// Below `docs/`, with `/` between its parts.
    package let path: String
    package let text: String
  }

  private let policy: PolicySet

  /// The documentation of a policy's rules, and of every technology.
  package init(_ policy: PolicySet) {
    self.policy = policy
  }

  /// Every page, in order of their paths.
  package var pages: [Page] {
    let rules = policy.rules.map(\.definition)
    return [
      Page(path: "rules/README.md", text: RuleIndexPage(rules).text),
      Page(path: "rules/fields.md", text: FieldsPage(policy.schema).text),
    ]
      + rules.map { Page(path: "rules/\($0.id).md", text: RulePage($0).text) }
      + Catalog.technologies.map {
        Page(path: "technologies/\($0.name).md", text: TechnologyPage($0).text)
      }
  }
}
