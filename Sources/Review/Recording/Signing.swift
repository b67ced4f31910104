package import Audit
import Git

/// The key that this repository's records are signed with.
package enum Signing {
  /// What `headgate.signingKey` names in git's configuration.
  package static func configuredKey(in folder: String) throws(Failure) -> String? {
    try RepositoryAccess.orFailure { () throws(GitError) in
      try Repository(at: folder).configuration("headgate.signingkey")
    }
  }

  /// A signer with the key in `file`.
  ///
  /// - Parameters:
  ///   - socket: what `SSH_AUTH_SOCK` names.
  ///   - environment: the user's variables, each as `NAME=value`.
  package static func signer(
    file: String, socket: String?, environment: [String]
  ) throws(Failure) -> RecordSigner {
    do {
      return try RecordSigner(file: file, socket: socket, environment: environment)
    } catch { throw Failure(error) }
  }
}
