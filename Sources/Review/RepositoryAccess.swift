package import Git

/// Opening repositories, with errors for people.
package enum RepositoryAccess {
  /// The repository around `folder`.
  ///
  /// - Throws: `Failure` naming the folder, the cause and the remedy.
  package static func open(_ folder: String) throws(Failure) -> Repository {
    try orFailure { () throws(GitError) in try Repository(at: folder) }
  }

  /// Runs `body`, turning git's error into the one that commands print.
  package static func orFailure<Result: ~Copyable>(
    _ body: () throws(GitError) -> Result
  ) throws(Failure) -> Result {
    do throws(GitError) {
      return try body()
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  /// Git's error, as commands print it.
  init(_ error: GitError) {
    self.init(error.description, help: error.remedy)
  }
}

extension GitHook {
  /// The hook of the repository around `folder`; worktrees share it, `core.hooksPath` moves it.
  package static func located(from folder: String) throws(Failure) -> GitHook {
    let repository = try RepositoryAccess.open(folder)
    let (common, workTree) = (repository.commonDirectory, repository.workTree)
    guard let workTree else {
      throw Failure(
        "\(folder) is a bare repository, in which nothing is committed by hand",
        help: "install it in the clones where people commit")
    }
    let configured = try RepositoryAccess.orFailure { () throws(GitError) in
      try repository.configuration("core.hooksPath")
    }
    guard let configured, !configured.isEmpty else {
      return GitHook(hooksFolder: common + "hooks")
    }
    return GitHook(hooksFolder: configured.hasPrefix("/") ? configured : workTree + configured)
  }
}
