internal import Crypto
internal import CryptoExtras

extension SSHPublicKey {
  /// Names of the signatures that a key of this type makes; SHA-1 is none of them.
  var algorithms: [String] { type == "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type] }

  /// Whether `signature` is one of this key on `message`.
  func verifies(_ signature: [UInt8], algorithm: String, of message: [UInt8]) -> Bool {
    // Keys were checked when they were read, so that what fails here is the signature.
    switch material {
    case .ed25519(let key):
      guard signature.count == 64,
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
      else { return false }
      return key.isValidSignature(signature, for: message)
    case .p256(let point):
      guard let raw = Self.pair(signature, size: 32),
        let key = try? P256.Signing.PublicKey(x963Representation: point),
        let value = try? P256.Signing.ECDSASignature(rawRepresentation: raw)
      else { return false }
      return key.isValidSignature(value, for: SHA256.hash(data: message))
    case .p384(let point):
      guard let raw = Self.pair(signature, size: 48),
        let key = try? P384.Signing.PublicKey(x963Representation: point),
        let value = try? P384.Signing.ECDSASignature(rawRepresentation: raw)
      else { return false }
      return key.isValidSignature(value, for: SHA384.hash(data: message))
    case .p521(let point):
      guard let raw = Self.pair(signature, size: 66),
        let key = try? P521.Signing.PublicKey(x963Representation: point),
        let value = try? P521.Signing.ECDSASignature(rawRepresentation: raw)
      else { return false }
      return key.isValidSignature(value, for: SHA512.hash(data: message))
    case .rsa(let modulus, let exponent):
      guard signature.count == modulus.count,
        let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
      else { return false }
      let value = _RSA.Signing.RSASignature(rawRepresentation: signature)
      return algorithm == "rsa-sha2-256"
        ? key.isValidSignature(value, for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
        : key.isValidSignature(value, for: SHA512.hash(data: message), padding: .insecurePKCS1v1_5)
    }
  }

  /// The two numbers of an ECDSA signature, each filled up to the curve's size.
  private static func pair(_ signature: [UInt8], size: Int) -> [UInt8]? {
    var reader = SSHReader(signature)
    guard let r = reader.positive(limit: size), let s = reader.positive(limit: size),
      reader.isAtEnd
    else { return nil }
    return [r, s].flatMap { [UInt8](repeating: 0, count: size - $0.count) + $0 }
  }
}
