/// The first line of a file that says anything.
///
/// Whether a file is a product's is asked of every file of a tree: most are told by this line, and
/// the rest of them is not looked at.
enum FirstLine {
  /// The line without blanks around it; `nil` for a file of comments and blank lines.
  ///
  /// - Parameter comments: the bytes that begin a comment.
  static func of(_ bytes: [UInt8], comments: String = "#") -> ArraySlice<UInt8>? {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var line = bytes[start..<end]
      while let first = line.first, first == 0x20 || first == 0x09 { line.removeFirst() }
      while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D {
        line.removeLast()
      }
      if let first = line.first, !comments.utf8.contains(first) { return line }
      start = end + 1
    }
    return nil
  }

  /// Letters, digits, `_` and `-` at the beginning of a line.
  static func word(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.prefix { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
  }

  /// Whether a line is a word with one of these bytes behind it, blanks between them left out.
  static func isKey(_ line: ArraySlice<UInt8>, followedBy marks: String) -> Bool {
    let word = word(line)
    let next = line[word.endIndex...].first { $0 != 0x20 && $0 != 0x09 }
    return !word.isEmpty && next.map { marks.utf8.contains($0) } == true
  }
}
