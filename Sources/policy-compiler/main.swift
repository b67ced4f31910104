/// Turns the rules below `policies/` into Swift source, when Headgate is built.
///
/// Usage: `policy-compiler OUTPUT DIRECTORY STAMP DOCS`; a broken rule stops the build with its
/// place. The JSON Schemas in DOCS go with the rules.
/// The stamp is an empty file that is written anew, by which the build system knows to ask again.
import Catalog
import Policy

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

let arguments = CommandLine.arguments
guard arguments.count == 5 else {
  Files.complain("usage: policy-compiler OUTPUT DIRECTORY STAMP DOCS")
  exit(2)
}
let (output, directory, stamp) = (arguments[1], arguments[2], arguments[3])
var rules: [RuleDefinition] = []
var problems: [String] = []
for path in Files.rules(below: directory) {
  guard let source = Files.read(path) else {
    problems.append("\(path):1:1: error: the file cannot be read")
    continue
  }
  do throws(PolicyError) {
    let id = RuleReader.identifier(of: path, below: directory)
    let rule = try RuleReader.read(source, id: id)
    problems += RuleChecker.problems(of: rule, schema: Catalog.schema).map(\.description)
    rules.append(rule.definition)
  } catch {
    problems += error.problems.map(\.description)
  }
}
if rules.isEmpty, problems.isEmpty {
  problems.append("\(directory):1:1: error: there are no rules")
}
guard problems.isEmpty else {
  for problem in problems { Files.complain(problem) }
  exit(1)
}
var schemas: [(name: String, text: String)] = []
for (name, file) in [("rule", "rule.schema.json"), ("configuration", "headgate.schema.json")] {
  guard let text = Files.text(of: "\(arguments[4])/\(file)") else {
    Files.complain("\(arguments[4])/\(file):1:1: error: the file cannot be read")
    exit(1)
  }
  schemas.append((name, text))
}
let text = SwiftSource.file(of: rules) + SwiftSource.schemas(schemas)
guard Files.save(text, to: output), Files.renew(stamp) else {
  Files.complain("\(output): error: the file cannot be written")
  exit(2)
}
