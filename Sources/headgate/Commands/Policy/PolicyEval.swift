import ArgumentParser
import Review
import Syntax

extension Headgate.PolicyCommand {
  struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "eval",
      abstract: "Evaluate a CEL expression and print its typed value.",
      discussion: """
        Bindings are a JSON file of names and typed values: {"x": {"int": "5"}}.
        With --cases, a file of cases is evaluated and one result printed a line.

        Example:
          headgate policy eval 'pool.max * 4 <= 100' --bindings pool.json --format json

        Exit codes: 0 a value, 1 an error of the expression, 2 the input could not be read.
        """)

    @Argument(help: "The expression.")
    var expression: String?

    @Option(help: ArgumentHelp("Values of the expression's variables.", valueName: "file"))
    var bindings: String?

    @Option(help: ArgumentHelp("A JSON array of cases.", valueName: "file"))
    var cases: String?

    @Option(help: "text or json; both print typed JSON.")
    var format: Format = .json

    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard (expression == nil) != (cases == nil) else {
        throw ValidationError("give an expression, or a file of cases with --cases")
      }
    }

    func run() throws {
      if let cases {
        guard let list = try JSONFile.read(cases).arrayValue else {
          throw Failure("\(cases) does not hold a JSON array")
        }
        for item in list {
          Output.write(try ExpressionEvaluation.evaluate(case: item).json.text() + "\n")
        }
        return
      }
      let result = try ExpressionEvaluation.evaluate(
        expression ?? "", bindings: bindings.map { try JSONFile.read($0) })
      Output.write(result.json.text() + "\n")
      if result.isError { throw Exit.findings }
    }
  }
}

/// JSON files that commands take as input.
enum JSONFile {
  static func read(_ path: String) throws(Failure) -> JSON {
    let source = try WorkTree.readFile(path)
    let document = JSONDocument(source)
    if let error = document.errors.first {
      let place = LineTable(source.bytes).position(at: error.range.lowerBound)
      throw Failure("\(path):\(place.line):\(place.column): \(error.message)")
    }
    guard let root = document.root else { throw Failure("\(path) is empty") }
    return root.json
  }
}
