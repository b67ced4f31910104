package import Git

/// The two versions that a change lies between.
package struct ChangeRange: Sendable, Hashable {
  /// The later version.
  package enum Head: Sendable, Hashable {
    case commit(ObjectID)
    /// The index: what is about to be committed.
    case index
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

  /// The change that is staged.
  package static func staged(in repository: borrowing Repository) throws(Failure) -> ChangeRange {
    do throws(GitError) {
      return ChangeRange(base: try repository.head().commit, head: .index)
    } catch {
      throw Failure(error)
    }
  }
}
