import Findings
import Syntax
import Testing

@Suite("Fingerprint")
struct FingerprintTests {
  /// The input itself, cut to its last bytes: enough to tell fingerprints apart in tests.
  private let fingerprint = Fingerprint { bytes in
    var sums = [UInt8](repeating: 7, count: Fingerprint.length)
    for (index, byte) in bytes.enumerated() {
      sums[index % sums.count] = sums[index % sums.count] &* 31 &+ byte
    }
    return sums
  }

  private func fingerprints(_ text: String, rule: String = "a/b", path: String = "f") -> [String] {
    let file = FixtureFile(path, text)
    var findings: [Finding] = []
    var offset = 0
    for byte in file.source.bytes {
      if byte == UInt8(ascii: "5") {
        findings.append(
          Finding(
            rule: rule, severity: .error, message: "m", path: path,
            range: file.range(offset..<(offset + 1))))
      }
      offset += 1
    }
    return fingerprint.assign(to: findings, sources: [path: file.source]).map(\.fingerprint)
  }

  @Test("stays when lines move or are indented anew")
  func stable() {
    let before = fingerprints("size=5\n")
    #expect(before == fingerprints("# new\n\n\t size=5  \r\n"))
    #expect(before.first?.utf8.count == 2 * Fingerprint.length)
  }

  @Test("differs by rule, path and text, and numbers equal lines")
  func distinct() {
    let all =
      fingerprints("size=5\nsize=5\nsize=15\n")
      + fingerprints("size=5", rule: "a/c") + fingerprints("size=5", path: "g")
    #expect(Set(all).count == 5)
  }

  @Test("holds nothing of a secret")
  func secret() {
    #expect(fingerprints("password=a size=5") == fingerprints("password=b size=5"))
  }

  @Test("a line of megabytes is known by the value alone")
  func longLine() {
    let padding = String(repeating: "x ", count: 100_000)
    #expect(fingerprints("a=5 " + padding) == fingerprints(padding + "a=5"))
  }
}
