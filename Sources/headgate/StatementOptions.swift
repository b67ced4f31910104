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

  /// What is said, by whom and when.
  func statement(reason: String?, in folder: String) throws -> Statement {
    Statement(
      reason: reason, ticket: ticket, now: Timestamp(milliseconds: Host.now), nonce: Host.nonce(),
      genesisNonce: Host.nonce(), via: Host.origin, signer: try signer(in: folder))
  }

  private func signer(in folder: String) throws -> RecordSigner? {
    guard let file = try key ?? Self.configuredKey(in: folder), !file.isEmpty else { return nil }
    return try Signing.signer(
      file: file, socket: Host.environment("SSH_AUTH_SOCK"), environment: Host.variables)
  }

  private static func configuredKey(in folder: String) throws -> String? {
    guard let file = try Signing.configuredKey(in: folder) else { return nil }
    guard file.hasPrefix("~/"), let home = Host.environment("HOME") else { return file }
    return home + file.dropFirst(1)
  }
}
