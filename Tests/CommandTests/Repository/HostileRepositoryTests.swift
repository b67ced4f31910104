import Testing

/// Repositories that were prepared to run something on the machine of whoever looks at them.
@Suite("Hostile repositories", .timeLimit(.minutes(15)))
struct HostileRepositoryTests {
  private static let commands = [
    ["check"], ["check", "--staged"], ["check", "--since", "main"], ["diff"], ["diff", "main"],
    ["gate", "--base", "main", "--head", "HEAD"], ["inventory"], ["capacity", "."],
    ["record", "--reason", "r"], ["record", "--staged", "--reason", "r"], ["log"], ["status"],
    ["audit", "verify"],
  ]

  @Test("S6, S7: no command runs what git's configuration and attributes name")
  func configuration() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("checkout", "-q", "-b", "work")
    try folder.commit(
      [
        "application.yml": Fixtures.pool(size: "30"),
        ".gitattributes": "* filter=evil diff=evil merge=evil\n*.yml working-tree-encoding=UTF-7\n",
      ], "hostile")
    try folder.write("nginx.conf", Fixtures.soundNginx)
    try folder.git("add", "nginx.conf")
    try folder.write("evil", "#!/bin/sh\ntouch '\(folder.path)/pwned'\n")
    try Program.shell(
      "chmod +x evil; mkdir hooks; cp evil hooks/post-index-change", in: folder.path)
    let evil = folder.path + "/evil"
    for key in [
      "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass",
      "core.gitProxy", "diff.external", "filter.evil.clean", "filter.evil.smudge",
      "filter.evil.process", "diff.evil.textconv", "diff.evil.command", "merge.evil.driver",
      "gpg.program", "credential.helper", "alias.status",
    ] {
      try folder.git("config", key, evil)
    }
    try folder.git("config", "core.hooksPath", folder.path + "/hooks")
    for command in Self.commands {
      let run = try Program.headgate(command, in: folder.path)
      #expect(run.status <= 2, "\(command): \(run.text)")
      #expect(!folder.exists("pwned"), "\(command)")
    }
    // The trap is one: git itself walks into it.
    _ = try Program.shell("git status", in: folder.path)
    #expect(folder.exists("pwned"))
  }

  @Test("S8: a submodule in the place of a file is named, and never entered or fetched")
  func submodule() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let commit = try folder.git("rev-parse", "HEAD").prefix(40)
    try folder.git("checkout", "-q", "-b", "work")
    try folder.write(
      ".gitmodules",
      """
      [submodule "x"]
      \tpath = nginx.conf
      \turl = -u./evil
      \tupdate = !touch pwned

      """)
    try folder.git("add", ".gitmodules")
    try folder.git("update-index", "--add", "--cacheinfo", "160000,\(commit),nginx.conf")
    try folder.git("commit", "-q", "--no-verify", "-m", "hostile")
    for command in Self.commands {
      let run = try Program.headgate(command, in: folder.path)
      #expect(run.status <= 2, "\(command): \(run.text)")
    }
    #expect(!folder.exists("pwned") && !folder.exists(".git/modules"))
  }

  @Test("S9: names that no work tree may hold are read as names, and nothing is written by them")
  func names() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let script = """
      set -e
      blob=$(git hash-object -w application.yml)
      inner=$(printf '100644 blob %s\\tapplication.yml\\n' "$blob" | git mktree)
      tree=$(printf '040000 tree %s\\t%s\\n' "$inner" .. "$inner" .git "$inner" .GIT \\
        "$inner" git~1 "$inner" "$(printf '.g\\342\\200\\214it')" | git mktree)
      commit=$(git commit-tree -p main -m hostile "$tree")
      git update-ref refs/heads/work "$commit"
      """
    let made = try Program.shell(script, in: folder.path)
    try #require(made.status == 0, "\(made.text)")
    let state = try folder.state()
    for command in [
      ["gate", "--base", "main", "--head", "work"], ["diff", "main", "work"],
      ["diff", "work", "main", "--format", "json"],
    ] {
      let run = try Program.headgate(command, in: folder.path)
      #expect(run.status <= 2, "\(command): \(run.text)")
      #expect(try folder.state() == state, "\(command)")
    }
  }
}
