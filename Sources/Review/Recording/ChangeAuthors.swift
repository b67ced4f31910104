import Audit
import Git

/// Everybody who wrote a change: none of them may approve it.
enum ChangeAuthors {
  /// Commits of one change that are looked at; a longer branch names enough people by then.
  private static let commitLimit = 2_000
  /// Names that a record holds.
  private static let nameLimit = 200

  /// The authors and co-authors of the commits in a range, as in `actor.id`.
  static func names(
    from base: ObjectID?, to head: ObjectID, in repository: borrowing Repository
  ) throws(GitError) -> [String] {
    var names: [String] = []
    for entry in try repository.ancestors(of: head, excluding: base, limit: commitLimit) {
      for name in of(entry.commit) where !names.contains(name) && names.count < nameLimit {
        names.append(name)
      }
    }
    return names.sorted()
  }

  /// The author of one commit and those whom its last lines name.
  static func of(_ commit: CommitObject) -> [String] {
    [commit.author.email.identity] + coAuthors(in: commit.message)
  }

  /// `Co-authored-by: Name <address>`, as forges write it for pairs and for squashed branches.
  private static func coAuthors(in message: [UInt8]) -> [String] {
    let label = Array("co-authored-by:".utf8)
    return message.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let start = line.prefix(label.count).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
      guard start == label, let close = line.lastIndex(of: UInt8(ascii: ">")),
        let open = line[..<close].lastIndex(of: UInt8(ascii: "<")), close - open > 1
      else { return nil }
      return String(decoding: line[(open + 1)..<close], as: UTF8.self).identity
    }
  }
}
