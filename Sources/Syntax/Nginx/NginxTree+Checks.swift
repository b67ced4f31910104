/// What can be said of a file without knowing its directives.
extension NginxTree {
  /// The byte order mark that the file begins with; nginx takes it for part of the first word.
  package var byteOrderMark: Range<Int>? {
    source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 0..<3 : nil
  }

  /// Bytes of a statement's unquoted words that look like blanks and are none to nginx.
  ///
  /// No-break and other Unicode spaces, byte order marks, vertical tabs and form feeds, as pasting
  /// from a web page leaves them: `listen 80;` with a no-break space is one unknown directive.
  package func falseBlanks(of id: NginxDirectiveID) -> [Range<Int>] {
    words(of: id).filter { $0.quoting == .none }.flatMap { falseBlanks(in: $0.contentRange) }
  }

  private func falseBlanks(in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let length = falseBlankLength(source.bytes[offset..<range.upperBound].prefix(3))
      if length > 0 { found.append(offset..<offset + length) }
      offset += max(length, 1)
    }
    return found
  }

  /// The number of bytes of the false blank that `bytes` begins with, or 0.
  private func falseBlankLength(_ bytes: ArraySlice<UInt8>) -> Int {
    let first = bytes.first ?? 0
    if first == 0x0B || first == 0x0C { return 1 }
    guard first >= 0xC2 else { return 0 }
    if bytes.starts(with: [0xC2, 0xA0]) { return 2 }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xE3, 0x80, 0x80]) {
      return 3
    }
    // U+2000 to U+200B; U+202F.
    guard bytes.starts(with: [0xE2, 0x80]), bytes.count == 3, let last = bytes.last else {
      return 0
    }
    return (0x80...0x8B).contains(last) || last == 0xAF ? 3 : 0
  }

  /// The blocks inside `map`, `types` and the like, which nginx refuses when it reads their data.
  ///
  /// Not among ``errors``, which are the reader's: whether a block's body is data is a matter of
  /// what the block means.
  package var blocksInData: [NginxSyntaxError] {
    all.compactMap { id in
      guard self[id].kind != .simple, let terminator = self[id].terminatorOffset,
        let parent = parent(of: id), self[parent].hasDataBody
      else { return nil }
      let head = source.bytes[headRange(of: id)]
      let line = self[id].line + head.count { $0 == UInt8(ascii: "\n") }
      return NginxSyntaxError(
        range: terminator..<terminator + 1, line: line, message: "unexpected \"{\"",
        help: "\"\(name(of: parent).string)\" holds data; quote what has a brace in it")
    }
  }
}
