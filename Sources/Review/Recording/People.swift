import Audit
import Git

/// Who changed, who records, and when the change was made.
struct People {
  let actor: Actor
  let recorder: Actor
  let committer: AppendOptions.Committer
  /// When the change was committed; `nil` for one that is only staged.
  let effectiveAt: Timestamp?
}

extension Recorder {
  /// The people of a change: the author of its last commit, and whoever git is configured for.
  func people(
    of change: GovernedChange, in repository: borrowing Repository
  ) throws(Failure) -> People {
    guard
      let user = try RepositoryAccess.orFailure({ () throws(GitError) in
        try repository.configuredUser()
      })
    else {
      throw Failure(
        "git does not know who you are, so a record would have no author",
        help: "git config user.name 'Your Name' && git config user.email you@example.org")
    }
    do throws(GitError) {
      let recorder = Actor(id: user.email.identity)
      let committer = AppendOptions.Committer(name: user.name, email: user.email)
      guard case .commit(let id) = change.range.head else {
        return People(
          actor: recorder, recorder: recorder, committer: committer, effectiveAt: nil)
      }
      let commit = try repository.commit(id)
      return People(
        actor: Actor(id: commit.author.email.identity), recorder: recorder, committer: committer,
        effectiveAt: Timestamp(milliseconds: commit.committer.seconds * 1_000))
    } catch {
      throw Failure(error)
    }
  }
}

extension String {
  /// The name of a person in records: what git calls them, without what could steer a terminal.
  fileprivate var identity: String {
    let printable = unicodeScalars.filter {
      $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value)
    }
    // A record allows 256; an address that is longer is none.
    let name = String(String.UnicodeScalarView(printable.prefix(200)))
    return "user:\(name.isEmpty ? "unknown" : name)"
  }
}
