internal import Git

/// Signs records with one key.
///
/// Keys that are files are used by `ssh-keygen`, which knows passphrases and security keys; the
/// agent is asked in process. Whatever comes back is verified before it is stored.
package struct RecordSigner: Sendable {
  /// The key's public half.
  package let key: SSHPublicKey
  private let way: Way

  private enum Way: Sendable {
    case agent(SSHAgent)
    /// `ssh-keygen -Y sign` with this file.
    case program(file: String, environment: [String])
  }

  /// A key file is far smaller.
  private static let fileLimit = 64 << 10

  /// A signer with the key in `file`.
  ///
  /// - Parameters:
  ///   - file: a private key, or a public one whose private half an agent holds.
  ///   - socket: what `SSH_AUTH_SOCK` names.
  ///   - environment: the user's variables, each as `NAME=value`, for `ssh-keygen`.
  /// - Throws: ``AuditError`` `storage` when there is no such key.
  package init(file: String, socket: String?, environment: [String]) throws(AuditError) {
    let bytes = try Self.read(file)
    let isPrivate = String(decoding: bytes.prefix(64), as: UTF8.self).contains("PRIVATE KEY")
    let key: SSHPublicKey
    if isPrivate {
      key = try Self.publicHalf(of: file, environment: environment)
    } else {
      key = try Self.publicKey(in: bytes, file)
    }
    self.key = key
    let agent = socket.flatMap { $0.isEmpty ? nil : SSHAgent(socket: $0) }
    if let agent, agent.holds(key) {
      way = .agent(agent)
    } else if isPrivate || file.hasSuffix(".pub") {
      way = .program(file: file, environment: environment)
    } else {
      throw AuditError(
        .storage, "no SSH agent holds the key in \(file)", remedy: "ssh-add, or name its file")
    }
  }

  private static func read(_ file: String) throws(AuditError) -> [UInt8] {
    do { return try KeyFile.read(file, limit: fileLimit) } catch { throw AuditError(error) }
  }

  private static func publicKey(in bytes: [UInt8], _ file: String) throws(AuditError)
    -> SSHPublicKey
  {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    do throws(SignatureFault) {
      return try SSHPublicKey(openSSH: String(decoding: line, as: UTF8.self))
    } catch { throw AuditError(.storage, "\(file): \(error)") }
  }

  /// The `.pub` file beside it, or what `ssh-keygen` says.
  private static func publicHalf(
    of file: String, environment: [String]
  ) throws(AuditError) -> SSHPublicKey {
    // A missing neighbour is no mistake.
    if let bytes = try? KeyFile.read(file + ".pub", limit: fileLimit) {
      return try publicKey(in: bytes, file + ".pub")
    }
    let program = ChildProgram(["ssh-keygen", "-y", "-f", file], environment: environment)
    let result = try git { () throws(GitError) in try program.run(input: [], showsErrors: true) }
    guard result.status == 0 else {
      throw AuditError(.storage, "ssh-keygen cannot read the key in \(file)")
    }
    return try publicKey(in: result.output, file)
  }

  /// The armoured signature of a record's bytes.
  ///
  /// - Parameter namespace: what it is signed for; a record by default.
  /// - Throws: ``AuditError`` `storage` when nobody signs, `signatureBad` when what comes back is
  ///   not a signature of these bytes with this key.
  package func sign(
    _ bytes: [UInt8], namespace: String = SSHSignature.namespace
  ) throws(AuditError) -> [UInt8] {
    let armoured =
      switch way {
      case .agent(let agent):
        SSHSignature.armoured(
          key: key, namespace: namespace, hash: .sha512,
          signature: try agent.sign(
            SSHSignature.signedBytes(hash: .sha512, message: bytes, namespace: namespace),
            with: key))
      case .program(let file, let environment):
        try Self.sign(bytes, namespace, file: file, environment: environment)
      }
    do throws(SignatureFault) {
      let signature = try SSHSignature(armoured: armoured)
      try signature.verify(bytes, namespace: namespace)
      guard signature.key == key else { throw SignatureFault.invalid }
    } catch { throw AuditError(.signatureBad, "signing with \(key.fingerprint): \(error)") }
    return armoured
  }

  private static func sign(
    _ bytes: [UInt8], _ namespace: String, file: String, environment: [String]
  ) throws(AuditError) -> [UInt8] {
    let program = ChildProgram(
      ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", file],
      environment: environment)
    // It asks for the passphrase and for the touch of a key on the terminal.
    let result = try git { () throws(GitError) in
      try program.run(input: bytes, showsErrors: true)
    }
    guard result.status == 0 else {
      throw AuditError(.storage, "ssh-keygen does not sign with \(file)")
    }
    return result.output
  }
}

extension RecordSigner {
  /// Signs a note as `name`.
  ///
  /// - Returns: the note, and the key as verifiers are given it.
  /// - Throws: ``AuditError`` `storage`, `signatureBad`.
  package func sign(
    note text: String, as name: String
  ) throws(AuditError) -> (note: SignedNote, key: NoteKey) {
    let message = Array(text.utf8)
    var bytes: [UInt8]?
    if let key = NoteKey(name: name, kind: .ed25519, key: key) {
      bytes = try rawSignature(of: message)
      if let bytes {
        let note = SignedNote(
          text: text, signatures: [.init(name: name, keyID: key.id, bytes: bytes)])
        guard key.verifies(note) else {
          throw AuditError(.signatureBad, "signing with \(key.key.fingerprint)")
        }
        return (note, key)
      }
    }
    guard let key = NoteKey(name: name, kind: .sshsig, key: key),
      let blob = SSHSignature.blob(of: try sign(message, namespace: NoteKey.namespace))
    else { throw AuditError(.signatureBad, "signing with \(key.fingerprint)") }
    return (
      SignedNote(text: text, signatures: [.init(name: name, keyID: key.id, bytes: blob)]), key
    )
  }

  /// The signature without SSH's frame, where the key can be made to give one.
  private func rawSignature(of message: [UInt8]) throws(AuditError) -> [UInt8]? {
    switch way {
    case .agent(let agent):
      var reader = SSHReader(try agent.sign(message, with: key))
      guard reader.text() == "ssh-ed25519" else { return nil }
      return reader.string().map(Array.init)
    case .program(let file, _):
      // The file of a public key has no private half; a passphrase is ssh-keygen's business.
      guard let bytes = try? Self.read(file) else { return nil }
      return try PlainKeyFile(bytes)?.sign(message)
    }
  }
}
