import FoundationEssentials
import Testing

@testable import Audit

/// A signature of the shared vectors: what `ssh-keygen -Y verify` says of it.
private struct SignatureCase: Decodable {
  let name: String
  let key: String
  let namespace: String
  let message: Data
  let signature: String
  let valid: Bool
  let mayRefuse: Bool?
}

@Suite("Signatures")
struct SignatureTests {
  /// Whether the signature proves that the holder of the key signed the message.
  private static func accepts(
    _ signature: [UInt8], _ message: [UInt8], key: String, namespace: String
  ) -> Result<Void, SignatureFault> {
    do throws(SignatureFault) {
      let key = try SSHPublicKey(openSSH: key)
      let signature = try SSHSignature(armoured: signature)
      guard signature.key == key else { return .failure(.invalid) }
      try signature.verify(message, namespace: namespace)
      return .success(())
    } catch { return .failure(error) }
  }

  @Test(
    "the shared vectors are judged as by ssh-keygen, or more strictly where that is better",
    .enabled(if: Vectors.directory != nil, "shared vectors are not here"))
  func vectors() throws {
    let cases: [SignatureCase] = try Vectors.load("sshsig.json")
    #expect(cases.count >= 170)
    var refused = 0
    for test in cases {
      let result = Self.accepts(
        Array(test.signature.utf8), Array(test.message), key: test.key, namespace: test.namespace)
      switch (result, test.valid, test.mayRefuse == true) {
      case (.success, true, false), (.failure, false, _), (.failure, true, true): break
      case (.success, true, true):
        Issue.record("\(test.name): a second spelling of one statement is accepted")
      case (.success, false, _): Issue.record("\(test.name): accepted, but it proves nothing")
      case (.failure(let fault), true, false): Issue.record("\(test.name): \(fault)")
      }
      if case .failure = result { refused += 1 }
    }
    #expect(refused > 100)
  }

  /// Signatures of this test suite's own, so that a clone without the vectors tests them as well.
  @Test("each kind of key is verified, and no altered message", arguments: SignatureFixture.all)
  func ownSignatures(fixture: SignatureFixture) throws {
    let message = Array(SignatureFixture.message.utf8)
    let signature = Array(fixture.signature.utf8)
    func verify(_ message: [UInt8], _ namespace: String) -> Result<Void, SignatureFault> {
      Self.accepts(signature, message, key: fixture.key, namespace: namespace)
    }
    #expect(throws: Never.self) { try verify(message, SSHSignature.namespace).get() }
    #expect(throws: SignatureFault.invalid) {
      try verify(message + [0x0A], SSHSignature.namespace).get()
    }
    #expect(throws: SignatureFault.namespace(SSHSignature.namespace)) {
      try verify(message, "git").get()
    }
    let key = try SSHPublicKey(openSSH: fixture.key)
    #expect(key.fingerprint == fixture.fingerprint)
    #expect(key.text == fixture.key)
  }

  @Test("no altered, cut or lengthened signature is accepted, and none crashes")
  func fuzz() throws {
    var random = SeededRandom(seed: 20_261_123)
    let message = Array(SignatureFixture.message.utf8)
    for fixture in SignatureFixture.all {
      let original = try SSHSignature(armoured: Array(fixture.signature.utf8))
      let lines = fixture.signature.split(separator: "\n").dropFirst().dropLast()
      let blob = try #require(Base64.bytes(of: lines.joined(), .standard))
      for _ in 0..<1_500 {
        let altered = random.altered(blob)
        // What cannot even be read is refused.
        guard altered != blob, let read = try? SSHSignature(blob: altered) else { continue }
        // The reserved field is not part of what is signed, so that it may hold anything.
        if read == original { continue }
        #expect(throws: SignatureFault.self) { try read.verify(message) }
      }
      for _ in 0..<300 {
        let altered = random.altered(Array(fixture.signature.utf8))
        // Whatever the answers are, there has to be one.
        if let read = try? SSHSignature(armoured: altered) { _ = try? read.verify(message) }
        _ = try? SSHPublicKey(openSSH: String(decoding: altered, as: UTF8.self))
        _ = try? SSHPublicKey(blob: random.altered(original.key.blob))
      }
    }
  }

  @Test("lengths beyond the end, up to 2^32-1, are refused", arguments: [0, 1, 33, 0xFFFF_FFFF])
  func lengths(length: UInt32) {
    var writer = SSHWriter()
    writer.raw(Array("SSHSIG".utf8))
    writer.uint32(1)
    writer.uint32(length)
    writer.raw([1, 2, 3])
    #expect(throws: SignatureFault.self) { _ = try SSHSignature(blob: writer.bytes) }
    #expect(throws: SignatureFault.self) { _ = try SSHPublicKey(blob: writer.bytes.dropFirst(10)) }
  }

  @Test("an armoured text is read back as what it was made of")
  func armour() throws {
    for fixture in SignatureFixture.all {
      let read = try SSHSignature(armoured: Array(fixture.signature.utf8))
      var inner = SSHWriter()
      inner.string(Array(read.algorithm.utf8))
      inner.string(read.value)
      let text = SSHSignature.armoured(
        key: read.key, namespace: read.namespace, hash: read.hash, signature: inner.bytes)
      #expect(String(decoding: text, as: UTF8.self) == fixture.signature + "\n")
    }
  }
}

/// Numbers that are the same in every run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The bytes with one to three places changed, cut out, doubled or filled.
  mutating func altered(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &self) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &self)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 4))
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 8)], at: place)
      default:
        for index in place..<min(bytes.count, place + 4) { bytes[index] = 0xFF }
      }
    }
    return bytes
  }
}
