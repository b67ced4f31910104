/// A file's bytes under the name that people know it by.
///
/// Everything in Syntax works on bytes: a configuration file need not be UTF-8 to be read by its
/// product, and offsets into bytes are what editors, git and SARIF can all be given.
package struct SourceText: Sendable, Hashable {
  /// The path shown in findings, relative to where the user stands; `-` for standard input.
  package let path: String
  package let bytes: [UInt8]
  /// The bytes that no output shows, in order: secrets that only the file's reader knows.
  package private(set) var hidden: [Range<Int>] = []

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The text of `range`; bytes that are not UTF-8 are replaced by U+FFFD.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The same with `ranges` never shown, beside those that are hidden already.
  package func hiding(_ ranges: [Range<Int>]) -> SourceText {
    guard !ranges.isEmpty else { return self }
    var copy = self
    copy.hidden = (hidden + ranges).sorted { $0.lowerBound < $1.lowerBound }
    return copy
  }
}

/// A place in a file.
package struct SourcePosition: Sendable, Hashable, Comparable {
  /// Counts from 1; only LF ends a line.
  package let line: Int
  /// Counts from 1, in UTF-8 bytes.
  package let column: Int
  /// Counts from 0, in UTF-8 bytes from the beginning of the file.
  package let offset: Int

  package init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  package static func < (left: Self, right: Self) -> Bool { left.offset < right.offset }
}

/// The line starts of one file: turns offsets into lines and columns.
///
/// Built only where positions are shown, because most files have no finding.
package struct LineTable: Sendable {
  private let starts: [Int]
  private let length: Int

  package init(_ bytes: [UInt8]) {
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      let bytes = UnsafeRawBufferPointer(buffer)
      var offset = 0
      // Eight bytes at a time: every file with a finding is walked through.
      while offset + 8 <= bytes.count {
        var feeds = Self.feeds(in: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        while feeds != 0 {
          starts.append(offset + feeds.trailingZeroBitCount >> 3 + 1)
          feeds &= feeds - 1
        }
        offset += 8
      }
      while offset < bytes.count {
        if bytes[offset] == UInt8(ascii: "\n") { starts.append(offset + 1) }
        offset += 1
      }
    }
    self.starts = starts
    length = bytes.count
  }

  /// The high bit of each byte that is a line feed, the first byte's lowest.
  private static func feeds(in word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let other = UInt64(littleEndian: word) ^ 0x0A0A_0A0A_0A0A_0A0A
    return ~(((other & low) &+ low) | other | low)
  }

  /// The number of lines; a file that ends with LF has an empty last line.
  package var lineCount: Int { starts.count }

  /// The position of byte `offset`, which is clamped to the file.
  ///
  /// - Complexity: O(log *lines*).
  package func position(at offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), length)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: offset - starts[low] + 1, offset: offset)
  }

  /// The bytes of `line` (from 1) without its line feed; empty outside the file.
  package func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return length..<length }
    let start = starts[line - 1]
    return start..<(line < starts.count ? starts[line] - 1 : length)
  }
}
