internal import Crypto

/// A signature of `ssh-keygen -Y sign` (PROTOCOL.sshsig), read strictly.
///
/// OpenSSH tolerates more: here one statement has one spelling.
package struct SSHSignature: Sendable, Hashable {
  /// What records are signed for, so that a signature on something else is not one on a record.
  package static let namespace = "headgate-audit-record@v1"

  package let key: SSHPublicKey
  package let namespace: String
  let hash: Hash
  let algorithm: String
  let value: [UInt8]
  /// Of a security key: what it says about the touch, and its counter.
  let flags: UInt8
  let counter: UInt32

  /// How the message is hashed before it is signed.
  enum Hash: String, Sendable {
    case sha256, sha512

    func digest(of bytes: [UInt8]) -> [UInt8] {
      switch self {
      case .sha256: Digest(of: bytes).bytes
      case .sha512: Self.sha512(bytes)
      }
    }

    private static func sha512(_ bytes: [UInt8]) -> [UInt8] {
      var function = SHA512()
      bytes.withUnsafeBytes { function.update(bufferPointer: $0) }
      return Array(function.finalize())
    }
  }

  private static let magic = Array("SSHSIG".utf8)
  private static let begin = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
  private static let end = Array("-----END SSH SIGNATURE-----".utf8)
  /// The largest armoured text; one of a 16,384-bit key has 6 KiB.
  package static let sizeLimit = 16 << 10
  /// Somebody touched the security key.
  private static let touched: UInt8 = 0x01

  /// Reads the armoured text.
  ///
  /// - Throws: ``SignatureFault`` `malformed`, `unsupported`.
  package init(armoured text: [UInt8]) throws(SignatureFault) {
    try self.init(blob: Self.unarmoured(text))
  }

  /// The binary form of an armoured signature; `nil` where it is none.
  static func blob(of armoured: [UInt8]) -> [UInt8]? {
    // Why it is none, whoever verifies it is told.
    try? unarmoured(armoured)
  }

  private static func unarmoured(_ text: [UInt8]) throws(SignatureFault) -> [UInt8] {
    guard text.count <= Self.sizeLimit, text.starts(with: Self.begin) else {
      throw SignatureFault.malformed("it does not begin with its BEGIN line, or is too long")
    }
    var body = text[...]
    if body.last == UInt8(ascii: "\n") { body.removeLast() }
    guard body.count > Self.begin.count + Self.end.count,
      body.suffix(Self.end.count) == Self.end[...]
    else { throw SignatureFault.malformed("it does not end with its END line") }
    body = body.dropFirst(Self.begin.count).dropLast(Self.end.count)
    guard body.last == UInt8(ascii: "\n") else {
      throw SignatureFault.malformed("the END line does not stand alone")
    }
    let lines = body.dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.allSatisfy({ !$0.isEmpty }),
      let blob = Base64.bytes(of: String(decoding: lines.joined(), as: UTF8.self), .standard)
    else { throw SignatureFault.malformed("what stands between its lines is no base64") }
    return blob
  }

  /// Reads the binary form.
  init(blob: [UInt8]) throws(SignatureFault) {
    var reader = SSHReader(blob)
    guard reader.take(Self.magic.count).map(Array.init) == Self.magic else {
      throw SignatureFault.malformed("it does not begin with SSHSIG")
    }
    guard reader.uint32() == 1 else { throw SignatureFault.unsupported("the signature's version") }
    guard let keyBlob = reader.string(), let namespace = reader.text(), !namespace.isEmpty,
      reader.string() != nil, let hashName = reader.text(), let signature = reader.string(),
      reader.isAtEnd
    else { throw SignatureFault.malformed("a field is missing, cut off or too long") }
    guard let hash = Hash(rawValue: hashName) else {
      throw SignatureFault.unsupported("the hash \(Subject.escaped(String(hashName.prefix(32))))")
    }
    key = try SSHPublicKey(blob: keyBlob)
    self.namespace = namespace
    self.hash = hash
    var inner = SSHReader(signature)
    guard let algorithm = inner.text(), let value = inner.string() else {
      throw SignatureFault.malformed("the signature itself is cut off")
    }
    self.algorithm = algorithm
    self.value = Array(value)
    if key.application == nil {
      flags = 0
      counter = 0
    } else {
      guard let flags = inner.byte(), let counter = inner.uint32() else {
        throw SignatureFault.malformed("the security key's flags are missing")
      }
      self.flags = flags
      self.counter = counter
    }
    guard inner.isAtEnd else { throw SignatureFault.malformed("bytes after the signature") }
    guard key.algorithms.contains(algorithm) else {
      throw SignatureFault.unsupported(
        "\(Subject.escaped(String(algorithm.prefix(32)))) with a key of type \(key.type)")
    }
  }

  /// Whether the holder of ``key`` signed `message` for `namespace`.
  ///
  /// - Throws: ``SignatureFault`` `namespace`, `invalid`, `unsupported` for an untouched key.
  package func verify(
    _ message: [UInt8], namespace expected: String = SSHSignature.namespace
  ) throws(SignatureFault) {
    guard namespace == expected else { throw SignatureFault.namespace(namespace) }
    var signed = Self.signedBytes(hash: hash, message: message, namespace: namespace)
    if let application = key.application {
      guard flags & Self.touched != 0 else {
        throw SignatureFault.unsupported("a security key that was not touched")
      }
      var writer = SSHWriter()
      writer.raw(Digest(of: application).bytes)
      writer.raw([flags])
      writer.uint32(counter)
      writer.raw(Digest(of: signed).bytes)
      signed = writer.bytes
    }
    guard key.verifies(value, algorithm: algorithm, of: signed) else {
      throw SignatureFault.invalid
    }
  }

  /// What is signed for a message.
  static func signedBytes(hash: Hash, message: [UInt8], namespace: String) -> [UInt8] {
    var writer = SSHWriter()
    writer.raw(magic)
    writer.string(Array(namespace.utf8))
    writer.string([])
    writer.string(Array(hash.rawValue.utf8))
    writer.string(hash.digest(of: message))
    return writer.bytes
  }

  /// The armoured text around a signature that somebody's agent made.
  static func armoured(
    key: SSHPublicKey, namespace: String, hash: Hash, signature: [UInt8]
  ) -> [UInt8] {
    var writer = SSHWriter()
    writer.raw(magic)
    writer.uint32(1)
    writer.string(key.blob)
    writer.string(Array(namespace.utf8))
    writer.string([])
    writer.string(Array(hash.rawValue.utf8))
    writer.string(signature)
    let text = Array(Base64.text(of: writer.bytes, .standard).utf8)
    var output = begin
    for start in stride(from: 0, to: text.count, by: 70) {
      output += text[start..<min(start + 70, text.count)] + [UInt8(ascii: "\n")]
    }
    return output + end + [UInt8(ascii: "\n")]
  }
}
