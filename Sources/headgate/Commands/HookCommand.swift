import ArgumentParser
import Review

extension Headgate {
  struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hook",
      abstract: "Checks what is about to be committed, before every commit.",
      discussion: """
        Example:
          headgate hook install
        """,
      subcommands: [Install.self, Run.self, Uninstall.self])

    struct Install: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Install the pre-commit hook of this repository.")
      @OptionGroup var common: CommonOptions

      func run() throws {
        let hook = try GitHook.located(from: common.folder())
        try hook.install(executable: Host.executable)
        if !common.quiet { Output.write("installed \(hook.path)\n") }
      }
    }

    struct Run: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Check the staged files; what the installed hook runs.")
      @OptionGroup var common: CommonOptions

      func run() throws {
        var arguments = ["--staged", "--color", common.color.rawValue]
        if let repo = common.repo { arguments += ["--repo", repo] }
        if common.quiet { arguments.append("--quiet") }
        let check = try Check.parse(arguments)
        try check.run()
      }
    }

    struct Uninstall: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Remove the pre-commit hook, if it is Headgate's.")
      @OptionGroup var common: CommonOptions

      func run() throws {
        let hook = try GitHook.located(from: common.folder())
        let wasThere = hook.state == .ours
        try hook.uninstall()
        if !common.quiet {
          Output.write(wasThere ? "removed \(hook.path)\n" : "no hook was installed\n")
        }
      }
    }
  }
}
