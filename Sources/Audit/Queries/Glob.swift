/// Names with wildcards.
enum Glob {
  /// Whether `text` is of the form `pattern`: `*` is any text, `?` any character, case counts.
  ///
  /// - Complexity: O(*n* · *m*) at worst, because only the last `*` is ever tried again.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.unicodeScalars)
    let text = Array(text.unicodeScalars)
    var position = 0
    var offset = 0
    var star: (position: Int, offset: Int)?
    while offset < text.count {
      if position < pattern.count, pattern[position] == "*" {
        star = (position, offset)
        position += 1
      } else if position < pattern.count,
        pattern[position] == "?" || pattern[position] == text[offset]
      {
        position += 1
        offset += 1
      } else if let last = star {
        star = (last.position, last.offset + 1)
        position = last.position + 1
        offset = last.offset + 1
      } else {
        return false
      }
    }
    return pattern[position...].allSatisfy { $0 == "*" }
  }
}
