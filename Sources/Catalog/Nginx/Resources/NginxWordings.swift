import Model
import Synchronization
import Syntax

/// What lines say behind their names, by number: equal for equal words.
struct NginxWordings: Sendable {
  /// By statement, file after file; -1 where nobody asked yet.
  private var numbers: [Int32] = []
  /// Where each file begins in ``numbers``.
  private var starts: [Int] = []
  private var byHash: [UInt64: Int32] = [:]
  private var wordings: [Wording] = []

  private struct Wording {
    /// A line that says it.
    let file: Int32
    let node: Int32
    let areConstant: Bool
  }

  /// The number of a statement's words, and whether they say the same at every place.
  fileprivate mutating func words(
    of statement: NginxStatement, in configuration: NginxConfiguration
  ) -> (number: Int32, areConstant: Bool) {
    if starts.isEmpty { makeRoom(for: configuration.view.trees) }
    let place = starts[Int(statement.file)] + Int(statement.node)
    var number = numbers[place]
    if number < 0 {
      number = self.number(of: statement, in: configuration)
      numbers[place] = number
    }
    return (number, wordings[Int(number)].areConstant)
  }

  private mutating func makeRoom(for trees: [NginxTree]) {
    var count = 0
    for tree in trees {
      starts.append(count)
      count += tree.directives.count
    }
    numbers = Array(repeating: -1, count: count)
  }

  private mutating func number(
    of statement: NginxStatement, in configuration: NginxConfiguration
  ) -> Int32 {
    let trees = configuration.view.trees
    let id = NginxDirectiveID(Int(statement.node))
    return trees[Int(statement.file)].withArgumentBytes(of: id) { bytes in
      let hash = Self.hash(bytes)
      let next = Int32(wordings.count)
      let known = Self.number(&byHash[hash, default: next])
      if known < next {
        let other = wordings[Int(known)]
        let areEqual = trees[Int(other.file)].withArgumentBytes(
          of: NginxDirectiveID(Int(other.node))
        ) { $0.count == bytes.count && $0.elementsEqual(bytes) }
        if areEqual { return known }
        byHash[hash] = next
      }
      wordings.append(
        Wording(
          file: statement.file, node: statement.node,
          areConstant: configuration.areConstant(bytes)))
      return next
    }
  }

  /// What a place holds, which has its default from then on: found and set in one look.
  private static func number(_ place: inout Int32) -> Int32 { place }

  /// Eight bytes at a time; who makes two texts collide makes a check slower by their comparison.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash = UInt64(raw.count)
    var offset = 0
    while offset + 8 <= raw.count {
      hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < raw.count {
      rest = rest << 8 | UInt64(raw[offset])
      offset += 1
    }
    return mixed(hash ^ rest)
  }

  /// Half of a product of 128 bits laid over the other, so that each bit counts.
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}

extension NginxConfiguration {
  /// What a line says behind its name.
  func words(_ place: Int) -> ResourceWords {
    let (number, areConstant) = knownWordings.withLock {
      $0.words(of: view.statements[place], in: self)
    }
    return ResourceWords(
      owner: ObjectIdentifier(self), number: Int(number), areConstant: areConstant)
  }

  /// Whether words hold no variable, or only such as hold the same wherever they stand.
  fileprivate func areConstant(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.contains(UInt8(ascii: "$")) else { return true }
    return NginxInterpolation(String(decoding: bytes, as: UTF8.self)).variables.allSatisfy {
      // Groups are those of the lines before, and who may send a host or a user hangs on the block.
      Int($0) == nil && $0 != "host" && $0 != "remote_user" && variables.definitions[$0] == nil
    }
  }
}

extension NginxTree {
  /// Calls `body` with the bytes from the first argument to the last, as written.
  fileprivate func withArgumentBytes<Result>(
    of node: NginxDirectiveID, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let words = arguments(of: node)
    let range = (words.first?.range.lowerBound ?? 0)..<(words.last?.range.upperBound ?? 0)
    return source.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}
