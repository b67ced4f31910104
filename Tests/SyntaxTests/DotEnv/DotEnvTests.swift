import Syntax
import Testing

@Suite("Environment files")
struct DotEnvTests {
  private func document(_ text: String) -> DotEnvDocument {
    DotEnvDocument(SourceText(path: ".env", text: text))
  }

  @Test(
    "values are read without quotes and comments",
    arguments: [
      ("A=1", "1"), ("export A = 1", "1"), ("A=", ""), ("A=b c # d", "b c"), ("A=b#c", "b#c"),
      ("A='b # c'", "b # c"), ("A=\"b \\\"c\\\" \\$d\\n\"", "b \"c\" $d\n"), ("A='b\\n'", "b\\n"),
      ("A=\"b\nc\" # d", "b\nc"), ("A=b\r\n", "b"), ("A=1\nA=2", "2"), ("A=#x", ""),
      ("\u{FEFF}A=1", "1"), ("# c\n\nA=x=y", "x=y"),
    ])
  func values(text: String, value: String) {
    let file = document(text)
    #expect(file.errors.isEmpty)
    #expect(file["A"]?.value == value)
  }

  @Test("a variable inside single quotes stays as it is")
  func expansion() {
    #expect(document("A='${B}'")["A"]?.expands == false)
    #expect(document("A=\"${B}\"")["A"]?.expands == true)
  }

  @Test(
    "a line that assigns nothing is told, and the others are read",
    arguments: [
      ("nothing\nA=1", "NAME=value is expected here", 0),
      ("A=1\n=2\n", "NAME=value is expected here", 4),
      ("A='x\nB=1", "this quote is not closed", 2),
    ])
  func errors(text: String, message: String, offset: Int) {
    let file = document(text)
    #expect(file.errors.map(\.message) == [message])
    #expect(file.errors.first?.range.lowerBound == offset)
    #expect(!file.entries.isEmpty)
  }

  @Test("an edit changes the value and keeps its quotes")
  func edit() throws {
    let file = document("A=\"1\" # c\n")
    let entry = try #require(file["A"])
    let edited = try #require(file.source.applying([file.edit(entry, to: "22")]))
    #expect(edited.text(0..<edited.bytes.count) == "A=\"22\" # c\n")
  }
}
