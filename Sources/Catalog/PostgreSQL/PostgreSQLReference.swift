import Model

extension PostgreSQLKey {
  /// PostgreSQL's page in the documentation.
  static var reference: TechnologyReference {
    TechnologyReference(
      files: "`postgresql.conf` and `postgresql.auto.conf`, other `.conf` files with keys of the "
        + "server, and what `include`, `include_if_exists` and `include_dir` name.",
      notes: [
        "The last line that sets a key wins, `postgresql.auto.conf` after everything else. Values "
          + "are converted to the key's own unit and rounded as the server does."
      ],
      keys: all.map(\.referenceKey))
  }

  private var referenceKey: TechnologyReference.Key {
    let through = versions.upperBound == .max ? nil : Version(versions.upperBound + 1)
    let since = versions.lowerBound == 0 ? nil : Version(versions.lowerBound)
    return TechnologyReference.Key(
      name, value: valueWords, standard: standardWords,
      versions: VersionWords.range(since: since, until: through))
  }

  private var valueWords: String {
    switch kind {
    case .bool: "on or off"
    case .int: unit.described("integer")
    case .real: unit.described("number")
    case .word: words.isEmpty ? "a word" : words.map { "`\($0)`" }.joined(separator: ", ")
    case .text: "text"
    }
  }

  /// The default, with the major versions at which it changed.
  private var standardWords: String {
    var parts: [String] = []
    var last: String?
    for major in max(versions.lowerBound, Self.oldest)...min(versions.upperBound, Self.newest) {
      let value = standard(in: Version(major)) ?? ""
      if value != last {
        let words = value.isEmpty ? "empty" : value
        parts.append(last == nil ? value : "\(words) from \(major)")
      }
      last = value
    }
    return parts.joined(separator: "; ")
  }

  /// The major versions that the tables know.
  private static let oldest = 13
  private static let newest = 18
}
