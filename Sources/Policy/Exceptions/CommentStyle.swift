/// How comments are written in a file, as far as a suppression has to know.
package struct CommentStyle: Sendable, Hashable {
  /// What begins a comment.
  let markers: [[UInt8]]
  /// What ends it before the end of the line; empty where only the line's end does.
  let end: [UInt8]
  /// Whether a comment may stand behind something else in its line.
  ///
  /// Where it may not, the words would be part of the value in front of them.
  let mayTrail: Bool

  private init(_ markers: [String], end: String = "", mayTrail: Bool) {
    self.markers = markers.map { Array($0.utf8) }
    self.end = Array(end.utf8)
    self.mayTrail = mayTrail
  }

  /// `#` anywhere: nginx, YAML, TOML, postgresql.conf, HAProxy.
  package static let hash = CommentStyle(["#"], mayTrail: true)
  /// `#` and `!` at the beginning of a line: Java properties.
  package static let properties = CommentStyle(["#", "!"], mayTrail: false)
  /// `;` and `#` at the beginning of a line: INI, systemd, dotenv.
  package static let ini = CommentStyle([";", "#"], mayTrail: false)
  /// `//` anywhere: Prisma.
  package static let slashes = CommentStyle(["//"], mayTrail: true)
  /// `#` and `//` anywhere: libconfig.
  package static let hashOrSlashes = CommentStyle(["#", "//"], mayTrail: true)
  /// `<!-- … -->`, on one line.
  package static let xml = CommentStyle(["<!--"], end: "-->", mayTrail: true)
}

extension CommentStyle {
  /// A line, cut where its comment begins.
  struct Line {
    /// Whether something stands before the comment, or the whole line when there is none.
    let hasContent: Bool
    /// The comment without its marks, as offsets into the file; `nil` where there is none.
    let comment: Range<Int>?
  }

  /// Looks for the comment of the line at `range`.
  ///
  /// Marks inside of quotes are none; what a quote opens is closed at the end of the line at last.
  func line(_ bytes: [UInt8], _ range: Range<Int>) -> Line {
    var quote: UInt8 = 0
    var hasContent = false
    var isApart = true
    /// Where the last quote ended.
    var closed = -1
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if quote == 0, isApart, mayTrail || !hasContent, let mark = mark(bytes, index, range) {
        let start = index + mark.count
        return Line(hasContent: hasContent, comment: start..<self.end(bytes, start, range))
      }
      if byte == UInt8(ascii: "\\") && end.isEmpty {
        hasContent = true
        isApart = false
        index += 2
        continue
      }
      if quote != 0 {
        if byte == quote { (quote, closed) = (0, index) }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") && isApart {
        quote = byte
      } else if byte == UInt8(ascii: "'"), closed == index - 1, bytes[index - 1] == byte {
        // Doubled it stands for itself, and what was quoted goes on.
        quote = byte
      }
      isApart =
        Self.isBlank(byte) || !end.isEmpty || byte == UInt8(ascii: ";")
        || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      if !Self.isBlank(byte) { hasContent = true }
      index += 1
    }
    return Line(hasContent: hasContent, comment: nil)
  }

  private func mark(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> [UInt8]? {
    markers.first { mark in
      index + mark.count <= range.upperBound
        && bytes[index..<(index + mark.count)].elementsEqual(mark)
    }
  }

  private func end(_ bytes: [UInt8], _ start: Int, _ range: Range<Int>) -> Int {
    guard !end.isEmpty else { return range.upperBound }
    var index = start
    while index + end.count <= range.upperBound {
      if bytes[index..<(index + end.count)].elementsEqual(end) { return index }
      index += 1
    }
    return range.upperBound
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
