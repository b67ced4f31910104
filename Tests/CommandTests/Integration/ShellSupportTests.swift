import Testing

@Suite("Completions and manual pages", .timeLimit(.minutes(15)))
struct ShellSupportTests {
  @Test(
    "bash completes commands, options and values",
    .enabled(if: Integration.has("bash"), "no bash here"),
    arguments: [
      ("headgate ch", "check"), ("headgate check --sta", "--staged"),
      ("headgate check --format sar", "sarif"), ("headgate policy te", "test"),
    ])
  func bash(typed: String, completed: String) throws {
    let folder = try TemporaryFolder()
    let words = typed.split(separator: " ")
    let (previous, last) = (words[words.count - 2], words[words.count - 1])
    let script = """
      source <("$headgate" completions bash)
      COMP_WORDS=(\(typed)) COMP_CWORD=\(words.count - 1) COMP_LINE='\(typed)' COMP_POINT=\(typed.count)
      "$(complete -p headgate | sed 's/.*-F \\([^ ]*\\).*/\\1/')" headgate '\(last)' '\(previous)'
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = try Program.run(
      "/usr/bin/env", ["bash", "-c", script], in: folder.path,
      environment: ["headgate": Program.headgate, "PATH": Integration.path])
    let replies = run.output.split(separator: "\n").map { $0.filter { $0 != " " } }
    #expect(replies.contains(completed), "\(run.text)")
  }

  @Test(
    "fish completes commands, options and values",
    .enabled(if: Integration.has("fish"), "no fish here"),
    arguments: [
      ("headgate ch", "check\t"), ("headgate check --sta", "--staged\t"),
      ("headgate check --format sar", "sarif\t"), ("headgate policy te", "test\t"),
    ])
  func fish(typed: String, completed: String) throws {
    let folder = try TemporaryFolder()
    let script = "headgate completions fish | source; complete -C '\(typed)'"
    let run = try Program.run(
      "/usr/bin/env", ["fish", "--no-config", "-c", script], in: folder.path,
      environment: ["PATH": Integration.path])
    #expect(run.output.hasPrefix(completed), "\(run.text)")
  }

  @Test(
    "the other shells read their script", arguments: [("zsh", "zsh -n"), ("fish", "fish -n")])
  func others(shell: String, check: String) throws {
    let folder = try TemporaryFolder()
    let script = try folder.headgate("completions", shell)
    #expect(script.status == 0)
    #expect(script.output.contains("headgate"))
    guard Integration.has(shell) else { return }
    try folder.write("script", script.output)
    let run = try Program.shell("\(check) script", in: folder.path)
    #expect(run.status == 0, "\(run.text)")
  }

  @Test(
    "the manual pages in docs/man are those of this program (`make docs` writes them)",
    .enabled(if: Integration.has("python3"), "no python3 here"))
  func manual() throws {
    let folder = try TemporaryFolder()
    let made = try Program.shell(
      "'\(Integration.root)/scripts/man-pages' \"$headgate\" man", in: folder.path)
    #expect(made.status == 0, "\(made.text)")
    let compared = try Program.shell(
      "diff -r man '\(Integration.root)/docs/man'", in: folder.path)
    #expect(compared.status == 0, "\(compared.text)")
  }

  @Test(
    "man formats the pages without a complaint",
    .enabled(if: Integration.has("groff"), "groff is not installed"))
  func roff() throws {
    let run = try Program.shell(
      "groff -man -Tutf8 -ww docs/man/*.1 >/dev/null", in: Integration.root)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty, "\(run.errors)")
  }
}
