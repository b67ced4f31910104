import ArgumentParser
import Review

extension Headgate {
  struct LanguageServer: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lsp",
      abstract: "Speaks the language server protocol with an editor, on standard input and output.",
      discussion: """
        Editors start it: findings as you type, what runs under the pointer, fixes. docs/editors.md
        has the set-up for VS Code, Neovim and Helix.

        Example, as Helix starts it:
          headgate lsp --product nginx=1.29.7

        Exit codes: 0 after an orderly shutdown, 1 without one.
        """)

    @Flag(help: ArgumentHelp("What some clients add; there is no other way.", visibility: .hidden))
    var stdio = false

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    /// The editor is quiet for so many milliseconds before it is answered: keys come in bursts.
    private static let quiet: Int32 = 60

    func run() throws {
      var session = EditorSession(
        EditorOptions(configuration: products.configuration, products: products.products))
      while session.exitCode == nil {
        let wait = session.needsCheck ? Self.quiet : -1
        switch Host.input(within: wait) {
        case .bytes(let bytes): session.receive(bytes)
        case .quiet: session.check()
        case .end: session.close()
        }
        let output = session.takeOutput()
        if !output.isEmpty { Output.write(output) }
      }
      if session.exitCode != 0 { throw Exit.findings }
    }
  }
}
