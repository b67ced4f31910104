/// Where a rule comes from: what a verdict names beside it.
package enum RuleSource: Sendable, Hashable, CustomStringConvertible {
  /// It comes with Headgate.
  case builtIn
  /// A file of the repository that is checked, by its path from the root.
  case file(String)
  /// A file of another repository, as the lock pins it.
  case shared(address: String, ref: String, commit: String, path: String)

  /// `built-in`, `rules/team/x.yaml`, or address, version and path: what reports show.
  package var description: String {
    switch self {
    case .builtIn: "built-in"
    case .file(let path): path
    case .shared(let address, let ref, let commit, let path):
      "\(address)@\(ref) (\(commit.prefix(12))) \(path)"
    }
  }

  /// One word for a table: `built-in`, `team` or `shared`.
  package var word: String {
    switch self {
    case .builtIn: "built-in"
    case .file: "team"
    case .shared: "shared"
    }
  }
}
