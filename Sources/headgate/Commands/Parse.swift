import ArgumentParser
import Review
import Syntax

extension Headgate {
  struct Parse: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "parse",
      abstract: "Prints the syntax tree of files as JSON.",
      discussion: """
        Examples:
          headgate parse pgbouncer.ini
          headgate parse nginx.conf --format crossplane     crossplane's payload, one line a file
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, crossplane }

    @Argument(help: "The files.")
    var files: [String]

    @Option(help: "json, or crossplane for nginx.")
    var format: Format = .json

    @OptionGroup var common: CommonOptions

    func run() throws {
      let tree = try WorkTree(common.folder())
      var isComplete = true
      for path in files {
        let (json, isClean) = try parse(path, tree)
        let isMany = files.count > 1 || format == .crossplane
        Output.write(json.text(isMany ? .compact : .pretty) + "\n")
        isComplete = isComplete && isClean
      }
      if !isComplete { throw Exit.couldNotRun }
    }

    private func parse(_ path: String, _ tree: WorkTree) throws -> (json: JSON, isClean: Bool) {
      switch format {
      case .json: return try SyntaxTreeJSON.json(of: WorkTree.readFile(path))
      case .crossplane:
        let (json, isComplete) = try CrossplanePayload.payload(
          of: path, in: tree.files(around: path))
        return (json, isComplete)
      }
    }
  }
}
