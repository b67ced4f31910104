import Catalog
import FoundationEssentials
import Syntax
import Testing

/// The files that a configuration includes, in the order of `nginx -T`.
@Suite(
  "nginx includes beside nginx itself",
  .enabled(if: NginxOracle.isHere, "nginx is not installed"))
struct NginxIncludeComparisonTests {
  /// A tree whose main file is `etc/nginx.conf`; other files hold what is given.
  struct Tree: CustomTestStringConvertible {
    let testDescription: String
    /// What stands in the `http` block.
    let http: String
    var files: [String: String] = [:]
    /// Files with nothing in them but a comment.
    var empty: [String] = []
    let expected: [String]
  }

  static let trees = [
    Tree(
      testDescription: "byte order, without hidden files", http: "include conf.d/*;",
      empty: ["9", "10", "B", "a", ".hidden", "é", "a-b", "a.b", "_"].map { "etc/conf.d/\($0)" },
      expected: ["10", "9", "B", "_", "a", "a-b", "a.b", "é"].map { "etc/conf.d/\($0)" }),
    Tree(
      testDescription: "patterns for folders", http: "include sites/*/x.conf;",
      empty: ["a", "a-b", "a.b", "B", "10", "9"].map { "etc/sites/\($0)/x.conf" },
      expected: ["10", "9", "B", "a-b", "a.b", "a"].map { "etc/sites/\($0)/x.conf" }),
    Tree(
      testDescription: "names relative to the main file's folder", http: "include sites/a;",
      files: ["etc/sites/a": "include snippets/b;"], empty: ["etc/snippets/b"],
      expected: ["etc/sites/a", "etc/snippets/b"]),
    Tree(
      testDescription: "brackets", http: "include c/[ab]?; include c/[!a]; include c/[^a-c]x*;",
      empty: ["a1", "b2", "c3", "a", "d", "dxy", "bx"].map { "etc/c/\($0)" },
      expected: ["a1", "b2", "bx", "d", "dxy"].map { "etc/c/\($0)" }),
    Tree(
      testDescription: "ways up and around",
      http: "include ../shared/x; include ./c/../c/a; include ../shared/*/y;",
      empty: ["shared/x", "etc/c/a", "shared/z/y"], expected: ["shared/x", "etc/c/a", "shared/z/y"]),
    Tree(
      testDescription: "the depth of includes before the rest",
      http: "include a; include z;",
      files: ["etc/a": "include b; include c;", "etc/b": "include d;"],
      empty: ["etc/c", "etc/d", "etc/z"], expected: ["a", "b", "d", "c", "z"].map { "etc/\($0)" }),
    Tree(
      testDescription: "names that only look like patterns",
      http: #"include "{a,b}"; include ~; include $x.conf; include "a b"; include \*;"#,
      empty: ["{a,b}", "~", "$x.conf", "a b", "*"].map { "etc/\($0)" },
      expected: ["{a,b}", "~", "$x.conf", "a b", "*"].map { "etc/\($0)" }),
    Tree(
      testDescription: "nothing, where a pattern finds nothing", http: "include none/*.conf;",
      expected: []),
  ]

  @Test("are the same in the same order", arguments: trees)
  func order(tree: Tree) throws {
    let folder = try Self.write(tree)
    // A leftover harms nobody.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let output = try nginxOutput([
      NginxOracle.path, "-T", "-p", folder, "-e", "stderr", "-c", folder + "/etc/nginx.conf",
    ])
    let mark = "# configuration file \(folder)/"
    let theirs = output.split(separator: "\n").filter { $0.hasPrefix(mark) }
      .map { Self.plain(String($0.dropFirst(mark.count).dropLast())) }
    let entry = "etc/nginx.conf"
    let reading = Technology.nginx.read(
      try NginxDiskFiles(root: folder).read(entry),
      ReadingContext(files: NginxDiskFiles(root: folder)))
    #expect(theirs == [entry] + tree.expected, "\(output)")
    #expect(reading.sources.map(\.path) == [entry] + tree.expected)
    #expect(reading.problems == [])
  }

  private static func write(_ tree: Tree) throws -> String {
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/headgate-include-\(UInt64.random(in: 0 ... .max))"
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path t;" }.joined(separator: " ")
    var files = tree.files
    for name in tree.empty { files[name] = "# nothing\n" }
    files["etc/nginx.conf"] =
      "pid pid; error_log stderr;\nevents {}\nhttp { access_log off; \(temporary)\n\(tree.http)\n}\n"
    for (name, text) in files {
      let path = "\(folder)/\(name)"
      let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    return folder
  }

  /// A path without `.` and `..`.
  private static func plain(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { parts.removeLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
