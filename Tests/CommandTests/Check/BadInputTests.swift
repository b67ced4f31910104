import FoundationEssentials
import Testing

/// Files that cannot be read or understood: a message with the name and the cause, exit 2, nothing
/// changed.
@Suite("Bad input", .timeLimit(.minutes(15)))
struct BadInputTests {
  /// One bad input.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let files: [String: String]
    let arguments: [String]
    /// What the user must be told, on either stream.
    let says: [String]

    init(
      _ name: String, _ files: [String: String], _ arguments: [String], says: [String]
    ) {
      testDescription = name
      self.files = files
      self.arguments = arguments
      self.says = says
    }
  }

  static let cases: [Case] = [
    Case(
      "missing file", ["a.txt": ""], ["check", "nginx.conf"], says: ["nginx.conf", "no such file"]),
    Case("missing folder", [:], ["check", "config/"], says: ["config", "no such file"]),
    Case(
      "missing file among others", ["hikari.properties": Fixtures.soundProperties],
      ["check", "hikari.properties", "gone.conf"], says: ["gone.conf", "no such file"]),
    Case(
      "folder without configuration", ["notes.txt": "hello\n", "src/main.c": "int x;\n"],
      ["check"], says: ["nothing was checked"]),
    Case("empty folder", [:], ["check", "."], says: ["nothing was checked"]),
    Case(
      "binary file", ["nginx.conf": "events {}\0\u{1}\u{2}\n"], ["check", "nginx.conf"],
      says: ["nginx.conf", "binary"]),
    Case(
      "file of no product", ["main.c": "int x;\n"], ["check", "main.c"],
      says: ["main.c", "not a configuration file that Headgate knows"]),
    Case(
      "syntax error", ["nginx.conf": Fixtures.brokenNginx], ["check", "nginx.conf"],
      says: ["nginx.conf:", "syntax/nginx"]),
    Case(
      "syntax error in YAML", ["application.yml": "spring:\n  datasource: [1\n"],
      ["check", "application.yml"], says: ["application.yml:"]),
    Case(
      "missing include", ["nginx.conf": "events {}\nhttp {\n  include gone.conf;\n}\n"],
      ["check", "nginx.conf"], says: ["nginx.conf:3", "gone.conf"]),
    Case(
      "broken decisions",
      [".headgate.yaml": "version: 1\nrule: {}\n", "nginx.conf": "events {}\n"],
      ["check"], says: [".headgate.yaml:2:1", "rule"]),
    Case(
      "unknown rule in the decisions",
      [
        ".headgate.yaml": "version: 1\nrules:\n  pool/size-below-minimun: {severity: off}\n",
        "nginx.conf": "events {}\n",
      ],
      ["check"], says: [".headgate.yaml:3:3", "size-below-minimun", "size-below-minimum"]),
    Case(
      "missing --config", ["nginx.conf": "events {}\n"], ["check", "--config", "gone.yaml"],
      says: ["gone.yaml", "no such file"]),
    Case(
      "--repo that is no folder", [:], ["check", "--repo", "gone"], says: ["gone", "not a folder"]),
    Case(
      "report into a missing folder", ["nginx.conf": Fixtures.soundNginx],
      ["check", "--output", "sarif:gone/report.sarif"],
      says: ["gone/report.sarif", "No such file"]),
    Case(
      "report of an unknown format", ["nginx.conf": Fixtures.soundNginx],
      ["check", "--output", "pdf:report.pdf"], says: ["pdf:report.pdf", "sarif"]),
    Case("inventory of nothing", [:], ["inventory"], says: ["no configuration file was found"]),
    Case(
      "inventory of a broken file", ["nginx.conf": Fixtures.brokenNginx],
      ["inventory", "nginx.conf"], says: ["nginx.conf"]),
    Case(
      "parse of a missing file", [:], ["parse", "gone.conf"], says: ["gone.conf", "no such file"]),
    Case(
      "bindings that are no JSON", ["b.json": "{\"x\": \n"],
      ["policy", "eval", "x", "--bindings", "b.json"], says: ["b.json:"]),
    Case(
      "explain of no rule", [:], ["explain", "pool/size-below-minimun"],
      says: ["pool/size-below-minimun", "size-below-minimum"]),
  ]

  @Test("is named with its cause, exit 2, and nothing is changed", arguments: cases)
  func named(bad: Case) throws {
    let folder = try TemporaryFolder(repository: bad.files)
    let before = try folder.state()
    let run = try Program.headgate(bad.arguments, in: folder.path)
    #expect(run.status == 2, "\(run.text)")
    for text in bad.says { #expect(run.text.contains(text), "\(run.text)") }
    #expect(try folder.state() == before)
  }

  @Test(
    "what is YAML must be UTF-8: the place of the first byte that is not",
    arguments: [
      ("application.yml", ["check", "application.yml"]),
      (".headgate.yaml", ["check"]),
      ("rules/own/rule.yaml", ["check"]),
    ])
  func invalidText(name: String, arguments: [String]) throws {
    let folder = try TemporaryFolder(repository: ["nginx.conf": Fixtures.soundNginx])
    if name.hasPrefix("rules/") {
      try folder.write(".headgate.yaml", "version: 1\npolicies: [rules]\n")
    }
    try folder.write(name, Array("# caf".utf8) + [0xe9] + Array("\nversion: 1\n".utf8))
    let before = try folder.state()
    let run = try Program.headgate(arguments, in: folder.path)
    #expect(run.status == 2, "\(run.text)")
    #expect(run.text.contains("\(name):1:6"), "\(run.text)")
    #expect(run.text.contains("UTF-8"))
    #expect(try folder.state() == before)
  }

  @Test(
    "what reads bytes may hold any: invalid UTF-8 is no error there",
    arguments: [
      ("nginx.conf", Fixtures.soundNginx), ("hikari.properties", Fixtures.soundProperties),
    ])
  func anyBytes(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, Array("# caf".utf8) + [0xe9, 0x0a] + Array(text.utf8))
    let run = try folder.headgate("check", name)
    #expect(run.status == 0, "\(run.text)")
  }

  @Test(
    "files that include each other are named, and none vanishes from the check",
    arguments: [
      (
        [
          "nginx.conf": "include a.conf;\n", "a.conf": "include b.conf;\n",
          "b.conf": "include a.conf;\n",
        ],
        "b.conf:1:9", "a.conf -> b.conf -> a.conf"
      ),
      (
        ["pgbouncer.ini": "%include pgbouncer.ini\n[databases]\n* = host=db\n"], "pgbouncer.ini:1",
        "include"
      ),
      (
        ["pgbouncer.ini": "%include other.ini\n", "other.ini": "%include pgbouncer.ini\n"],
        ".ini:1", "include"
      ),
      (["postgresql.conf": "include 'postgresql.conf'\n"], "postgresql.conf:1", "include"),
    ] as [([String: String], String, String)])
  func includeCycle(files: [String: String], place: String, says: String) throws {
    let folder = try TemporaryFolder(repository: files)
    let before = try folder.state()
    for arguments in [["check"], ["check", files.keys.max() ?? ""]] {
      let run = try Program.headgate(arguments, in: folder.path)
      #expect(run.status == 2, "\(run.text)")
      #expect(run.output.contains(place), "\(run.text)")
      #expect(run.output.contains(says), "\(run.text)")
    }
    #expect(try folder.state() == before)
  }

  @Test("an include out of the tree is not read: what it would set is undecided")
  func includeOutside() throws {
    let folder = try TemporaryFolder([
      "nginx.conf": "include /etc/passwd;\n" + Fixtures.soundNginx
    ])
    let run = try folder.headgate("check", "nginx.conf")
    #expect(run.output.contains("nginx.conf:1:9"))
    #expect(run.output.contains("\"/etc/passwd\" is not among the files"), "\(run.text)")
    #expect(!run.text.contains("root:"))
  }

  @Test("a file of 100 MB is refused at once, and skipped loudly in a tree")
  func large() throws {
    let folder = try TemporaryFolder(repository: ["hikari.properties": Fixtures.soundProperties])
    try Program.shell("dd if=/dev/zero of=nginx.conf bs=1 count=1 seek=104857600", in: folder.path)
    let before = try folder.state()
    for arguments in [["check", "nginx.conf"], ["check"], ["inventory"], ["parse", "nginx.conf"]] {
      let run = try Program.headgate(arguments, in: folder.path)
      #expect(run.status == 2, "\(arguments)")
      #expect(run.text.contains("nginx.conf"))
      #expect(run.text.contains("64 MiB"), "\(run.text)")
    }
    let input = try Program.shell("\"$headgate\" check - <nginx.conf", in: folder.path)
    #expect(input.status == 2)
    #expect(input.errors.contains("standard input is larger than 64 MiB"))
    #expect(try folder.state() == before)
  }

  @Test("links out of the tree are not followed")
  func links() throws {
    let secret = try TemporaryFolder(["nginx.conf": Fixtures.soundNginx])
    let folder = try TemporaryFolder(repository: ["hikari.properties": Fixtures.soundProperties])
    try folder.link("nginx.conf", to: secret.path + "/nginx.conf")
    try folder.link("conf", to: secret.path)
    try folder.link("loop.conf", to: "loop.conf")
    let before = try folder.state()
    for path in ["nginx.conf", "conf/nginx.conf"] {
      let run = try folder.headgate("check", path)
      #expect(run.status == 2, "\(run.text)")
      #expect(run.text.contains(path))
      #expect(run.text.contains("leads out of the checked folder"), "\(run.text)")
      #expect(!run.text.contains("worker_"))
    }
    let loop = try folder.headgate("check", "loop.conf")
    #expect(loop.status == 2)
    #expect(loop.text.contains("loop.conf"))
    // Links found in a tree are passed over: what they name inside it has its own place.
    let tree = try folder.headgate("check")
    #expect(tree.status == 0, "\(tree.text)")
    #expect(tree.output.contains("1 file"))
    #expect(try folder.state() == before)
  }

  @Test("a link inside the tree is read as the file it names")
  func linkInside() throws {
    let folder = try TemporaryFolder(repository: ["real/nginx.conf": Fixtures.soundNginx])
    try folder.link("nginx.conf", to: "real/nginx.conf")
    let run = try folder.headgate("check", "nginx.conf")
    #expect(run.status == 0, "\(run.text)")
  }

  @Test("a pipe is not waited for")
  func pipe() throws {
    let folder = try TemporaryFolder()
    let run = try Program.shell(
      "mkfifo nginx.conf && exec \"$headgate\" check nginx.conf", in: folder.path)
    #expect(run.status == 2)
    #expect(run.text.contains("nginx.conf"))
    #expect(run.text.contains("regular"))
  }

  @Test(
    "a file that may not be read is named with the cause",
    .enabled(if: Unprivileged.isPossible, "\(Unprivileged.absence)"))
  func unreadable() throws {
    let folder = try TemporaryFolder([
      "hikari.properties": Fixtures.soundProperties, "secret/nginx.conf": Fixtures.soundNginx,
      "nginx.conf": Fixtures.soundNginx,
    ])
    try Program.shell("chmod 755 . && chmod 000 nginx.conf secret", in: folder.path)
    let named = try Unprivileged.headgate(["check", "nginx.conf"], in: folder.path)
    #expect(named.status == 2)
    #expect(named.text.contains("nginx.conf: cannot be read: permission denied"), "\(named.text)")
    let tree = try Unprivileged.headgate(["check"], in: folder.path)
    #expect(tree.status == 2)
    #expect(tree.text.contains("nginx.conf: cannot be read: permission denied"), "\(tree.text)")
    #expect(tree.text.contains("secret: cannot be read: permission denied"), "\(tree.text)")
    try Program.shell("chmod 755 nginx.conf secret", in: folder.path)
  }
}
