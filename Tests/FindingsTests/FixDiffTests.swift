import Findings
import Syntax
import Testing

@Suite("Fixes in text")
struct FixDiffTests {
  private func diff(_ file: FixtureFile, _ edits: [TextEdit]) -> [String] {
    let finding = Finding(
      rule: "a/b", severity: .error, message: "m", path: file.source.path, range: file.range(0..<1),
      fix: Fix(description: "repair", safety: .safe, edits: edits))
    let lines = Report.of([finding], files: [file]).text().split(separator: "\n").map(String.init)
    let from = lines.firstIndex { $0.contains("= fix:") } ?? lines.endIndex
    return Array(lines[from...].dropFirst().prefix { !$0.contains("= docs:") })
  }

  private let file = FixtureFile("f", "a=1\nb=2\nc=3\nd=4\n")

  @Test("a changed value")
  func change() {
    #expect(diff(file, [file.edit("2", to: "20")]) == ["2 - b=2", "2 + b=20"])
  }

  @Test("two values, two places, whatever their order")
  func several() {
    let expected = ["1 - a=1", "1 + a=10", "4 - d=4", "4 + d=40"]
    #expect(diff(file, [file.edit("4", to: "40"), file.edit("1", to: "10")]) == expected)
  }

  @Test("a new line in the middle and at the end")
  func insertion() {
    #expect(diff(file, [file.edit("c=3", to: "x=9\nc=3")]) == ["3 + x=9"])
    let end = TextEdit(range: 16..<16, replacement: "e=5\n")
    #expect(diff(file, [end]) == ["5 + e=5"])
  }

  @Test("a line taken away")
  func deletion() {
    #expect(diff(file, [file.edit("b=2\n", to: "")]) == ["2 - b=2"])
    #expect(diff(file, [file.edit("d=4\n", to: "")]) == ["4 - d=4"])
  }

  @Test("numbers after an insertion are those of the new file")
  func shifted() {
    let edits = [file.edit("a=1", to: "x=0\na=1"), file.edit("d=4", to: "d=5")]
    #expect(diff(file, edits) == ["1 + x=0", "4 - d=4", "5 + d=5"])
  }

  @Test("a large change is cut, edits that do not fit show no lines")
  func limits() {
    let long = file.edit("a=1", to: (0..<40).map { "x\($0)" }.joined(separator: "\n"))
    let shown = diff(file, [long])
    #expect(shown.count == 13)
    #expect(shown.last == "     … and 29 more lines")
    #expect(diff(file, [TextEdit(range: 90..<99, replacement: "")]) == [])
    #expect(diff(file, [long, long]) == [])
  }

  @Test("secrets are masked on both sides")
  func secrets() {
    let file = FixtureFile("f", "password=old\n")
    let lines = diff(file, [file.edit("old", to: "new")])
    #expect(lines == ["1 - password=********", "1 + password=********"])
  }
}
