/// The right edge of a growing Merkle tree (RFC 6962 with SHA-256).
///
/// It holds the roots of the perfect subtrees that the leaves fall into, largest first: one for
/// each bit set in the number of leaves, so 20 at most for a million. That is all that is needed
/// to add a leaf and to know the root.
package struct MerkleFrontier: Sendable, Hashable {
  package private(set) var size: Int
  package private(set) var peaks: [Digest]

  /// The empty tree.
  package init() {
    size = 0
    peaks = []
  }

  /// A frontier that was stored; `nil` when the number of peaks does not fit the size.
  ///
  /// Whether the peaks are right shows in ``root``, which determines them.
  package init?(size: Int, peaks: [Digest]) {
    guard size >= 0, peaks.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.peaks = peaks
  }

  /// Adds a leaf, here the 32 bytes of a record's id.
  ///
  /// - Complexity: O(1) hashes on average.
  package mutating func append(_ leaf: Digest) {
    var node = MerkleTree.leafHash(leaf)
    var full = size
    while full & 1 == 1, let left = peaks.popLast() {
      node = MerkleTree.nodeHash(left, node)
      full >>= 1
    }
    peaks.append(node)
    size += 1
  }

  /// The root of the whole tree; of the empty one the hash of nothing.
  package var root: Digest {
    guard var node = peaks.last else { return Digest(of: []) }
    for peak in peaks.dropLast().reversed() { node = MerkleTree.nodeHash(peak, node) }
    return node
  }
}
