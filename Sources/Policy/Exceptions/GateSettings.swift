import Syntax

/// What a team asks of a change besides a clean check, from `gate:` of `.headgate.yaml`.
package struct GateSettings: Sendable, Hashable {
  /// Whether a governed change must stand in the audit log.
  package enum Records: String, Sendable, Hashable, CaseIterable {
    /// Where the repository has a log; a repository without one has nothing to keep complete.
    case whenLogged = "when-logged"
    case required
    /// A missing record is told and keeps nothing out.
    case optional
  }

  /// Which new comments may take findings of their own change out.
  package enum Suppressions: String, Sendable, Hashable, CaseIterable {
    /// Those of changes that others have approved in the audit log.
    case approved
    case allowed
  }

  package let records: Records
  package let suppressions: Suppressions
  /// Further files whose changes are recorded and agreed to, such as a list of code owners.
  package let decisions: [Glob]

  package init(
    records: Records = .whenLogged, suppressions: Suppressions = .approved, decisions: [Glob] = []
  ) {
    self.records = records
    self.suppressions = suppressions
    self.decisions = decisions
  }

  static func read(_ node: YAMLNode, _ file: inout PolicyFileReader) -> GateSettings {
    let values = file.pairs(
      of: node, known: ["records", "suppressions", "decisions"], what: "gate")
    let records: Records? = values["records"].flatMap { file.choice($0, what: "records") }
    let suppressions: Suppressions? = values["suppressions"]
      .flatMap { file.choice($0, what: "suppressions") }
    return GateSettings(
      records: records ?? .whenLogged, suppressions: suppressions ?? .approved,
      decisions: values["decisions"].map { decisions($0, &file) } ?? [])
  }

  private static func decisions(_ node: YAMLNode, _ file: inout PolicyFileReader) -> [Glob] {
    file.texts(node, what: "decisions").compactMap { text in
      let glob = Glob(text)
      if glob == nil { file.report("`\(text)` is no pattern of paths", at: node) }
      return glob
    }
  }
}
