package import Git

/// The two versions that a change lies between.
package struct ChangeRange: Sendable, Hashable {
  /// The later version.
  package enum Head: Sendable, Hashable {
    case commit(ObjectID)
    /// The index: what is about to be committed.
    case index
    /// The files as they lie there, staged or not.
    case workTree
  }

  /// The earlier commit; `nil` before the first one.
  package let base: ObjectID?
  package let head: Head

  /// The change between two revisions, or the one that a single revision made.
  ///
  /// - Parameters:
  ///   - base: a revision; the first parent of `head` where `nil`.
  ///   - head: a revision, `HEAD` by default.
  /// - Throws: `Failure` when a revision names no commit.
  package static func between(
    _ base: String?, _ head: String, in repository: borrowing Repository
  ) throws(Failure) -> ChangeRange {
    do throws(GitError) {
      let end = try repository.commitID(of: head)
      let start =
        if let base { try repository.commitID(of: base) } else {
          try repository.commit(end).parents.first
        }
      return ChangeRange(base: start, head: .commit(end))
    } catch {
      throw Failure(error)
    }
  }

  /// The change of the files since the last commit, staged or not.
  ///
  /// - Throws: `Failure` before the first commit, when there is nothing to compare with.
  package static func workTree(
    in repository: borrowing Repository
  ) throws(Failure) -> ChangeRange {
    do throws(GitError) {
      guard let head = try repository.head().commit else {
        throw GitError(
          .unborn, "there is no commit yet to compare the files with",
          remedy: "git add the files, and record --staged")
      }
      return ChangeRange(base: head, head: .workTree)
    } catch {
      throw Failure(error)
    }
  }

  /// The change that is staged.
  package static func staged(in repository: borrowing Repository) throws(Failure) -> ChangeRange {
    do throws(GitError) {
      return ChangeRange(base: try repository.head().commit, head: .index)
    } catch {
      throw Failure(error)
    }
  }
}
