internal import Crypto
internal import CryptoExtras

/// An SSH public key of a kind that can sign records.
package struct SSHPublicKey: Sendable, Hashable {
  /// What the key is mathematically.
  enum Material: Sendable, Hashable {
    case ed25519([UInt8])
    /// An uncompressed point on the curve.
    case p256([UInt8])
    case p384([UInt8])
    case p521([UInt8])
    case rsa(modulus: [UInt8], exponent: [UInt8])
  }

  /// The name of its kind, `ssh-ed25519`.
  package let type: String
  /// SSH's encoding, which the fingerprint is made of.
  package let blob: [UInt8]
  let material: Material
  /// Of a security key: what it was made for, hashed into each signature.
  let application: [UInt8]?

  /// Numbers of RSA keys, in bytes: 2,048 to 16,384 bits.
  private static let rsaSizes = 256...2048

  /// Reads SSH's encoding of a key.
  ///
  /// - Throws: ``SignatureFault`` `malformed`, `unsupported` for certificates and unsafe kinds.
  package init(blob: some Collection<UInt8>) throws(SignatureFault) {
    var reader = SSHReader(blob)
    guard let type = reader.text(), !type.isEmpty else {
      throw SignatureFault.malformed("the key has no type")
    }
    self.type = type
    self.blob = Array(blob)
    material = try Self.material(type, &reader)
    application = type.hasPrefix("sk-") ? reader.string().map(Array.init) : nil
    guard reader.isAtEnd, application != nil || !type.hasPrefix("sk-") else {
      throw SignatureFault.malformed("the key is too long or too short")
    }
    try checkCurve()
  }

  /// Reads a line of a `.pub` file, with or without a comment.
  package init(openSSH line: String) throws(SignatureFault) {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count >= 2, let blob = Base64.bytes(of: String(words[1]), .standard) else {
      throw SignatureFault.malformed("a key is written as `ssh-ed25519 AAAA…`")
    }
    try self.init(blob: blob)
    guard type == String(words[0]) else {
      throw SignatureFault.malformed(
        "the key is of type \(type), not \(Subject.escaped(String(words[0])))")
    }
  }

  /// `ssh-ed25519 AAAA…`, as in key records.
  package var text: String { type + " " + Base64.text(of: blob, .standard) }

  /// `SHA256:…`, as `ssh-keygen -l` shows it.
  package var fingerprint: String {
    let padded = Base64.text(of: Digest(of: blob).bytes, .standard)
    return "SHA256:" + padded.prefix { $0 != "=" }
  }

  private static func material(
    _ type: String, _ reader: inout SSHReader
  ) throws(SignatureFault) -> Material {
    switch type {
    case "ssh-ed25519", "sk-ssh-ed25519@openssh.com":
      guard let key = reader.string(), key.count == 32 else {
        throw SignatureFault.malformed("an Ed25519 key has 32 bytes")
      }
      return .ed25519(Array(key))
    case "ecdsa-sha2-nistp256", "sk-ecdsa-sha2-nistp256@openssh.com":
      return .p256(try point(&reader, "nistp256", size: 32))
    case "ecdsa-sha2-nistp384": return .p384(try point(&reader, "nistp384", size: 48))
    case "ecdsa-sha2-nistp521": return .p521(try point(&reader, "nistp521", size: 66))
    case "ssh-rsa":
      guard let exponent = reader.positive(limit: 8),
        let modulus = reader.positive(limit: rsaSizes.upperBound)
      else { throw SignatureFault.malformed("numbers of an RSA key") }
      guard modulus.count >= rsaSizes.lowerBound else {
        throw SignatureFault.unsupported("an RSA key below 2048 bits")
      }
      return .rsa(modulus: Array(modulus), exponent: Array(exponent))
    default:
      throw SignatureFault.unsupported("a key of type \(Subject.escaped(String(type.prefix(64))))")
    }
  }

  private static func point(
    _ reader: inout SSHReader, _ curve: String, size: Int
  ) throws(SignatureFault) -> [UInt8] {
    guard reader.text() == curve, let point = reader.string(), point.count == 2 * size + 1,
      point.first == 4
    else { throw SignatureFault.malformed("an uncompressed point on \(curve) is expected") }
    return Array(point)
  }

  /// Refuses numbers that are no key, once, before anything is verified with them.
  private func checkCurve() throws(SignatureFault) {
    do {
      switch material {
      case .ed25519(let key): _ = try Curve25519.Signing.PublicKey(rawRepresentation: key)
      case .p256(let point): _ = try P256.Signing.PublicKey(x963Representation: point)
      case .p384(let point): _ = try P384.Signing.PublicKey(x963Representation: point)
      case .p521(let point): _ = try P521.Signing.PublicKey(x963Representation: point)
      case .rsa(let modulus, let exponent):
        _ = try _RSA.Signing.PublicKey(n: modulus, e: exponent)
      }
    } catch {
      throw SignatureFault.malformed("the key's numbers are none of a \(type) key")
    }
  }
}
