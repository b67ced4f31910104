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
    help: String? = nil, repair: Repair? = nil
  ) {
    let word = tree.arguments(of: node).first ?? tree.words(of: node).first
    add(kind, tree, word?.range ?? tree.headRange(of: node), message, help: help, repair: repair)
  }

  /// A problem of the directive's name rather than of its value.
  mutating func addAtName(
    _ kind: Problem.Kind, _ tree: NginxTree, _ node: NginxDirectiveID, _ message: String,
    help: String? = nil, repair: Repair? = nil
  ) {
    let range = tree.words(of: node).first?.range ?? tree.headRange(of: node)
    add(kind, tree, range, message, help: help, repair: repair)
  }

  mutating func add(
    _ kind: Problem.Kind, _ tree: NginxTree, _ range: Range<Int>, _ message: String,
    help: String? = nil, repair: Repair? = nil
  ) {
    add(
      Problem(
        kind: kind, origin: Origin(path: tree.source.path, range: range), message: message,
        help: help, repair: repair))
  }

  mutating func add(_ problem: Problem) {
    guard list.count < Self.most else { return }
    if seen.insert(problem).inserted { list.append(problem) }
  }

  var count: Int { list.count }

  /// Says of the refusals from `first` on what is behind them, where no help knows better.
  mutating func explain(from first: Int, _ remedy: NginxRemedy) {
    for index in list.indices.dropFirst(first) {
      let problem = list[index]
      guard problem.repair == nil else { continue }
      let isSure = problem.kind == .unknown && remedy.repair != nil
      list[index] = Problem(
        kind: isSure ? .refused : problem.kind, origin: problem.origin, message: problem.message,
        help: remedy.help,
        repair: remedy.repair)
    }
  }

  /// Only the first mistake is certain to be one: the others were found by reading on.
  mutating func addErrors(of tree: NginxTree) {
    let repair = Self.repair(of: tree)
    for (index, error) in tree.errors.enumerated() {
      add(
        .syntax, tree, error.range, error.message, help: error.help,
        repair: index == 0 ? repair : nil)
    }
  }

  /// Files with more mistakes than this are for people to mend.
  private static let mostRepairs = 10

  /// The first mistake's repair, where it and those behind it make the file whole: a file that
  /// stays broken is not to be written.
  private static func repair(of tree: NginxTree) -> Repair? {
    guard let first = tree.errors.first?.repair else { return nil }
    var tree = tree
    for _ in 0..<mostRepairs {
      guard let error = tree.errors.first else { return first }
      guard let repair = error.repair, let next = tree.source.applying(repair.edits) else {
        return nil
      }
      tree = NginxTree(next)
    }
    return tree.errors.isEmpty ? first : nil
  }
}
