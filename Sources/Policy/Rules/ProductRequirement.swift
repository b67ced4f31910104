package import Model

/// A product that a rule is about, and the versions in which its defect exists.
package struct ProductRequirement: Sendable, Hashable, CustomStringConvertible {
  /// As in `--product`: `hikaricp`.
  package let name: String
  /// All of them must hold; empty for every version.
  package let versions: [VersionBound]

  package init(name: String, versions: [VersionBound] = []) {
    self.name = name
    self.versions = versions
  }

  /// Whether a resource of `technology` in `version` meets it; an unknown version meets every
  /// bound.
  package func matches(technology: String, version: Version?) -> Bool {
    guard technology == name else { return false }
    guard let version else { return true }
    return versions.allSatisfy { $0.holds(version) }
  }

  package var description: String {
    versions.isEmpty ? name : "\(name) \(versions.map(\.description).joined(separator: " "))"
  }
}

/// One end of a range of versions: `>=1.11.3`.
package struct VersionBound: Sendable, Hashable, CustomStringConvertible {
  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }

  package let comparison: Comparison
  package let version: Version

  package init(_ comparison: Comparison, _ version: Version) {
    self.comparison = comparison
    self.version = version
  }

  /// Reads `>=1.11.3`.
  package init?(_ text: Substring) {
    guard let comparison = Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }),
      let version = Version(String(text.dropFirst(comparison.rawValue.count)))
    else { return nil }
    self.init(comparison, version)
  }

  package func holds(_ other: Version) -> Bool {
    switch comparison {
    case .atLeast: other >= version
    case .atMost: other <= version
    case .above: other > version
    case .below: other < version
    }
  }

  package var description: String { "\(comparison.rawValue)\(version)" }
}
