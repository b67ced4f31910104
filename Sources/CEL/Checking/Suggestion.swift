/// The known name that a misspelt one probably means; `nil` when none is near.
///
/// - Complexity: O(*n* · *m*) for each candidate of similar length.
func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let written = Array(name.utf8)
  // One slip in three letters: more and the suggestion would be a guess.
  var best = (distance: max(1, written.count / 3) + 1, name: String?.none)
  for candidate in candidates where candidate != name {
    let other = Array(candidate.utf8)
    guard abs(other.count - written.count) < best.distance else { continue }
    let distance = editDistance(written, other)
    if distance < best.distance
      || (distance == best.distance && best.name.map { candidate < $0 } == true)
    {
      best = (distance, candidate)
    }
  }
  return best.name
}

/// Insertions, deletions, replacements and swaps of neighbours that make one text of the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, byte) in left.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for (column, other) in right.enumerated() {
      var cost = min(
        previous[column] + (byte == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforePrevious[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
