import Catalog
import Review
import Syntax
import Testing

@Suite("MemoryFiles")
struct MemoryFilesTests {
  private let files = MemoryFiles([
    SourceText(path: "nginx.conf", text: "a"), SourceText(path: "./conf.d/x.conf", text: "b"),
    SourceText(path: "conf.d/b.conf", text: "c\0"), SourceText(path: "/etc/y", text: "d"),
  ])

  @Test("reads by any spelling of a path")
  func reading() throws {
    #expect(try files.read("./nginx.conf").bytes == [0x61])
    #expect(try files.read("conf.d/../conf.d/x.conf").bytes == [0x62])
    #expect(try files.read("/etc/../etc/y").bytes == [0x64])
  }

  @Test("refuses as the disk does")
  func refusals() {
    #expect(throws: FileRefusal.notFound) { try files.read("x.conf") }
    #expect(throws: FileRefusal.isDirectory) { try files.read("conf.d") }
    #expect(throws: FileRefusal.binary) { try files.read("conf.d/b.conf") }
  }

  @Test("lists folders")
  func names() {
    #expect(files.names(in: "conf.d") == ["b.conf", "x.conf"])
    #expect(files.names(in: "/etc") == ["y"])
    #expect(files.names(in: "nowhere") == [])
  }

  @Test("lies over another source: a file from standard input with includes from the disk")
  func overlay() throws {
    let folder = try TemporaryFolder()
    folder.file("nginx.conf", "disk")
    folder.file("mime.types", "types")
    let both = MemoryFiles(
      [SourceText(path: "nginx.conf", text: "stdin")], over: try WorkTreeFiles(root: folder.path))
    #expect(try both.read("nginx.conf").bytes == Array("stdin".utf8))
    #expect(try both.read("mime.types").bytes == Array("types".utf8))
    #expect(both.names(in: "") == ["mime.types", "nginx.conf"])
    #expect(throws: FileRefusal.outsideRoot) { try both.read("/etc/passwd") }
  }
}
