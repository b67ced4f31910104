import Testing

@Suite("Conformance")
struct ConformanceTests {
  /// Cases that don't pass yet, by file, as `section/name`; a case that begins to pass must leave.
  private static let knownGaps: [String: Set<String>] = [:]

  @Test(
    "agrees with the suite, known gaps apart",
    .enabled(if: ConformanceFile.areHere, "shared vectors are not here"),
    arguments: ConformanceFile.names)
  func suite(file: String) throws {
    var failed: Set<String> = []
    for item in try ConformanceFile.read(file) {
      guard let complaint = item.complaint() else { continue }
      let name = "\(item.section)/\(item.name)"
      failed.insert(name)
      if Self.knownGaps[file]?.contains(name) != true {
        Issue.record("\(file): \(name): \(item.expr): \(complaint)")
      }
    }
    #expect(failed == Self.knownGaps[file] ?? [])
  }
}
