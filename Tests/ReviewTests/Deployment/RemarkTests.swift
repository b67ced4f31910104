import Capacity
import Catalog
import Model
import Review
import Syntax
import Testing

@Suite("What is said of files that say nothing and of services that nothing deploys")
struct RemarkTests {
  @Test(
    "a recognised file of blanks and comments is said",
    arguments: ["", "\n \n", "# nothing yet\n", "; x\n\n# y"])
  func blank(text: String) {
    let remarks = collected(["hikari.properties": text]).remarks
    #expect(remarks.map(\.technology) == ["hikaricp"])
    #expect(remarks.map(\.problem.kind) == [.unknown])
    #expect(remarks.map(\.problem.origin.path) == ["hikari.properties"])
  }

  @Test("a file with anything in it is not")
  func written() {
    #expect(collected(["hikari.properties": "maximumPoolSize=20\n"]).remarks.isEmpty)
  }

  private func remarks(_ files: [String: String], _ names: String...) -> [String] {
    let place = Origin(path: ".headgate.yaml", range: 0..<0)
    let declaration = LoadDeclaration(
      services: names.map { DeclaredService(name: $0, origin: place) })
    return LoadPathReview(collected(files), declaration: declaration).remarks.map(\.message)
  }

  @Test("a declared service that nothing deploys is said, once something is deployed")
  func strangers() {
    let compose = DeploymentTests.compose("")
    #expect(remarks(["compose.yml": compose], "auth") == [])
    #expect(
      remarks(["compose.yml": compose], "auth", "atuh") == [
        "no file here deploys a service \"atuh\", and none leads to it: what is declared of it "
          + "counts nowhere"
      ])
    #expect(remarks(["application.yml": DeploymentTests.spring], "atuh") == [])
  }
}
