import ArgumentParser

extension Headgate {
  struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "completions",
      abstract: "Prints a script that completes commands and options in a shell.",
      discussion: """
        `make install` puts them where the three shells look for them.

        Examples:
          headgate completions bash > ~/.local/share/bash-completion/completions/headgate
          headgate completions zsh > ~/.zsh/completions/_headgate
          headgate completions fish > ~/.config/fish/completions/headgate.fish
        """)

    enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
      let shell: CompletionShell =
        switch shell {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
      Output.write(Headgate.completionScript(for: shell))
    }
  }
}
