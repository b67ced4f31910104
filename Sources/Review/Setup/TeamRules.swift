import Catalog
import Policy
import Syntax

/// The rules that a team keeps in its own repository.
struct TeamRules {
  let rules: [LoadedRule]

  /// Folders below a policy folder that are entered: `AREA/NAME.yaml` needs one.
  private static let depthLimit = 8

  /// Loads every `.yaml` file below `directories`.
  ///
  /// - Throws: the mistakes of all rules.
  init(directories: [String], files: any FileSource) throws(PolicyError) {
    var rules: [LoadedRule] = []
    var problems: [PolicyProblem] = []
    for directory in directories {
      let paths = Self.paths(below: directory, files, depth: 0)
      if paths.isEmpty {
        let start = SourcePosition(line: 1, column: 1, offset: 0)
        problems.append(
          PolicyProblem(
            path: Configuration.fileName, position: start,
            message: "policies: there is no rule in the folder `\(directory)`"))
      }
      for path in paths {
        do throws(FileRefusal) {
          let source = try files.read(path)
          let id = RuleReader.identifier(of: path, below: directory)
          do throws(PolicyError) {
            var rule = try RuleReader.read(source, id: id)
            rule.definition.source = .file(path)
            problems += RuleChecker.problems(of: rule, schema: Catalog.schema)
            rules.append(rule)
          } catch {
            problems += error.problems
          }
        } catch {
          let start = SourcePosition(line: 1, column: 1, offset: 0)
          problems.append(PolicyProblem(path: path, position: start, message: error.reason))
        }
      }
    }
    guard problems.isEmpty else { throw PolicyError(problems) }
    self.rules = rules
  }

  private static func paths(
    below directory: String, _ files: any FileSource, depth: Int
  ) -> [String] {
    guard depth < depthLimit else { return [] }
    return files.names(in: directory).flatMap { name in
      let path = "\(directory)/\(name)"
      return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        ? [path] : paths(below: path, files, depth: depth + 1)
    }
  }
}
