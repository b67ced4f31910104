import Testing

/// docs/audit-format.md names a test for every code of verification, and the test is there.
@Suite("The table of codes")
struct AuditFormatTests {
  private struct Row {
    let code: String
    /// `Suite.function`, or a suite alone; a function alone is of the suite before.
    let tests: [String]
  }

  private func rows() throws -> [Row] {
    try Checkout.lines("docs/audit-format.md").compactMap { line in
      guard line.hasPrefix("| `E_") || line.hasPrefix("| `W_") else { return nil }
      let cells = line.split(separator: "|").map { $0.filter { $0 != " " } }
      guard cells.count == 4 else { return nil }
      let names = cells[3].split(separator: ",").map { $0.filter { $0 != "`" } }
      return Row(code: cells[0].filter { $0 != "`" }, tests: names)
    }
  }

  @Test("every code has a row, and every row a code")
  func codes() throws {
    let source = try Checkout.lines("Sources/Audit/AuditError.swift")
    let codes = source.compactMap { line -> String? in
      let parts = line.split(separator: "\"")
      return parts.count == 2 && line.contains("case ") ? String(parts[1]) : nil
    }
    #expect(codes.count > 40)
    #expect(try rows().map(\.code).sorted() == codes.sorted())
  }

  @Test("every test that is named exists")
  func tests() throws {
    let files = Checkout.files(in: "Tests", suffix: ".swift")
    for row in try rows() {
      #expect(!row.tests.isEmpty, "\(row.code)")
      var suite = ""
      for test in row.tests {
        let parts = test.split(separator: ".").map(String.init)
        let isSuite = test.first?.isUppercase == true
        if isSuite { suite = parts[0] }
        let function = isSuite ? (parts.count > 1 ? parts[1] : nil) : parts[0]
        let file = try #require(
          files.first { $0.hasSuffix("/\(suite).swift") }, "\(row.code): \(suite)")
        guard let function else { continue }
        let isThere = try Checkout.lines(file).contains { $0.contains("func \(function)(") }
        #expect(isThere, "\(row.code): \(suite).\(function)")
      }
    }
  }
}
