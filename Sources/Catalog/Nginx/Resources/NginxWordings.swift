import Model
import Synchronization
import Syntax

/// What lines say behind their names, by number: equal for equal words.
struct NginxWordings: Sendable {
  /// By file, then by statement; -1 where nobody asked yet.
  private var numbers: [[Int32]] = []
  private var byHash: [Int: Int32] = [:]
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
    let (file, node) = (Int(statement.file), Int(statement.node))
    let trees = configuration.view.trees
    if numbers.isEmpty { numbers = Array(repeating: [], count: trees.count) }
    if numbers[file].isEmpty {
      numbers[file] = Array(repeating: -1, count: trees[file].directives.count)
    }
    if numbers[file][node] < 0 {
      numbers[file][node] = number(of: statement, in: configuration)
    }
    let number = numbers[file][node]
    return (number, wordings[Int(number)].areConstant)
  }

  private mutating func number(
    of statement: NginxStatement, in configuration: NginxConfiguration
  ) -> Int32 {
    let trees = configuration.view.trees
    let id = NginxDirectiveID(Int(statement.node))
    return trees[Int(statement.file)].withArgumentBytes(of: id) { bytes in
      var hasher = Hasher()
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
      let hash = hasher.finalize()
      if let known = byHash[hash] {
        let other = wordings[Int(known)]
        let areEqual = trees[Int(other.file)].withArgumentBytes(
          of: NginxDirectiveID(Int(other.node))
        ) { $0.elementsEqual(bytes) }
        if areEqual { return known }
      }
      let number = Int32(wordings.count)
      byHash[hash] = number
      wordings.append(
        Wording(
          file: statement.file, node: statement.node,
          areConstant: configuration.areConstant(bytes)))
      return number
    }
  }
}

extension NginxConfiguration {
  /// What a line says behind its name.
  func words(_ place: Int) -> ResourceWords {
    let (number, areConstant) = knownWordings.withLock {
      $0.words(of: view.statements[place], in: self)
    }
    return ResourceWords(
      key: ValueKey(owner: ObjectIdentifier(self), number: Int(number)), areConstant: areConstant)
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
