import Syntax

/// Columns as editors and web pages count them: in UTF-16 code units, from 1.
///
/// Remembers the last one: findings come sorted, and a minified file may have all of them on one
/// line of megabytes.
struct UTF16Columns: Sendable {
  private let sources: [String: SourceText]
  private var lines: SourceLines
  private var counted = (path: "", offset: 0, line: 0, column: 1)

  init(_ sources: [String: SourceText]) {
    self.sources = sources
    lines = SourceLines(sources)
  }

  mutating func column(_ path: String, _ position: SourcePosition) -> Int {
    guard let table = lines.table(of: path), let source = sources[path] else {
      return max(1, position.column)
    }
    let line = table.range(ofLine: position.line)
    let end = min(max(position.offset, line.lowerBound), line.upperBound)
    if counted.path != path || counted.line != position.line || counted.offset > end {
      counted = (path, line.lowerBound, position.line, 1)
    }
    // UTF-16 has two units for each character of four bytes, and one for each other.
    for byte in source.bytes[counted.offset..<end] where byte & 0xC0 != 0x80 {
      counted.column += byte >= 0xF0 ? 2 : 1
    }
    counted.offset = end
    return counted.column
  }
}
