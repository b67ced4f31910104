internal import Crypto

/// A key as those know it who check notes: a name, and how it signs.
package struct NoteKey: Sendable, Hashable {
  /// How a key signs a note.
  package enum Kind: Sendable, Hashable {
    /// Ed25519 over the text, which every program for notes knows.
    case ed25519
    /// What `ssh-keygen -Y sign` makes, for keys that sign nothing else: of other kinds, with a
    /// passphrase, in hardware.
    case sshsig

    var number: UInt8 { self == .ed25519 ? 0x01 : 0xFF }
  }

  /// What a note is signed for with ``Kind/sshsig``, so that no signature of a record is one.
  package static let namespace = "headgate-audit-checkpoint@v1"
  /// Follows the number 0xff, which many kinds share.
  private static let longName = "headgate sshsig"

  package let name: String
  package let kind: Kind
  package let key: SSHPublicKey

  /// - Returns: `nil` where a key of this type cannot sign so.
  package init?(name: String, kind: Kind, key: SSHPublicKey) {
    if kind == .ed25519 {
      guard case .ed25519 = key.material, key.application == nil else { return nil }
    }
    self.name = name
    self.kind = kind
    self.key = key
  }

  /// What stands for the public key in its id.
  private var encoded: [UInt8] {
    if kind == .ed25519, case .ed25519(let bytes) = key.material { return [kind.number] + bytes }
    return [kind.number] + Array(Self.longName.utf8) + key.blob
  }

  package var id: [UInt8] {
    Array(Digest(of: Array(name.utf8) + [UInt8(ascii: "\n")], encoded).bytes.prefix(4))
  }

  /// The key in the form that programs for notes are given: `name+id+base64`.
  package var verifierKey: String {
    let digits = String(decoding: Hexadecimal.digits(of: id), as: UTF8.self)
    return "\(name)+\(digits)+\(Base64.text(of: encoded, .standard))"
  }

  /// Whether this key signed the note.
  package func verifies(_ note: SignedNote) -> Bool {
    note.signatures.contains { signature in
      guard signature.name == name, signature.keyID == id else { return false }
      let text = Array(note.text.utf8)
      switch kind {
      case .ed25519:
        return key.verifies(signature.bytes, algorithm: "ssh-ed25519", of: text)
      case .sshsig:
        do throws(SignatureFault) {
          let read = try SSHSignature(blob: signature.bytes)
          try read.verify(text, namespace: Self.namespace)
          return read.key == key
        } catch { return false }
      }
    }
  }
}

/// An Ed25519 key whose file has no passphrase, as CI jobs have them.
struct PlainKeyFile {
  private let key: Curve25519.Signing.PrivateKey

  /// Reads OpenSSH's form.
  ///
  /// - Returns: `nil` for other kinds, other forms, and keys with a passphrase.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard lines.first == "-----BEGIN OPENSSH PRIVATE KEY-----",
      lines.last == "-----END OPENSSH PRIVATE KEY-----",
      let blob = Base64.bytes(of: lines.dropFirst().dropLast().joined(), .standard)
    else { return nil }
    var reader = SSHReader(blob)
    guard reader.take(15).map(Array.init) == Array("openssh-key-v1\0".utf8),
      reader.text() == "none", reader.text() == "none", reader.string() != nil,
      reader.uint32() == 1, reader.string() != nil, let inner = reader.string()
    else { return nil }
    var secret = SSHReader(inner)
    guard let check = secret.uint32(), secret.uint32() == check, secret.text() == "ssh-ed25519",
      let open = secret.string(), let pair = secret.string(), pair.count == 64,
      pair.suffix(32) == open,
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(pair.prefix(32))),
      Array(key.publicKey.rawRepresentation) == Array(open)
    else { return nil }
    self.key = key
  }

  func sign(_ bytes: [UInt8]) throws(AuditError) -> [UInt8] {
    do { return Array(try key.signature(for: bytes)) } catch {
      throw AuditError(.storage, "the key does not sign")
    }
  }
}
