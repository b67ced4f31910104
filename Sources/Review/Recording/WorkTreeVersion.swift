import Catalog
import Git
import Syntax

/// The files as they lie in the work tree, staged or not, beside those of a commit that did not
/// change.
///
/// Their content is stored as blobs, without a commit or the index knowing of them: a record needs
/// it there anyway.
struct WorkTreeVersion: Sendable {
  let files: GitFiles
  let deltas: [FileDelta]

  /// - Throws: `Failure` when a changed file of configuration cannot be read.
  init(since commit: ObjectID, in folder: String) throws(Failure) {
    let repository = try RepositoryAccess.open(folder)
    guard let root = repository.workTree else {
      throw Failure("\(folder) is a bare repository, which has no work tree")
    }
    do throws(GitError) {
      deltas = try repository.changesInWorkTree(since: commit)
      var entries: [String: Index.Entry] = [:]
      for entry in try repository.files(in: commit) {
        entries[entry.name] = Index.Entry(path: entry.name, id: entry.id, mode: entry.mode)
      }
      for delta in deltas { if let path = delta.oldPath { entries[path] = nil } }
      for delta in deltas {
        guard let path = delta.newPath, let content = Self.content(path, root: root) else {
          continue
        }
        entries[path] = Index.Entry(
          path: path, id: try repository.write(.blob, content), mode: delta.newMode ?? .regular)
      }
      files = GitFiles(
        entries.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
        in: try Repository(at: folder))
    } catch {
      throw Failure(error)
    }
  }

  /// The file's bytes; `nil` for what is no file of text, and is not recorded.
  private static func content(_ path: String, root: String) -> [UInt8]? {
    // Links, sockets and files that are too large are no configuration.
    (try? WorkTreeFiles(root: root).read(path))?.bytes
  }
}
