/// A Merkle tree with all its leaves, which can prove what it holds (RFC 6962 with SHA-256).
package struct MerkleTree: Sendable {
  /// The ids of the records, in their order.
  package let leaves: [Digest]

  package init(leaves: [Digest]) { self.leaves = leaves }

  /// A leaf's hash is prefixed with 0 and a node's with 1, so that neither passes for the other.
  static func leafHash(_ leaf: Digest) -> Digest { Digest(0, leaf, nil) }

  static func nodeHash(_ left: Digest, _ right: Digest) -> Digest { Digest(1, left, right) }

  /// The root over the first `size` leaves.
  package func root(size: Int) -> Digest { hash(of: 0..<min(size, leaves.count)) }

  private func hash(of range: Range<Int>) -> Digest {
    var frontier = MerkleFrontier()
    for leaf in leaves[range] { frontier.append(leaf) }
    return frontier.root
  }

  /// The hashes that prove leaf `index` to be in the tree of the first `size` leaves, or `nil`
  /// outside it.
  ///
  /// - Complexity: O(*size*).
  package func inclusionProof(index: Int, size: Int) -> [Digest]? {
    guard index >= 0, index < size, size <= leaves.count else { return nil }
    var proof: [Digest] = []
    var range = 0..<size
    while range.count > 1 {
      let middle = range.lowerBound + Self.split(range.count)
      if index < middle {
        proof.append(hash(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        proof.append(hash(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    return proof.reversed()
  }

  /// The hashes that prove the first `old` leaves to be a beginning of the first `new` ones, or
  /// `nil` unless 0 < `old` ≤ `new` ≤ the number of leaves.
  ///
  /// - Complexity: O(*new*).
  package func consistencyProof(old: Int, new: Int) -> [Digest]? {
    guard old > 0, old <= new, new <= leaves.count else { return nil }
    var proof: [Digest] = []
    var range = 0..<new
    var isOldTree = true
    while old < range.upperBound {
      let middle = range.lowerBound + Self.split(range.count)
      if old <= middle {
        proof.append(hash(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        proof.append(hash(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
        isOldTree = false
      }
    }
    if !isOldTree { proof.append(hash(of: range)) }
    return proof.reversed()
  }

  /// The largest power of two below `count`, which must be at least 2.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}

extension MerkleTree {
  /// Whether `proof` shows that `leaf` is number `index` of the tree with that size and root.
  package static func verifies(
    inclusion proof: [Digest], of leaf: Digest, index: Int, size: Int, root: Digest
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    var position = index
    var last = size - 1
    var node = leafHash(leaf)
    for sibling in proof {
      guard last > 0 else { return false }
      if position & 1 == 1 || position == last {
        node = nodeHash(sibling, node)
        while position & 1 == 0 && position != 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        node = nodeHash(node, sibling)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 && node == root
  }

  /// Whether `proof` shows that the old tree is a beginning of the new one.
  package static func verifies(
    consistency proof: [Digest], old: Int, oldRoot: Digest, new: Int, newRoot: Digest
  ) -> Bool {
    guard old >= 0, old <= new else { return false }
    if old == new { return proof.isEmpty && oldRoot == newRoot }
    // Every tree extends the empty one.
    if old == 0 { return proof.isEmpty && oldRoot == MerkleFrontier().root }
    var path = proof[...]
    if old.nonzeroBitCount == 1 { path = [oldRoot] + path }
    guard let seed = path.popFirst() else { return false }
    var position = old - 1
    var last = new - 1
    while position & 1 == 1 {
      position >>= 1
      last >>= 1
    }
    var oldNode = seed
    var newNode = seed
    for sibling in path {
      guard last > 0 else { return false }
      if position & 1 == 1 || position == last {
        oldNode = nodeHash(sibling, oldNode)
        newNode = nodeHash(sibling, newNode)
        while position & 1 == 0 && position != 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        newNode = nodeHash(newNode, sibling)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 && oldNode == oldRoot && newNode == newRoot
  }
}
