extension NginxTree {
  /// Every statement of the file in reading order.
  package var all: NginxSubtree { NginxSubtree(0..<directives.count) }

  /// The statements outside every block.
  package var roots: NginxSiblings { NginxSiblings(self, from: 0, to: directives.count) }

  /// The statements directly inside a block; none for a simple statement.
  package func children(of id: NginxDirectiveID) -> NginxSiblings {
    NginxSiblings(self, from: id.index + 1, to: Int(directives[id.index].subtreeEnd))
  }

  /// All statements inside a block, at any depth, in reading order.
  package func descendants(of id: NginxDirectiveID) -> NginxSubtree {
    NginxSubtree(id.index + 1..<Int(directives[id.index].subtreeEnd))
  }

  /// The block a statement stands in; `nil` outside every block.
  package func parent(of id: NginxDirectiveID) -> NginxDirectiveID? {
    let parent = Int(directives[id.index].parentIndex)
    return parent < 0 ? nil : NginxDirectiveID(parent)
  }

  /// The blocks a statement stands in, the innermost first.
  package func ancestors(of id: NginxDirectiveID) -> NginxAncestors {
    NginxAncestors(self, of: id)
  }

  /// The first statement that begins at `offset` or behind it: what a comment there is about.
  ///
  /// - Complexity: O(log *statements*).
  package func firstDirective(from offset: Int) -> NginxDirectiveID? {
    var low = 0
    var high = directives.count
    while low < high {
      let middle = (low + high) / 2
      let start = words[Int(directives[middle].firstWord)].range.lowerBound
      if start < offset { low = middle + 1 } else { high = middle }
    }
    return low < directives.count ? NginxDirectiveID(low) : nil
  }

  /// The number of blocks a statement stands in.
  ///
  /// - Complexity: O(*depth*).
  package func depth(of id: NginxDirectiveID) -> Int {
    var depth = 0
    for _ in ancestors(of: id) { depth += 1 }
    return depth
  }
}

/// Statements that follow one another in reading order.
package struct NginxSubtree: Sendable, RandomAccessCollection {
  private let bounds: Range<Int>

  init(_ indices: Range<Int>) {
    bounds = indices
  }

  package var startIndex: Int { bounds.lowerBound }
  package var endIndex: Int { bounds.upperBound }
  package subscript(position: Int) -> NginxDirectiveID { NginxDirectiveID(position) }
}

/// The statements of one block, without what is inside them.
package struct NginxSiblings: Sendable, Sequence, IteratorProtocol {
  private let directives: [NginxDirective]
  private let end: Int
  private var index: Int

  init(_ tree: NginxTree, from start: Int, to end: Int) {
    directives = tree.directives
    index = start
    self.end = end
  }

  package mutating func next() -> NginxDirectiveID? {
    guard index < end else { return nil }
    defer { index = Int(directives[index].subtreeEnd) }
    return NginxDirectiveID(index)
  }
}

/// The blocks around a statement, the innermost first.
package struct NginxAncestors: Sendable, Sequence, IteratorProtocol {
  private let directives: [NginxDirective]
  private var index: Int

  init(_ tree: NginxTree, of id: NginxDirectiveID) {
    directives = tree.directives
    index = Int(directives[id.index].parentIndex)
  }

  package mutating func next() -> NginxDirectiveID? {
    guard index >= 0 else { return nil }
    defer { index = Int(directives[index].parentIndex) }
    return NginxDirectiveID(index)
  }
}
