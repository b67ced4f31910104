import Catalog
import FoundationEssentials
import Testing

@Suite("Regular expressions: catastrophic backtracking")
struct PCREBacktrackingTests {
  static let exponential = [
    "^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^/(.*/)*x$", "^(/.+)+/end$", #"^(\w+\s?)*$"#,
    #"^/([a-z0-9]+-?)+\.html$"#, "(x+x+)+y", "^((a*)*)*$", #"^/(?:[^/]+/?)*\.php$"#,
    #"\.(?:[a-z]+)*\d$"#, #"^/(\w|_)+$"#, #"^/(\d|[a-f0-9])+/$"#, #"^/((\w+)(,|;)?)+$"#,
    "^(a?){25}a{25}$", "^(([a-z])+.)+[A-Z]([a-z])+$",
  ]

  @Test("a loop that can take the same bytes in two ways is found", arguments: exponential)
  func exponentialIsFound(text: String) throws {
    let found = try #require(PCREPattern(text).backtracking)
    #expect(found.growth == .exponential)
  }

  @Test("the witness exhausts a real PCRE", .enabled(if: Self.hasPCRE, "grep has no -P here"))
  func witnesses() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "headgate-pcre-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      // What is left behind in the temporary folder harms nobody.
      try? FileManager.default.removeItem(at: folder)
    }
    let file = folder.appending(path: "subject")
    for text in Self.exponential {
      guard let found = PCREPattern(text).backtracking else { continue }
      // -z lets the subject hold newlines.
      try Data(found.witness(26)).write(to: file)
      let output = try nginxOutput(["grep", "-zP", text, file.path(percentEncoded: false)])
      #expect(output.contains("backtracking limit"), "\(text) on \(found.description)")
    }
  }

  private static let hasPCRE: Bool = {
    // Without a shell there is no grep either.
    (try? nginxOutput(["sh", "-c", "echo a | grep -cP a"])) == "1\n"
  }()

  @Test(
    "loops that share their bytes make the steps grow with a power of the length",
    arguments: [
      ("^/(.*)/(.*)/(.*)\\.php$", 3), ("^/.*x.*y.*z$", 3), ("(.*)(.*)(.*)x", 3),
    ])
  func powers(text: String, power: Int) throws {
    let found = try #require(PCREPattern(text).backtracking)
    #expect(found.growth == .polynomial(power))
  }

  @Test(
    "what cannot explode is left alone",
    arguments: [
      "^/(a+)$", #"\.php$"#, #"\.(jpg|png|gif)$"#, #"^/([^/]+)/([^/]+)/([^/]+)\.php$"#,
      #"^(.+\.php)(/.+)$"#, "^(?>a+)+$", "^(a++)+$", "^/(?:[a-z]+/)*x$", "^/(.*)$",
      "^/[a-z0-9]+(-[a-z0-9]+)*$", "^(?:[^/]+/)+$", "^/(.*)/(.*)$", "^(?:a|b)+$",
      #"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\.){3}"#, "^(?:/[^/]+)*/?$", "^/(en|de)(/.*)?$",
      #"^([a-z]+\.)*example\.com$"#, #"^/\w+/\d+/\w+\.html$"#, "^(/[^/]*)*/end$", "^(a+)+",
      "^(?=a)(b+)+?", #"^(?<user>[a-z]+)@(?<host>[a-z.]+)$"#,
    ])
  func harmless(text: String) {
    #expect(PCREPattern(text).backtracking == nil)
  }

  @Test("a witness reads as its parts")
  func description() throws {
    let found = try #require(PCREPattern("^/(a+)+$").backtracking)
    #expect(found.description == "\"/aa\" + \"aa\" × n + \"!\"")
    #expect(String(decoding: found.witness(2), as: UTF8.self) == "/aaaaaa!")
  }
}
