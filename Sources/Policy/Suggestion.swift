/// Finds the name that a misspelt one was probably meant to be.
package enum Suggestion {
  /// More candidates than this are no vocabulary that a person could mistype a word of.
  private static let candidateLimit = 4_096
  /// Longer words are not compared: the cost grows with the square of the length.
  private static let lengthLimit = 64

  /// The candidate nearest to `word`, or `nil` when none is near.
  ///
  /// Near is one edit for each three letters, at least one: insertion, deletion, replacement or two
  /// neighbours swapped. Case and `-` against `_` count as equal.
  package static func nearest(to word: String, in candidates: [String]) -> String? {
    let word = Array(folded(word))
    guard !word.isEmpty, word.count <= lengthLimit else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates.prefix(candidateLimit) {
      let other = Array(folded(candidate))
      let limit = max(1, min(word.count, other.count) / 3)
      guard other.count <= lengthLimit, abs(other.count - word.count) <= limit else { continue }
      let distance = distance(word, other)
      guard distance <= limit, distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
      case UInt8(ascii: "-"): UInt8(ascii: "_")
      default: byte
      }
    }
  }

  /// The number of edits between two words.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          edits = min(edits, before[j - 1] + 1)
        }
        row.append(edits)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
