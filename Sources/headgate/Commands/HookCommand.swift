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
        var arguments = try scope() + ["--color", common.color.rawValue]
        if let repo = common.repo { arguments += ["--repo", repo] }
        if common.quiet { arguments.append("--quiet") }
        let check = try Check.parse(arguments)
        try check.run()
      }

      /// What is staged; under the pre-commit framework what that was asked for, which it tells in
      /// its environment.
      private func scope() throws -> [String] {
        if let from = Host.environment("PRE_COMMIT_FROM_REF"), !from.isEmpty {
          return ["--since", from]
        }
        guard Host.environment("PRE_COMMIT") != nil else { return ["--staged"] }
        let staged = try FileChanges.staged(
          folder: common.folder(), indexFile: Host.environment("GIT_INDEX_FILE"))
        // `pre-commit run --all-files`: nothing is staged, and all is to be checked.
        return staged.touched.isEmpty ? [] : ["--staged"]
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
