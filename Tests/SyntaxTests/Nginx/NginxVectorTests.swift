import Syntax
import Testing

@Suite(
  "Nginx against the vectors",
  .enabled(if: NginxVectors.areHere, "shared vectors are not here"))
struct NginxVectorTests {
  @Test("reads the token cases as nginx does, errors and lines included")
  func tokens() throws {
    let cases = try NginxVectors.cases()
    #expect(cases.count > 500)
    for item in cases {
      let tree = NginxTree(SourceText(path: item.id, bytes: item.bytes))
      #expect(tree.printed == item.bytes, "\(item.id)")
      if let error = item.expect.error {
        #expect(
          tree.errors.first?.message == String(decoding: error.bytes, as: UTF8.self), "\(item.id)")
        #expect(tree.errors.first?.line == item.expect.line, "\(item.id)")
        let before = (item.before ?? []).filter { $0 != [.init([UInt8(ascii: "}")])] }
        let close = [NginxVectors.Word([UInt8(ascii: "}")])]
        #expect(tree.statements.filter { $0 != close } == before, "\(item.id)")
      } else {
        #expect(tree.errors == [], "\(item.id)")
        #expect(tree.statements == item.expect.tokens, "\(item.id)")
      }
    }
  }

  @Test("reads the corpus as nginx does")
  func corpus() throws {
    let expectations = try NginxVectors.expectations()
    #expect(expectations.count > 1000)
    for expectation in expectations {
      let bytes = try NginxVectors.bytes(NginxVectors.corpus + expectation.file)
      let tree = NginxTree(SourceText(path: expectation.file, bytes: bytes))
      #expect(bytes.count == expectation.bytes)
      #expect(tree.printed == bytes, "\(expectation.file)")
      #expect(tree.errors.first?.message == expectation.error, "\(expectation.file)")
      #expect(tree.errors.first?.line == expectation.line, "\(expectation.file)")
      guard expectation.error == nil else {
        #expect(tree.acceptedCount == expectation.directives_before, "\(expectation.file)")
        continue
      }
      #expect(tree.directives.count == expectation.directives, "\(expectation.file)")
      let blocks = tree.directives.count { $0.kind != .simple }
      #expect(blocks == expectation.blocks, "\(expectation.file)")
      #expect(sha256(tree.canonicalDump) == expectation.sha256, "\(expectation.file)")
    }
  }
}

@Suite("SHA-256")
struct SHA256Tests {
  @Test("digests as FIPS 180-4 does")
  func digest() {
    #expect(
      sha256(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
