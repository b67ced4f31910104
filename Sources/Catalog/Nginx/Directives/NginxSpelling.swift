/// Finds the directive that a misspelt name stands for.
struct NginxSpelling {
  let table: NginxDirectiveTable

  /// A directive that may have been meant.
  struct Suggestion {
    let name: String
    /// One slip away from a long name: nobody's own directive is called that.
    let isSure: Bool
  }

  /// Shorter names are one slip away from too many others.
  private static let shortestSureName = 6
  /// Names longer than this are no directive; the comparison takes time in its square.
  private static let longestName = 64

  /// The nearest directive that may stand in `kind`, at most two slips away.
  func suggestion(for name: String, in kind: NginxContextKind) -> Suggestion? {
    let wanted = Array(name.utf8)
    guard wanted.count > 2, wanted.count <= Self.longestName else { return nil }
    var best: (name: String, distance: Int)?
    for id in table.ids {
      guard let info = table.info(id, in: kind), !info.isThirdParty else { continue }
      let candidate = table.name(id)
      let limit = min(best.map { $0.distance - 1 } ?? 2, wanted.count / 3)
      guard abs(candidate.utf8.count - wanted.count) <= limit, limit > 0 else { continue }
      let distance = Self.slips(wanted, Array(candidate.utf8))
      if distance <= limit { best = (candidate, distance) }
    }
    return best.map {
      Suggestion(
        name: $0.name, isSure: $0.distance == 1 && wanted.count >= Self.shortestSureName)
    }
  }

  /// The one of a few words that `word` is a slip away from, or two where it is long.
  static func nearest(_ word: String, among words: [String]) -> String? {
    let wanted = Array(word.lowercased().utf8)
    guard wanted.count <= longestName else { return nil }
    let limit = wanted.count < 3 ? 0 : wanted.count < 6 ? 1 : 2
    let distances = words.map { ($0, slips(wanted, Array($0.lowercased().utf8))) }
    return distances.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
  }

  /// The number of letters to add, drop, change or swap to turn one word into the other.
  private static func slips(_ from: [UInt8], _ to: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...to.count)
    for row in from.indices {
      var next = [row + 1]
      for column in to.indices {
        var cost = min(
          last[column + 1] + 1, next[column] + 1,
          last[column] + (from[row] == to[column] ? 0 : 1))
        if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        next.append(cost)
      }
      (before, last) = (last, next)
    }
    return last[to.count]
  }
}
