import Audit
import Catalog
import Git
import Policy

/// What commits of the past changed in governed files.
///
/// Which files are governed is decided by today's `.headgate.yaml`: it is what the log is for.
struct PastFiles {
  /// What one commit changed.
  struct Change {
    let files: [FileChange]
    let settings: [SettingChange]
    let remark: [CanonicalJSON.Member]
  }

  private let folder: String
  private let project: Project
  /// The files of a commit, and what the commits after it changed up to the one looked at last,
  /// which is often the next one's parent: no tree is walked for those.
  private var latest: (commit: ObjectID, files: GitFiles, since: [[FileDelta]])?
  /// With more commits to catch up than this the tree is walked.
  private static let stepLimit = 1_000

  private let keepsContent: Bool

  init(folder: String, head: ObjectID, products: [String]) throws(Failure) {
    self.folder = folder
    keepsContent = try RepositoryAccess.open(folder).keepsContent()
    project = try Self.files(of: head, in: folder).project(products: products)
  }

  /// What a commit changed in governed files; `nil` where it changed none.
  ///
  /// - Throws: `Failure` when a version cannot be read.
  mutating func change(
    of commit: ObjectID, since base: ObjectID?, in repository: borrowing Repository
  ) throws(Failure) -> Change? {
    let deltas = try RepositoryAccess.orFailure { () throws(GitError) in
      try repository.changes(from: base, to: commit, renames: .identical)
    }
    let isGoverned = deltas.contains { delta in
      [delta.oldPath, delta.newPath].contains { path in
        path.map { project.configuration.mayGovern($0) } ?? false
      }
    }
    guard isGoverned else {
      if let known = latest?.commit, known == base,
        latest.map({ $0.since.count < Self.stepLimit }) == true
      {
        latest?.commit = commit
        latest?.since.append(deltas)
      }
      return nil
    }
    let old: GitFiles
    if let latest, latest.commit == base {
      old = latest.since.isEmpty ? latest.files : latest.files.after(latest.since)
    } else {
      old = try Self.files(of: base, in: folder)
    }
    let new = old.after([deltas])
    latest = (commit, new, [])
    let compared = try Comparison(
      deltas, from: old, to: new, project.collector, isTolerant: true
    ) { project.configuration.decides($0) }
    guard !compared.files.isEmpty else { return nil }
    let content = RecordedContent(compared.files, compared.settings)
    do {
      return Change(
        files: Array(try content.files(keepsContent: keepsContent).prefix(Record.fileLimit)),
        settings: content.settings,
        remark: content.remark)
    } catch { throw Failure(error) }
  }

  private static func files(of commit: ObjectID?, in folder: String) throws(Failure) -> GitFiles {
    try RepositoryAccess.orFailure { () throws(GitError) in
      try GitFiles(of: commit, in: try Repository(at: folder))
    }
  }
}

extension Configuration {
  /// Whether the file may be one that a product reads, by its name alone.
  fileprivate func mayGovern(_ path: String) -> Bool {
    decides(path)
      || (FileNames.mayBeConfiguration(path) || technology(of: path) != nil) && governs(path)
  }
}
