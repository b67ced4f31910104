import Model
import Testing

@Suite("Version")
struct VersionTests {
  @Test(
    "reads the leading numbers",
    arguments: [
      ("1.25.2", "1.25.2"), ("6.0.0-SNAPSHOT", "6.0.0"), ("1.22.1+deb12u11", "1.22.1"),
      ("15", "15"),
    ])
  func reading(text: String, expected: String) {
    #expect(Version(text)?.description == expected)
  }

  @Test("refuses text without a leading number", arguments: ["", "latest", "v1.2", ".5"])
  func refusal(text: String) {
    #expect(Version(text) == nil)
  }

  @Test("compares number by number, missing ones as zero")
  func order() throws {
    #expect(Version(1, 29, 7) > Version(1, 9, 13))
    #expect(Version(4) == Version(4, 0, 0))
    #expect(Version(4).hashValue == Version(4, 0, 0).hashValue)
    #expect(Version(5, 1) < Version(5, 1, 1))
  }
}
