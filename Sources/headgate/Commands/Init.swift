import ArgumentParser
import Findings
import Review

extension Headgate {
  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Writes .headgate.yaml from what it finds and installs the hook.",
      discussion: """
        An existing file or hook is left as it is.

        Example:
          headgate init
        """)

    @Flag(help: "Do not install the pre-commit hook.")
    var noHook = false

    @OptionGroup var common: CommonOptions

    func run() throws {
      let folder = try common.folder()
      let path = "\(folder)/.headgate.yaml"
      if Host.exists(path) {
        say(".headgate.yaml is there already; it is left as it is")
      } else {
        let project = try WorkTree(folder).project(configuration: nil, products: [])
        let collection = project.collector.collect(try WorkTree(folder).workspaces([]))
        guard !collection.entries.isEmpty else {
          throw Failure(
            "no configuration file was found below \(TerminalText.safe(folder))",
            help: "run it in the folder of your nginx or pool configuration")
        }
        let initial = InitialConfiguration(collection)
        for line in initial.found { say("found \(TerminalText.safe(line))") }
        try Host.writeFile(path, Array(initial.text.utf8))
        say("wrote .headgate.yaml")
      }
      guard !noHook else { return }
      let hook = try GitHook.located(from: folder)
      try hook.install(executable: Host.executable)
      say("installed \(hook.path)")
      say("next: headgate check")
    }

    private func say(_ text: String) {
      if !common.quiet { Output.write(text + "\n") }
    }
  }
}
