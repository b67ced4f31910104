import ArgumentParser
import Review
import Syntax

extension Headgate.PolicyCommand {
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Runs the examples of rules, and tells which conditions they never try.",
      discussion: """
        A bad example must give the findings it names, a good one none, and a fix must repair
        what it is for. Without paths the rules of `policies:` in .headgate.yaml are run. A
        condition that no example made true, or none false, is noted with its place.

        Examples:
          headgate policy test
          headgate policy test rules/team/pool-unnamed.yaml --strict
          headgate policy test --built-in --format json

        Exit codes: 0 all examples pass, 1 one does not, 2 no rule, or one that cannot be read.
        """)

    @Argument(help: "Rule files, or folders with AREA/NAME.yaml.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Only this rule; can be repeated.", valueName: "rule"))
    var rule: [String] = []

    @Flag(help: "Also run the rules that come with Headgate.")
    var builtIn = false

    @Flag(help: "Also fail where an example or an outcome of a condition is missing.")
    var strict = false

    @Option(help: "text or json.")
    var format: Headgate.PolicyCommand.Format = .text

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if !paths.isEmpty, builtIn || !rule.isEmpty {
        throw ValidationError("paths say what is run; give neither --rule nor --built-in with them")
      }
    }

    func run() throws {
      let folder = try common.folder()
      let test =
        paths.isEmpty
        ? try PolicyTest.of(
          products.project(in: folder), named: rule, includingBuiltIn: builtIn)
        : try PolicyTest.of(paths: paths, in: folder)
      switch format {
      case .text: if !common.quiet || !test.passed { Output.write(test.text) }
      case .json: Output.write(test.json.text(.pretty) + "\n")
      }
      if strict ? !test.isComplete : !test.passed { throw Exit.findings }
    }
  }
}
