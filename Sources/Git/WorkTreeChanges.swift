internal import CLibgit2

extension Repository {
  /// What differs between the files of `commit` and those in the work tree, staged or not.
  ///
  /// New files count unless git ignores them; submodules are never looked into.
  package func changesInWorkTree(since commit: ObjectID) throws(GitError) -> [FileDelta] {
    let tree = try nativeTree(of: commit)
    let flags =
      GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
      | GIT_DIFF_IGNORE_SUBMODULES.rawValue
    return try diff(.similar, flags: flags) {
      git_diff_tree_to_workdir_with_index($0, pointer, tree.pointer, $1)
    }
  }

  /// The commits that are being merged into the one checked out; empty when no merge is under way.
  package func mergeHeads() throws(GitError) -> [ObjectID] {
    do throws(GitError) {
      let bytes = try FileContents.read(gitDirectory + "MERGE_HEAD", limit: 1 << 16)
      return bytes.split(separator: UInt8(ascii: "\n")).compactMap { ObjectID(hexBytes: $0) }
    } catch {
      guard error.code == .notFound else { throw error }
      return []
    }
  }
}
