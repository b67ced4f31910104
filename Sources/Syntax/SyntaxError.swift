/// A place where a file breaks its format's grammar, as the product itself would say.
///
/// A value, not a throw: a parser reports it and reads on, so that one mistake hides no other.
package struct SyntaxError: Sendable, Hashable {
  /// The bytes at fault, counted from 0.
  package let range: Range<Int>
  /// What is wrong, in the product's own words where it has any; no full stop.
  package let message: String
  /// How to repair it, when the mistake is a known one.
  package let help: String?

  package init(range: Range<Int>, message: String, help: String? = nil) {
    self.range = range
    self.message = message
    self.help = help
  }
}

/// A replacement of the bytes in `range`; edits of one file never overlap.
package struct TextEdit: Sendable, Hashable {
  package let range: Range<Int>
  package let replacement: String

  package init(range: Range<Int>, replacement: String) {
    self.range = range
    self.replacement = replacement
  }
}

extension SourceText {
  /// The file after `edits`, which may come in any order; every other byte stays as it is.
  ///
  /// - Returns: `nil` when two edits overlap or one lies outside the file.
  package func applying(_ edits: [TextEdit]) -> SourceText? {
    var result: [UInt8] = []
    var offset = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard edit.range.lowerBound >= offset, edit.range.upperBound <= bytes.count else {
        return nil
      }
      result += bytes[offset..<edit.range.lowerBound]
      result += edit.replacement.utf8
      offset = edit.range.upperBound
    }
    result += bytes[offset...]
    let shifted = hidden.map { range in
      let growth = edits.filter { $0.range.upperBound <= range.lowerBound }
        .reduce(0) { $0 + $1.replacement.utf8.count - $1.range.count }
      return range.lowerBound + growth..<range.upperBound + growth
    }
    return SourceText(path: path, bytes: result).hiding(shifted)
  }
}
