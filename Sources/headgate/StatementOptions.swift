import ArgumentParser
import Audit
import Git
import Review

/// The options of every command that adds a record.
struct StatementOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sign with this SSH key: a private key, or a .pub file whose private half an agent holds. "
        + "Without it, what git config headgate.signingKey names.", valueName: "file"))
  var key: String?

  @Option(help: ArgumentHelp("Where it was decided.", valueName: "id"))
  var ticket: String?

  @Flag(
    name: .customLong("private"),
    help: ArgumentHelp(
      "Keep reason and ticket beside the log, where `audit redact` can delete them: the record only "
        + "commits to them, and sync does not send them."))
  var isPrivate = false

  /// What is said, by whom and when.
  func statement(reason: String?, in folder: String) throws -> Statement {
    Statement(
      reason: reason, ticket: ticket, now: Timestamp(milliseconds: Host.now), nonce: Host.nonce(),
      genesisNonce: Host.nonce(), via: Host.origin, signer: try signer(in: folder),
      git: GitExecutable(environment: Host.variables),
      salt: isPrivate ? Host.nonce() + Host.nonce() : nil)
  }

  private func signer(in folder: String) throws -> RecordSigner? {
    try Self.signer(key, in: folder)
  }

  /// A signer with the key of this file, else with the one that git's configuration names.
  static func signer(_ key: String?, in folder: String) throws -> RecordSigner? {
    guard let file = try key ?? configuredKey(in: folder), !file.isEmpty else { return nil }
    return try Signing.signer(
      file: file, socket: Host.environment("SSH_AUTH_SOCK"), environment: Host.variables)
  }

  private static func configuredKey(in folder: String) throws -> String? {
    guard let file = try Signing.configuredKey(in: folder) else { return nil }
    guard file.hasPrefix("~/"), let home = Host.environment("HOME") else { return file }
    return home + file.dropFirst(1)
  }
}
