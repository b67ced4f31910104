import Catalog
import Review
import Syntax
import Testing

@Suite("WorkTreeFiles", .timeLimit(.minutes(15)))
struct WorkTreeFilesTests {
  private let outside: TemporaryFolder
  private let folder: TemporaryFolder
  private let files: WorkTreeFiles

  init() throws {
    outside = try TemporaryFolder()
    folder = try TemporaryFolder()
    folder.folder("conf", "conf/deep")
    folder.file("top.conf", "top\n")
    folder.file("conf/deep/x.conf", "x\n")
    outside.file("secret.conf", "secret\n")
    files = try WorkTreeFiles(root: folder.path)
  }

  private func refusal(_ path: String) -> FileRefusal? {
    #expect(throws: FileRefusal.self) { try files.read(path) }
  }

  @Test(
    "reads files by relative path, whatever its spelling",
    arguments: ["conf/deep/x.conf", "./conf//deep/x.conf", "conf/../conf/deep/./x.conf"])
  func relative(path: String) throws {
    #expect(try files.read(path) == SourceText(path: "conf/deep/x.conf", text: "x\n"))
  }

  @Test("reads absolute paths inside the root, and names files from it")
  func absolute() throws {
    #expect(try files.read("\(folder.path)/conf/deep/x.conf").path == "conf/deep/x.conf")
    let all = try WorkTreeFiles(root: "/")
    #expect(try all.read("\(files.root)/top.conf").path == "\(files.root.dropFirst())/top.conf")
  }

  @Test("the root may be named through a link")
  func linkedRoot() throws {
    outside.link("alias", to: folder.path)
    let aliased = try WorkTreeFiles(root: "\(outside.path)/alias")
    #expect(try aliased.read("top.conf").bytes == Array("top\n".utf8))
    #expect(try aliased.read("\(outside.path)/alias/top.conf").path == "top.conf")
  }

  @Test("follows links that stay inside")
  func linkInside() throws {
    folder.link("conf/near.conf", to: "deep/x.conf")
    folder.link("far", to: "\(folder.path)/conf")
    #expect(try files.read("conf/near.conf") == SourceText(path: "conf/near.conf", text: "x\n"))
    #expect(try files.read("far/deep/x.conf").bytes == Array("x\n".utf8))
    #expect(files.names(in: "far") == ["deep", "near.conf"])
  }

  @Test("refuses what lies outside, however it is reached")
  func linkOutside() {
    folder.link("file.conf", to: "\(outside.path)/secret.conf")
    folder.link("folder", to: outside.path)
    folder.link("up", to: "../")
    folder.link("chain", to: "folder")
    let name = outside.path.split(separator: "/").last ?? ""
    for path in [
      "file.conf", "folder/secret.conf", "chain/secret.conf", "up/\(name)/secret.conf",
      "../\(name)/secret.conf", "conf/../../\(name)/secret.conf", "\(outside.path)/secret.conf",
      "/etc/passwd", "\(folder.path)/../\(name)/secret.conf", "\(folder.path)x/secret.conf",
    ] {
      #expect(refusal(path) == .outsideRoot, "\(path)")
    }
    #expect(files.names(in: "folder") == [])
    #expect(files.names(in: "..") == [])
  }

  @Test("says what is not there, also at the end of a link and below a file")
  func notFound() {
    folder.link("dangling", to: "nowhere")
    folder.link("loop", to: "loop")
    for path in ["no.conf", "no/x.conf", "top.conf/x", "dangling", "loop", "top.conf\0.txt"] {
      #expect(refusal(path) == .notFound, "\(path)")
    }
  }

  @Test("refuses folders, and links to them")
  func directory() {
    folder.link("alias", to: "conf")
    for path in ["conf", "conf/", "alias", ".", "", folder.path] {
      #expect(refusal(path) == .isDirectory, "\(path)")
    }
  }

