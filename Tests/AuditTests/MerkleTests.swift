import FoundationEssentials
import Testing

@testable import Audit

@Suite("Merkle tree")
struct MerkleTests {
  private struct File: Decodable {
    struct Root: Decodable {
      let size: Int
      let root: String
    }
    struct Inclusion: Decodable {
      let size: Int
      let index: Int
      let leaf: String
      let root: String
      let proof: [String]
      let valid: Bool
    }
    struct Consistency: Decodable {
      let old: Int
      let new: Int
      let oldRoot: String
      let newRoot: String
      let proof: [String]
      let valid: Bool
    }
    let roots: [Root]
    let inclusion: [Inclusion]
    let consistency: [Consistency]
  }

  private func digest(_ hex: String) throws -> Digest { try #require(Digest("sha256:" + hex)) }

  private static func leaf(_ number: Int) -> Digest { Digest(of: Array(String(number).utf8)) }

  @Test(.enabled(if: Vectors.directory != nil, "shared vectors are not here"))
  func rootsAgreeWithTheSharedVectors() throws {
    let file: File = try Vectors.load("merkle.json")
    #expect(file.roots.count == 52)
    // A million leaves take long without optimisation; the large trees are covered below.
    let wanted = file.roots.filter { $0.size <= 70_000 }.sorted { $0.size < $1.size }
    var frontier = MerkleFrontier()
    for one in wanted {
      while frontier.size < one.size { frontier.append(Self.leaf(frontier.size)) }
      #expect(frontier.root.hex == one.root, "size \(one.size)")
      #expect(frontier.peaks.count <= 20)
    }
  }

  @Test(.enabled(if: Vectors.directory != nil, "shared vectors are not here"))
  func proofsAgreeWithTheSharedVectors() throws {
    let file: File = try Vectors.load("merkle.json")
    #expect(file.inclusion.count == 92)
    for one in file.inclusion {
      let result = MerkleTree.verifies(
        inclusion: try one.proof.map(digest), of: try digest(one.leaf), index: one.index,
        size: one.size, root: try digest(one.root))
      #expect(result == one.valid, "\(one.index) of \(one.size)")
    }
    #expect(file.consistency.count == 109)
    for one in file.consistency {
      let result = MerkleTree.verifies(
        consistency: try one.proof.map(digest), old: one.old, oldRoot: try digest(one.oldRoot),
        new: one.new, newRoot: try digest(one.newRoot))
      #expect(result == one.valid, "\(one.old) to \(one.new)")
    }
  }

  @Test func madeProofsVerify() throws {
    let tree = MerkleTree(leaves: (0..<40).map(Self.leaf))
    for size in 1...40 {
      let root = tree.root(size: size)
      for index in 0..<size {
        let proof = try #require(tree.inclusionProof(index: index, size: size))
        #expect(
          MerkleTree.verifies(
            inclusion: proof, of: Self.leaf(index), index: index, size: size, root: root))
        #expect(
          !MerkleTree.verifies(
            inclusion: proof, of: Self.leaf(index + 1), index: index, size: size, root: root))
        #expect(
          !MerkleTree.verifies(
            inclusion: proof + [root], of: Self.leaf(index), index: index, size: size, root: root))
      }
      for old in 1...size {
        let proof = try #require(tree.consistencyProof(old: old, new: size))
        #expect(
          MerkleTree.verifies(
            consistency: proof, old: old, oldRoot: tree.root(size: old), new: size, newRoot: root))
      }
    }
  }

  @Test(.enabled(if: Vectors.directory != nil, "shared vectors are not here"))
  func madeProofsAgreeWithTheSharedVectors() throws {
    let file: File = try Vectors.load("merkle.json")
    let tree = MerkleTree(leaves: (0..<300).map(Self.leaf))
    for one in file.inclusion where one.valid && one.size <= 300 {
      #expect(tree.inclusionProof(index: one.index, size: one.size)?.map(\.hex) == one.proof)
    }
    for one in file.consistency where one.valid && one.new <= 300 && one.old > 0 {
      #expect(tree.consistencyProof(old: one.old, new: one.new)?.map(\.hex) == one.proof)
    }
  }

  @Test func emptyTreeIsTheHashOfNothing() {
    #expect(
      MerkleFrontier().root.hex
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func storedFrontierMustFitItsSize() {
    let peak = Self.leaf(0)
    #expect(MerkleFrontier(size: 3, peaks: [peak, peak]) != nil)
    #expect(MerkleFrontier(size: 3, peaks: [peak]) == nil)
    #expect(MerkleFrontier(size: -1, peaks: []) == nil)
  }
}
