import Model
import Syntax

/// The problems of one reading, each place once: a snippet may be included a thousand times.
struct NginxProblems {
  private(set) var list: [Problem] = []
  private var seen: Set<Problem> = []

  /// After this many no more are kept: a file of another format would have one a line.
  static let most = 1_000

  mutating func add(
    _ kind: Problem.Kind, _ tree: NginxTree, _ node: NginxDirectiveID, _ message: String,
    help: String? = nil
  ) {
    let word = tree.arguments(of: node).first ?? tree.words(of: node).first
    add(kind, tree, word?.range ?? tree.headRange(of: node), message, help: help)
  }

  /// A problem of the directive's name rather than of its value.
  mutating func addAtName(
    _ kind: Problem.Kind, _ tree: NginxTree, _ node: NginxDirectiveID, _ message: String,
    help: String? = nil
  ) {
    let range = tree.words(of: node).first?.range ?? tree.headRange(of: node)
    add(kind, tree, range, message, help: help)
  }

  mutating func add(
    _ kind: Problem.Kind, _ tree: NginxTree, _ range: Range<Int>, _ message: String,
    help: String? = nil
  ) {
    add(
      Problem(
        kind: kind, origin: Origin(path: tree.source.path, range: range), message: message,
        help: help))
  }

  mutating func add(_ problem: Problem) {
    guard list.count < Self.most else { return }
    if seen.insert(problem).inserted { list.append(problem) }
  }

  mutating func addErrors(of tree: NginxTree) {
    for error in tree.errors {
      add(.syntax, tree, error.range, error.message, help: error.help)
    }
  }
}
