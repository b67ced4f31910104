import Audit
import Git

extension LogWriter {
  /// Who made a change and when: the author of its last commit, or whoever stages it now.
  func makers(
    of range: ChangeRange, in repository: borrowing Repository
  ) throws(Failure) -> (actor: Actor, authors: [String], effectiveAt: Timestamp) {
    guard case .commit(let id) = range.head else {
      return (Actor(id: recorder.id), [], statement.now)
    }
    do throws(GitError) {
      let commit = try repository.commit(id)
      let actor = Actor(id: commit.author.email.identity)
      // A shallow clone of a single commit still tells who made that one.
      var authors = ChangeAuthors.of(commit)
      do { authors = try ChangeAuthors.names(from: range.base, to: id, in: repository) } catch {
        guard error.code == .shallow else { throw error }
      }
      return (
        actor, authors == [actor.id] ? [] : authors,
        Timestamp(milliseconds: commit.committer.seconds * 1_000)
      )
    } catch {
      throw Failure(error)
    }
  }
}

extension String {
  /// The name of a person in records: what git calls them, without what could steer a terminal.
  var identity: String {
    let printable = unicodeScalars.filter {
      $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value)
    }
    // A record allows 256; an address that is longer is none.
    let name = String(String.UnicodeScalarView(printable.prefix(200)))
    return "user:\(name.isEmpty ? "unknown" : name)"
  }
}
