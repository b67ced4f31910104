import Findings
import Review
import Testing

@Suite("PathDiscovery", .timeLimit(.minutes(15)))
struct PathDiscoveryTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    folder.folder("b", "b/c", "a", ".git", "node_modules", ".build", "vendor", "b/.svn", ".github")
    for name in [
      "b/c/2.conf", "b/c/10.conf", "a/z", "b.conf", "b-c", ".git/config", "node_modules/x.conf",
      ".build/x.conf", "vendor/x.conf", "b/.svn/x.conf", ".github/x.yml", ".env",
    ] {
      folder.file(name)
    }
  }

  @Test("finds every file once in byte order, and passes over other people's folders")
  func order() throws {
    let found = PathDiscovery(try WorkTreeFiles(root: folder.path))
    #expect(
      found.paths
        == [".env", ".github/x.yml", "a/z", "b-c", "b.conf", "b/c/10.conf", "b/c/2.conf"])
    #expect(found.skipped == [])
  }

  @Test("walks a folder below the root, by any spelling", arguments: ["b", "./b/", "a/../b"])
  func below(directory: String) throws {
    let found = PathDiscovery(try WorkTreeFiles(root: folder.path), below: directory)
    #expect(found.paths == ["b/c/10.conf", "b/c/2.conf"])
  }

  @Test("follows no links, so that neither circles nor the outside are walked")
  func links() throws {
    folder.link("b/circle", to: "..")
    folder.link("etc", to: "/etc")
    folder.link("also.conf", to: "b.conf")
    folder.pipe("pipe.conf")
    #expect(PathDiscovery(try WorkTreeFiles(root: folder.path)).paths.count == 7)
  }

  @Test("says what it could not walk")
  func problems() throws {
    let files = try WorkTreeFiles(root: folder.path)
    #expect(
      PathDiscovery(files, below: "nowhere").skipped
        == [SkippedFile(path: "nowhere", reason: "no such file")])
    #expect(PathDiscovery(files, below: "../x").skipped.count == 1)
    let few = PathDiscovery(files, limit: 3)
    #expect(few.paths.count >= 3)
    #expect(few.skipped.first?.reason == "more than 3 files stand before it")
  }

  @Test("a folder too deep is said and not entered")
  func depth() throws {
    var path = "a"
    for _ in 0..<(PathDiscovery.depthLimit + 3) {
      path += "/d"
      folder.folder(path)
    }
    folder.file("\(path)/lost.conf")
    let found = PathDiscovery(try WorkTreeFiles(root: folder.path), below: "a")
    #expect(found.paths == ["a/z"])
    #expect(found.skipped.map(\.reason) == ["deeper than 128 folders"])
  }

  @Test(
    "a folder that may not be listed is said",
    .enabled(if: !TemporaryFolder.userIsRoot, "root may read everything"))
  func closed() throws {
    folder.folder("closed", mode: 0)
    #expect(
      PathDiscovery(try WorkTreeFiles(root: folder.path)).skipped.map(\.path) == ["closed"])
  }
}
