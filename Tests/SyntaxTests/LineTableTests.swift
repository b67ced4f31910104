import Syntax
import Testing

@Suite("Lines of a file")
struct LineTableTests {
  @Test("a line feed is found at every place, and nothing else ends a line")
  func feeds() {
    let others: [UInt8] = [0x00, 0x09, 0x0B, 0x0D, 0x8A, 0xFF, 0x4A]
    for length in 0..<20 {
      for feeds in [
        [], [length / 2], [0, length / 3], [length - 1], [length / 2, length / 2 + 1],
      ] {
        var bytes = (0..<length).map { others[$0 % others.count] }
        for place in feeds where bytes.indices.contains(place) { bytes[place] = 0x0A }
        let table = LineTable(bytes)
        var (line, column) = (1, 1)
        for (offset, byte) in bytes.enumerated() {
          let position = table.position(at: offset)
          #expect(position.line == line && position.column == column, "\(bytes) at \(offset)")
          (line, column) = byte == 0x0A ? (line + 1, 1) : (line, column + 1)
        }
        #expect(table.lineCount == bytes.count { $0 == 0x0A } + 1)
      }
    }
  }
}
