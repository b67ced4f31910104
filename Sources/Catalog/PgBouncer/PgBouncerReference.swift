import Model

extension PgBouncer {
  /// PgBouncer's page in the documentation.
  static var reference: TechnologyReference {
    TechnologyReference(
      files: "Files ending in `.ini` whose name has `pgbouncer` in it or that hold a section "
        + "`[pgbouncer]`, and what `%include` names.",
      notes: [
        "A second `[pgbouncer]` header puts every key back to its default before its own lines are "
          + "read; what stood before it is shown as written and not effective.",
        "Each line of `[databases]` is a resource of its own, with the pool's keys resolved.",
      ],
      keys: keys.map(\.referenceKey))
  }
}

extension PgBouncer.Key {
  fileprivate var referenceKey: TechnologyReference.Key {
    TechnologyReference.Key(
      name, place: "[pgbouncer]", value: valueWords, field: field ?? "", standard: standardWords,
      versions: VersionWords.range(since: since > Version(1) ? since : nil, until: nil))
  }

  private var valueWords: String {
    switch kind {
    case .int, .unsigned: unit.described("integer")
    case .time: "time in s"
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .text: isSecret ? "secret text" : "text"
    }
  }

  private var standardWords: String {
    let now = standard ?? ""
    guard let earlier = PgBouncer.earlierDefaults.first(where: { $0.key == name }) else {
      return now
    }
    return "\(earlier.standard); \(now.isEmpty ? "empty" : now) from \(earlier.before)"
  }
}
