import Syntax

extension NginxTree {
  /// The deepest nesting that is shown as JSON: real files have a handful of levels, and whoever
  /// reads the JSON has a finite stack.
  private static let shownDepth = 500

  /// Refuses a tree that is nested too deeply to be shown.
  func checkDepth() throws(Failure) {
    var depths = [Int](repeating: 0, count: directives.count)
    for id in all {
      let depth = parent(of: id).map { depths[$0.index] + 1 } ?? 0
      depths[id.index] = depth
      guard depth <= Self.shownDepth else {
        throw Failure(
          "\(source.path):\(self[id].line): blocks are nested more than \(Self.shownDepth) deep")
      }
    }
  }
}
