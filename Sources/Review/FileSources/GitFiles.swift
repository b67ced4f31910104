package import Catalog
package import Git
import Synchronization
package import Syntax

/// The files of a commit or of the index, read as blobs: no filter, no checkout, no work tree.
///
/// A class because it owns a libgit2 handle, which may not be copied; the lock is there because
/// such a handle serves one thread at a time while a `FileSource` may be asked from several.
package final class GitFiles: FileSource {
  private struct File: Sendable {
    let id: ObjectID
    let mode: FileMode
  }

  /// A handle that several states of one repository share: opening one costs as much as reading
  /// fifty small files.
  private final class Store: Sendable {
    let repository: Mutex<Repository>

    init(_ repository: consuming sending Repository) { self.repository = Mutex(repository) }
  }

  private let store: Store
  private let files: [String: File]
  /// Every path, in byte order.
  package let paths: [String]

  /// The files of the index, as they will be committed.
  ///
  /// - Parameter indexFile: what `GIT_INDEX_FILE` names; git uses a temporary index for `commit
  /// -a`.
  package convenience init(
    indexOf repository: consuming sending Repository, indexFile: String?
  ) throws(GitError) {
    let index = try repository.index(file: indexFile)
    self.init(index.entries, in: repository)
  }

  /// The files of an index that was read already.
  package convenience init(
    _ entries: [Index.Entry], in repository: consuming sending Repository
  ) {
    var files: [String: File] = [:]
    files.reserveCapacity(entries.count)
    var paths: [String] = []
    paths.reserveCapacity(entries.count)
    // An index is in byte order, but for one that ignores case.
    var isSorted = true
    for entry in entries where entry.stage == 0 && !entry.isIntentToAdd {
      files[entry.path] = File(id: entry.id, mode: entry.mode)
      if let last = paths.last, !last.utf8.lexicographicallyPrecedes(entry.path.utf8) {
        isSorted = false
      }
      paths.append(entry.path)
    }
    self.init(repository, files, paths: isSorted ? paths : nil)
  }

  /// The files of a commit; none at all for `nil`, the state before the first commit.
  package convenience init(
    of commit: ObjectID?, in repository: consuming sending Repository
  ) throws(GitError) {
    var files: [String: File] = [:]
    if let commit {
      for entry in try repository.files(below: "", in: commit) {
        files[entry.name] = File(id: entry.id, mode: entry.mode)
      }
    }
    self.init(repository, files)
  }

  private convenience init(
    _ repository: consuming sending Repository, _ files: [String: File], paths: [String]? = nil
  ) {
    self.init(Store(repository), files, paths: paths)
  }

  private init(_ store: Store, _ files: [String: File], paths: [String]? = nil) {
    self.store = store
    self.files = files
    self.paths = paths ?? files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The state that `deltas` lead from to this one, without a walk through its tree.
  func before(_ deltas: [FileDelta]) -> GitFiles {
    var earlier = files
    for delta in deltas {
      if let path = delta.newPath { earlier[path] = nil }
    }
    for delta in deltas {
      guard let path = delta.oldPath, let id = delta.oldID, let mode = delta.oldMode else {
        continue
      }
      earlier[path] = File(id: id, mode: mode)
    }
    return GitFiles(store, earlier)
  }

  /// The state that the steps lead to from this one, each what differs between two commits.
  func after(_ steps: [[FileDelta]]) -> GitFiles {
    var later = files
    for deltas in steps {
      for delta in deltas { if let path = delta.oldPath { later[path] = nil } }
      for delta in deltas {
        guard let path = delta.newPath, let id = delta.newID, let mode = delta.newMode else {
          continue
        }
        later[path] = File(id: id, mode: mode)
      }
    }
    let touched = Set(steps.joined().flatMap { [$0.oldPath, $0.newPath].compactMap { $0 } })
    let isSame = touched.allSatisfy { (files[$0] == nil) == (later[$0] == nil) }
    return GitFiles(store, later, paths: isSame ? paths : nil)
  }

  package func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let path = RelativePath.normal(path) else { throw .outsideRoot }
    let bytes = try contents(of: try resolved(path))
    guard !bytes.contains(0) else { throw .notText(bytes) }
    return SourceText(path: path, bytes: bytes)
  }

  /// The file at `path`, behind any symbolic links that stay inside.
  ///
  /// A link is a blob that holds its target's name; `sites-enabled/x -> ../sites-available/x` is
  /// how Debian switches an nginx site on.
  private func resolved(_ path: String) throws(FileRefusal) -> File {
    var path = path
    for _ in 0..<Self.linkLimit {
      guard let file = files[path] else {
        throw names(in: path).isEmpty ? .notFound : .isDirectory
      }
      if file.mode.isFile { return file }
      // A submodule is a commit of another repository, and is never entered.
      guard file.mode == .symbolicLink else { throw .notRegular }
      let target = String(decoding: try contents(of: file), as: UTF8.self)
      let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
      guard !target.hasPrefix("/"), let next = RelativePath.normal("\(folder)/\(target)".trimmed)
      else { throw .outsideRoot }
      path = next
    }
    throw .unreadable("more than \(Self.linkLimit) symbolic links")
  }

  private func contents(of file: File) throws(FileRefusal) -> [UInt8] {
    do throws(GitError) {
      return try store.repository.withLock { repository throws(GitError) in
        try repository.blob(file.id)
      }
    } catch {
      if error.code == .tooLarge { throw .tooLarge(limit: Repository.blobLimit) }
      throw .unreadable(error.description)
    }
  }

  /// Symbolic links that are followed one after the other; Linux follows as many.
  private static let linkLimit = 40

  package func names(in directory: String) -> [String] {
    guard let directory = RelativePath.normal(directory) else { return [] }
    let prefix = directory.isEmpty ? "" : directory + "/"
    var names: [String] = []
    for path in paths[firstIndex(from: prefix)...] {
      guard path.utf8.starts(with: prefix.utf8) else { break }
      let rest = path.dropFirst(prefix.count)
      let name = String(rest.prefix { $0 != "/" })
      if names.last != name { names.append(name) }
    }
    return names
  }

  /// The position of the first path that does not come before `start`.
  private func firstIndex(from start: String) -> Int {
    var (low, high) = (0, paths.count)
    while low < high {
      let middle = (low + high) / 2
      if paths[middle].utf8.lexicographicallyPrecedes(start.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// The git directory that all work trees of the repository share.
  var commonDirectory: String { store.repository.withLock { $0.commonDirectory } }

  /// The blob at `path`, where there is a file.
  package func blob(at path: String) -> ObjectID? {
    files[path].flatMap { $0.mode.isFile ? $0.id : nil }
  }
}

extension String {
  /// The path without the slash that an empty folder leaves in front.
  fileprivate var trimmed: String { hasPrefix("/") ? String(dropFirst()) : self }
}

/// Paths relative to a root, compared as text.
enum RelativePath {
  /// The path without `.` and `..`; `nil` when it is absolute or leads out of the root.
  static func normal(_ path: String) -> String? {
    guard path.utf8.first != UInt8(ascii: "/") else { return nil }
    if isNormal(path.utf8) { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// Whether no part is empty or begins with a dot, as in most paths.
  private static func isNormal(_ path: String.UTF8View) -> Bool {
    var last = UInt8(ascii: "/")
    for byte in path {
      if last == UInt8(ascii: "/"), byte == last || byte == UInt8(ascii: ".") { return false }
      last = byte
    }
    return last != UInt8(ascii: "/")
  }
}
