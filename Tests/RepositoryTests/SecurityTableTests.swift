import Testing

/// Tables that promise a test for each case: every test that they name is there.
@Suite("Tables of tested cases")
struct SecurityTableTests {
  @Test(arguments: ["docs/security.md", "docs/audit-format.md"])
  func testsExist(page: String) throws {
    let suites = try Self.suites()
    var named = 0
    for row in try Checkout.text(page).split(separator: "\n") where row.hasPrefix("| S") {
      let cell = row.split(separator: "|").last(where: { !$0.allSatisfy(\.isWhitespace) }) ?? ""
      var suite = ""
      // Every second part stands between backquotes; a name without a suite is of the one before.
      for (index, name) in cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      where index % 2 == 1 {
        let parts = name.split(separator: ".").map(String.init)
        if parts.count == 2 || parts[0].hasSuffix("Tests") { suite = parts[0] }
        let source = try #require(suites[suite], "\(page): no suite \(suite): \(row)")
        named += 1
        guard let test = parts.last, test != suite else { continue }
        #expect(source.contains("func \(test)("), "\(page): no test \(suite).\(test)")
      }
    }
    #expect(named > 10, "\(page) names \(named) tests")
  }

  /// The text of each suite by its type's name.
  private static func suites() throws -> [String: String] {
    var suites: [String: String] = [:]
    for path in Checkout.files(in: "Tests", suffix: "Tests.swift") {
      let text = try Checkout.text(path)
      for line in text.split(separator: "\n") where line.hasPrefix("struct ") {
        let name = line.dropFirst(7).prefix { $0.isLetter || $0.isNumber }
        suites[String(name), default: ""] += text
      }
    }
    return suites
  }
}
