import FoundationEssentials
import Testing

/// Rules and decisions that somebody wrote to hang, crash or fool whoever reads them.
@Suite("Hostile policies", .timeLimit(.minutes(15)))
struct HostilePolicyTests {
  private static func rule(
    require: String, message: String = "too small", title: String = "Own", why: String = "It was."
  ) -> String {
    """
    title: "\(title)"
    severity: error
    for: pool
    require: '\(require)'
    at: pool.max_size
    message: "\(message)"
    why: "\(why)"
    examples:
      bad: [{file: hikari.properties, text: "maximumPoolSize=5\\n", finds: [1]}]
      good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]

    """
  }

  private func folder(_ rule: String, name: String = "auth") throws -> TemporaryFolder {
    try TemporaryFolder([
      ".headgate.yaml": "version: 1\npolicies: [rules]\n", "rules/team/own.yaml": rule,
      "hikari.properties": "poolName=\(name)\nmaximumPoolSize=5\n",
    ])
  }

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test(
    "an expression beyond all measure does not load: file, line and column",
    arguments: [
      ("brackets", repeated("(", 100_000) + "true" + repeated(")", 100_000)),
      ("brackets that are not too long", repeated("(", 40_000) + "true" + repeated(")", 40_000)),
      ("negations", repeated("!", 90_000) + "true"),
      ("lists", repeated("[", 40_000) + repeated("]", 40_000) + " == []"),
      ("choices", repeated("true ? ", 12_000) + "true" + repeated(" : true", 12_000)),
      ("repetitions", "pool.name.matches(\"((a{1000}){1000}){1000}\")"),
      ("groups", "pool.name.matches(\"\(repeated("(", 30_000))\(repeated(")", 30_000))\")"),
    ])
  func tooMuch(what: String, expression: String) throws {
    let folder = try folder(Self.rule(require: expression))
    for command in [["check"], ["policy", "test"]] {
      let run = try Program.headgate(command, in: folder.path)
      #expect(run.status == 2, "\(what) \(command): \(run.text.prefix(400))")
      #expect(run.errors.contains("rules/team/own.yaml:4:"), "\(what): \(run.text.prefix(400))")
    }
  }

  @Test("patterns take time linear in what they are compared with")
  func patterns() throws {
    let expression = "!pool.name.matches(\"(a+)+$\") && !pool.name.matches(\"(a|aa)*b\")"
    let folder = try folder(
      Self.rule(require: expression), name: Self.repeated("a", 20_000) + "!")
    let run = try folder.headgate("check", "--rule", "team/own")
    #expect(run.status == 0, "\(run.text.prefix(400))")
  }

  @Test("a value beyond all measure is a check that could not be made, never a pass")
  func hugeValues() throws {
    let text = Self.repeated("y", 1_000)
    let grow = "[1,2,3,4,5,6,7,8,9].map(a, \"xxxxxxxxxx\").join(\"\")"
    let replaced = ".replace(\"x\", \"\(text)\").replace(\"y\", \"\(text)\")"
    let folder = try folder(Self.rule(require: "(\(grow)\(replaced)).size() > 0"))
    let run = try folder.headgate("check")
    #expect(run.status == 2, "\(run.text)")
    #expect(run.text.contains("team/own could not be evaluated"), "\(run.text)")
  }

  /// Ten aliases of ten aliases, and so on: what a reader that copies them dies of.
  private static func bomb(_ key: String) -> String {
    let levels = (1...14).map { level in
      "\(key)\(level): &a\(level) ["
        + (0..<10).map { _ in "*a\(level - 1)" }
        .joined(separator: ", ") + "]"
    }
    return "\(key)0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + levels.joined(separator: "\n") + "\n"
  }

  @Test(
    "a billion laughs, collections inside each other and circles are errors with a place",
    arguments: [
      (".headgate.yaml", bomb("x")),
      (".headgate.yaml", "approvals:\n  " + bomb("x").replacing("\n", with: "\n  ")),
      (".headgate.yaml", "load_path:\n  " + bomb("x").replacing("\n", with: "\n  ")),
      (".headgate.yaml", "ignore: " + repeated("[", 50_000) + repeated("]", 50_000)),
      (".headgate.yaml", "ignore: &a [*a]"), (".headgate.yaml", "rules: &a {x: *a}"),
      (
        "rules/team/own.yaml",
        bomb("x") + rule(require: "true").replacing("why:", with: "references: *a14\nwhy:")
      ), ("headgate.lock", bomb("x")),
    ])
  func bombs(path: String, text: String) throws {
    let folder = try folder(Self.rule(require: "true"))
    if path == "headgate.lock" {
      try folder.write(
        ".headgate.yaml",
        "policies: [{git: 'https://git.example.org/p.git', ref: v1, name: acme}]\n")
    }
    try folder.write(path, text)
    let run = try folder.headgate("check")
    #expect(run.status == 2, "\(run.text.prefix(400))")
    #expect(run.errors.contains("\(path):"), "\(run.text.prefix(400))")
    #expect(run.text.utf8.count < 100_000, "an error is no bomb itself")
  }

  @Test(
    "what a rule says cannot steer a terminal, a page, a comment or a job",
    arguments: [
      "text", "concise", "markdown", "html", "github", "gitlab", "junit", "tap", "sarif", "json",
    ])
  func escapes(format: String) throws {
    let evil = #"x \e[2J \e]8;;http://evil\a \u202E \u2066 \x9b <script>alert(1)</script>"#
    let more = #" ::error::x %0A @everyone ![b](https://evil/beacon) \r\n::stop-commands::y"#
    let folder = try folder(
      Self.rule(require: "pool.max_size >= 20", message: evil + more, title: evil, why: evil))
    for arguments in [
      ["check", "--format", format], ["explain", "team/own"], ["policy", "test"],
    ] {
      let run = try Program.headgate(
        arguments, in: folder.path, environment: ["GITHUB_ACTIONS": "true"])
      #expect(run.status <= 1, "\(run.text)")
      for character in ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}", "\u{2066}", "\r"] {
        #expect(!run.text.contains(character), "\(arguments): \(character.unicodeScalars)")
      }
      for line in run.text.split(separator: "\n") {
        #expect(!line.hasPrefix("::stop-commands"), "\(line)")
      }
      if format == "html", arguments[0] == "check" {
        #expect(!run.output.contains("<script>alert"))
      }
    }
  }

  @Test(
    "rules that take a second for one pool do not take a minute for a hundred",
    .enabled(
      if: ProcessInfo.processInfo.environment["HEADGATE_SOAK"] != nil, "make soak runs it"))
  func stepsSoak() throws {
    let nested =
      Self.repeated("[0,1,2,3,4,5,6,7,8,9].all(a, ", 9) + "pool.max_size > 0"
      + Self.repeated(")", 9)
    let folder = try folder(Self.rule(require: nested))
    for number in 1...100 {
      try folder.write("s\(number)/hikari.properties", "maximumPoolSize=\(100 + number)\n")
    }
    let run = try folder.headgate("check", "--rule", "team/own")
    #expect(run.status == 2, "\(run.text)")
    #expect(run.text.contains("s100/hikari.properties: rule team/own could not be evaluated"))
    #expect(run.text.contains("takes too many steps"), "\(run.text)")
  }
}
