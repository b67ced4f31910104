import Audit
import Git
import Policy

/// All commits since the log began that touched governed files, and those of them without a record.
///
/// An auditor takes a sample; the sample proves something only if nothing is missing in what it is
/// taken from.
struct Population: Sendable {
  /// A commit that touched governed files and that no record accounts for.
  struct Unrecorded: Sendable {
    let id: ObjectID
    let author: String
    /// Since 1970.
    let seconds: Int64
    let summary: String
    let paths: [String]
  }

  /// Newest first.
  private(set) var unrecorded: [Unrecorded] = []
  /// Commits that touched governed files.
  private(set) var commits = 0
  /// Why the question could not be answered; `nil` where it could.
  private(set) var reason: String?

  /// So many commits are looked at.
  private static let commitLimit = 100_000

  init(of query: LogQuery, products: [String]) throws(Failure) {
    guard try !query.isCollection() else {
      reason = "the commits are in the repositories: ask there"
      return
    }
    let repository = try RepositoryAccess.open(query.folder)
    guard let head = try? repository.head().commit else {
      reason = "there is no commit yet"
      return
    }
    let recorded = try query.recordedVersions()
    guard let first = recorded.first else {
      reason = "nothing is recorded yet"
      return
    }
    let history: [HistoryEntry]
    do throws(GitError) {
      let base = first.base.flatMap { repository.contains($0) ? $0 : nil }
      history = try repository.ancestors(
        of: head, excluding: base, limit: Self.commitLimit)
    } catch {
      reason = error.description
      return
    }
    let configuration = try Self.configuration(at: head, query.folder, products)
    let known = try Self.covered(by: recorded, in: repository)
    for entry in history where entry.commit.parents.count < 2 {
      let touched = try Self.touched(by: entry, in: repository, configuration)
      guard !touched.isEmpty else { continue }
      if known.contains(entry.id) || touched.allSatisfy({ recorded.hold($0) }) {
        commits += 1
        continue
      }
      try judge(entry, touched, query.folder, products)
    }
  }

  /// A path that looks like configuration may hold none: then there is nothing to record.
  private mutating func judge(
    _ entry: HistoryEntry, _ touched: [RecordedVersions.Content], _ folder: String,
    _ products: [String]
  ) throws(Failure) {
    let range = ChangeRange(base: entry.commit.parents.first, head: .commit(entry.id))
    let change = try GovernedChange(range, in: folder, products: products)
    guard !change.files.isEmpty else { return }
    commits += 1
    unrecorded.append(
      Unrecorded(
        id: entry.id, author: entry.commit.author.email, seconds: entry.commit.author.seconds,
        summary: entry.commit.summary, paths: change.files.map(\.path)))
  }

  private static func configuration(
    at head: ObjectID, _ folder: String, _ products: [String]
  ) throws(Failure) -> Configuration {
    let files = try RepositoryAccess.orFailure { () throws(GitError) in
      try GitFiles(of: head, in: try Repository(at: folder))
    }
    return try files.project(products: products).configuration
  }

  /// The commits between the two versions of each record.
  private static func covered(
    by recorded: RecordedVersions, in repository: borrowing Repository
  ) throws(Failure) -> Set<ObjectID> {
    var covered: Set<ObjectID> = []
    for range in recorded.ranges {
      guard let commit = range.commit, repository.contains(commit) else { continue }
      covered.insert(commit)
      guard let base = range.base, repository.contains(base) else { continue }
      let between = try RepositoryAccess.orFailure { () throws(GitError) in
        if try repository.commit(commit).parents == [base] { return [HistoryEntry]() }
        return try repository.ancestors(of: commit, excluding: base, limit: commitLimit)
      }
      covered.formUnion(between.map(\.id))
    }
    return covered
  }

  private static func touched(
    by entry: HistoryEntry, in repository: borrowing Repository, _ configuration: Configuration
  ) throws(Failure) -> [RecordedVersions.Content] {
    let deltas = try RepositoryAccess.orFailure { () throws(GitError) in
      try repository.changes(from: entry.commit.parents.first, to: entry.id)
    }
    return deltas.compactMap { delta in
      let path = delta.path
      let isGoverned =
        configuration.governs(path)
        && (FileNames.mayBeConfiguration(path) || configuration.technology(of: path) != nil)
      guard isGoverned || configuration.decides(path) else { return nil }
      return RecordedVersions.Content(path: path, blob: delta.newID)
    }
  }

  /// One line for people.
  var sentence: String {
    if let reason { return "completeness is not known: \(reason)" }
    let all = commits == 1 ? "1 commit" : "\(commits) commits"
    return unrecorded.isEmpty
      ? "complete: \(all) touched governed files since the log began, and each has a record"
      : "\(unrecorded.count) of \(all) that touched governed files have no record"
  }
}

/// What the records say was changed, by commits and by contents.
struct RecordedVersions: Sendable {
  struct Content: Sendable, Hashable {
    let path: String
    /// Absent where the file was deleted.
    let blob: ObjectID?
  }

  struct Range: Sendable, Hashable {
    let base: ObjectID?
    let commit: ObjectID?
  }

  /// Of the oldest record that moved anything.
  private(set) var first: Range?
  private(set) var ranges: Set<Range> = []
  private(set) var contents: Set<Content> = []

  /// Whether a record left the file with this content.
  func hold(_ content: Content) -> Bool { contents.contains(content) }

  mutating func add(_ change: RecordedChange) {
    let range = Range(base: change.base, commit: change.commit)
    if first == nil { first = range }
    ranges.insert(range)
    for file in change.files { contents.insert(Content(path: file.path, blob: file.blob)) }
  }
}

extension LogQuery {
  fileprivate func recordedVersions() throws(Failure) -> RecordedVersions {
    let changes = try asking { asking throws(AuditError) in try asking.recordedChanges() }
    var versions = RecordedVersions()
    for change in changes { versions.add(change) }
    return versions
  }
}