  @Test("refuses pipes and devices at once, and does not wait for them")
  func notRegular() throws {
    folder.pipe("pipe.conf")
    folder.link("alias.conf", to: "pipe.conf")
    #expect(refusal("pipe.conf") == .notRegular)
    #expect(refusal("alias.conf") == .notRegular)
    let devices = try WorkTreeFiles(root: "/dev")
    #expect(throws: FileRefusal.notRegular) { try devices.read("zero") }
  }

  @Test("refuses files beyond the limit without reading them")
  func tooLarge() throws {
    folder.sparse("huge.conf", size: 100 << 30)
    folder.sparse("over.conf", size: WorkTreeFiles.sizeLimit + 1)
    #expect(refusal("huge.conf") == .tooLarge(limit: 64 << 20))
    #expect(refusal("over.conf") == .tooLarge(limit: 64 << 20))
  }

  @Test("refuses binary files, and takes bytes that are not UTF-8")
  func bytes() throws {
    folder.file("binary.conf", "a\0b")
    folder.file("empty.conf", "")
    #expect(refusal("binary.conf") == .binary)
    #expect(try files.read("empty.conf").bytes == [])
    folder.file("latin.conf", bytes: [0x67, 0x72, 0xF6, 0xDF, 0x65])
    #expect(try files.read("latin.conf").bytes == [0x67, 0x72, 0xF6, 0xDF, 0x65])
  }

  @Test("files without a size are read to their end")
  func processFiles() throws {
    // Only Linux has this folder.
    guard let kernel = try? WorkTreeFiles(root: "/proc/self") else { return }
    #expect(try kernel.read("status").bytes.count > 100)
  }

  @Test(
    "says that permission is missing",
    .enabled(if: !TemporaryFolder.userIsRoot, "root may read everything"))
  func unreadable() {
    folder.file("closed.conf", mode: 0)
    folder.folder("closed", mode: 0)
    #expect(refusal("closed.conf") == .unreadable("permission denied"))
    #expect(refusal("closed/x.conf") == .unreadable("permission denied"))
  }

  @Test("a name that came to stand for something else is looked at anew")
  func swapped() throws {
    #expect(try files.read("top.conf").bytes == Array("top\n".utf8))
    folder.remove("top.conf")
    folder.link("top.conf", to: "\(outside.path)/secret.conf")
    #expect(refusal("top.conf") == .outsideRoot)
    folder.remove("top.conf")
    folder.pipe("top.conf")
    #expect(refusal("top.conf") == .notRegular)
    folder.remove("top.conf")
    folder.folder("top.conf")
    #expect(refusal("top.conf") == .isDirectory)
    folder.remove("conf")
    folder.link("conf", to: outside.path)
    #expect(refusal("conf/secret.conf") == .outsideRoot)
  }

  @Test("lists names in byte order, and tells folders from files")
  func names() throws {
    for name in ["b", "a", "Z", "ä", "a.b", ".hidden"] { folder.file("conf/deep/\(name)") }
    #expect(
      files.names(in: "conf/deep") == [".hidden", "Z", "a", "a.b", "b", "x.conf", "ä"])
    #expect(files.names(in: "") == ["conf", "top.conf"])
    #expect(files.names(in: "top.conf") == [])
    #expect(files.names(in: "nowhere") == [])
    #expect(try files.isFolder("conf/deep"))
    #expect(try !files.isFolder("top.conf"))
    #expect(throws: FileRefusal.notFound) { try files.isFolder("nowhere") }
    #expect(throws: FileRefusal.outsideRoot) { try files.isFolder("/etc") }
  }

  @Test("a root must be a folder")
  func roots() {
    #expect(throws: FileRefusal.notFound) { try WorkTreeFiles(root: "\(folder.path)/nowhere") }
    #expect(throws: FileRefusal.notFound) { try WorkTreeFiles(root: "\(folder.path)/top.conf") }
  }
}
