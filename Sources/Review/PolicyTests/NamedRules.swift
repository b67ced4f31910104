import Catalog
import Policy
import Syntax

/// The rules of a file or a folder that somebody names, in force or not.
struct NamedRules {
  let rules: [LoadedRule]

  /// Loads them.
  ///
  /// - Parameters:
  ///   - path: a file, or a folder with `AREA/NAME.yaml`.
  ///   - folder: what relative paths start from.
  /// - Throws: every mistake in them.
  init(_ path: String, in folder: String) throws(PolicyError) {
    let place = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      let bytes: [UInt8]
      do throws(Failure) { bytes = try WorkTree.readFile(place).bytes } catch {
        throw Self.refused(path, error.message)
      }
      rules = [try Self.rule(in: SourceText(path: path, bytes: bytes))]
    } else {
      let shown = path.hasSuffix("/") && path != "/" ? String(path.dropLast()) : path
      let files: WorkTreeFiles
      do throws(FileRefusal) { files = try WorkTreeFiles(root: place) } catch {
        throw Self.refused(path, error.reason)
      }
      rules =
        try TeamRules(directories: [shown], files: ShownFiles(files, mapping: .behind(shown)))
        .rules
    }
  }

  /// A rule whose area is the folder that it lies in: `rules/team/x.yaml` is `team/x`.
  private static func rule(in source: SourceText) throws(PolicyError) -> LoadedRule {
    let parts = source.path.split(separator: "/").suffix(2).joined(separator: "/")
    var rule = try RuleReader.read(source, id: RuleReader.identifier(of: parts, below: ""))
    rule.definition.source = .file(source.path)
    let problems = RuleChecker.problems(of: rule, schema: Catalog.schema)
    guard problems.isEmpty else { throw PolicyError(problems) }
    return rule
  }

  private static func refused(_ path: String, _ reason: String) -> PolicyError {
    let start = SourcePosition(line: 1, column: 1, offset: 0)
    return PolicyError([PolicyProblem(path: path, position: start, message: reason)])
  }
}
