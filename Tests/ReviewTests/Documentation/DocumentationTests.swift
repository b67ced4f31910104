import Catalog
import FoundationEssentials
import Policy
import Review
import Testing

@Suite("Generated documentation")
struct DocumentationTests {
  private static let docs =
    String(
      #filePath.dropLast("/Tests/ReviewTests/Documentation/DocumentationTests.swift".count))
    + "/docs"

  private static func pages() throws -> [Documentation.Page] {
    let policy = try PolicySet(rules: BuiltInPolicies.rules, schema: Catalog.schema)
    return Documentation(policy).pages
  }

  @Test("every page in docs is what the rules and tables say now; `make docs` writes them")
  func current() throws {
    let pages = try Self.pages()
    #expect(pages.count > 50)
    for page in pages {
      // A missing page differs from every text.
      let written = try? String(contentsOfFile: "\(Self.docs)/\(page.path)", encoding: .utf8)
      #expect(written == page.text, "docs/\(page.path) is not current: run make docs")
    }
  }

  @Test("docs holds no page of a rule or technology that is gone")
  func nothingLeft() throws {
    let known = Set(try Self.pages().map(\.path))
    for folder in ["rules", "technologies"] {
      let root = "\(Self.docs)/\(folder)"
      // A missing folder is what the other test reports.
      let found = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
      for path in found where path.hasSuffix(".md") {
        #expect(known.contains("\(folder)/\(path)"), "docs/\(folder)/\(path) is of no rule")
      }
    }
  }

  @Test("no cell of a table breaks its row")
  func rows() throws {
    for page in try Self.pages() {
      var width: Int?
      for line in page.text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          width = nil
          continue
        }
        let bars = zip(" " + line, line).count { $1 == "|" && $0 != "\\" }
        #expect(width == nil || width == bars, "\(page.path): \(line)")
        width = bars
      }
    }
  }
}
