import Testing

@Suite("Rule files")
struct RuleFileTests {
  @Test(
    "every rule says why, cites its sources and shows a bad and a good example",
    arguments: Checkout.files(in: "policies", suffix: ".yaml"))
  func sections(file: String) throws {
    let lines = try Checkout.lines(file)
    for section in ["title:", "severity:", "for:", "message:", "why:", "references:", "examples:"] {
      #expect(lines.contains { $0.hasPrefix(section) }, "\(file) has no \(section)")
    }
    for example in ["  bad:", "  good:"] {
      #expect(lines.contains { $0.hasPrefix(example) }, "\(file) has no \(example) example")
    }
  }

  @Test("there are at least thirty rules, each named by the defect it finds")
  func names() {
    let files = Checkout.files(in: "policies", suffix: ".yaml")
    #expect(files.count >= 30)
    for file in files {
      let name = file.dropFirst("policies/".count).dropLast(".yaml".count)
      #expect(name.split(separator: "/").count == 2, "\(file) is not policies/AREA/NAME.yaml")
      #expect(
        name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" || $0 == "/" }, "\(file)")
      for prefix in ["/no-", "/disallow-", "/require-"] {
        #expect(!name.contains(prefix), "\(file) names the cure, not the defect")
      }
    }
  }
}
