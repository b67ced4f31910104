/// How languages and formats read numbers and truth from text; each as its own standard library.
enum NumberText {
  /// Java's `Integer.parseInt` and `Long.parseLong`: an optional sign and ASCII digits, no blanks.
  static func java(_ text: String, bits: Int = 32) -> PoolInput.Value {
    let digits = text.utf8.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
    let isPlain = digits.utf8.first != UInt8(ascii: "+")
    guard isPlain, let number = Int64(digits), bits == 64 || Int32(exactly: number) != nil else {
      return .refused("For input string: \"\(text)\"")
    }
    return .int(number)
  }

  /// Java's `Boolean.valueOf`: only `true`, in any case, is true.
  static func javaBool(_ text: String) -> PoolInput.Value { .bool(text.lowercased() == "true") }

  /// Python's `int`: blanks around, a sign, single underscores between digits.
  static func python(_ text: String) -> PoolInput.Value {
    var digits = Substring(text)
    while let first = digits.first, first.isWhitespace { digits.removeFirst() }
    while let last = digits.last, last.isWhitespace { digits.removeLast() }
    let groups = digits.split(separator: "_", omittingEmptySubsequences: false)
    let isPlain =
      groups.dropFirst().allSatisfy { $0.first?.isNumber == true }
      && groups.dropLast().allSatisfy { $0.last?.isNumber == true }
    guard isPlain, let number = Int64(groups.joined()) else {
      return .refused("invalid literal for int() with base 10: '\(text)'")
    }
    return .int(number)
  }

  /// Plain decimal digits with an optional sign, blanks around left out.
  static func decimal(_ text: String) -> PoolInput.Value {
    var digits = Substring(text)
    while let first = digits.first, first == " " || first == "\t" { digits.removeFirst() }
    while let last = digits.last, last == " " || last == "\t" { digits.removeLast() }
    guard let number = Int64(digits) else { return .refused("\"\(text)\" is not a whole number") }
    return .int(number)
  }
}
