import Catalog
import Findings
import Review
import Syntax
import Testing

@Suite("Files in UTF-16")
struct UTF16Tests {
  private static let text = "[databases]\napp = host=db\n[pgbouncer]\nmax_client_conn = 100\n"

  private static func bytes(_ text: String, isLittle: Bool, mark: Bool) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isLittle ? [low, high] : [high, low]
    }
  }

  private func skipped(_ bytes: [UInt8], at path: String = "conf/pool.ini") -> [String] {
    let collector = Collector(versions: [:], environment: { _ in nil }, isGoverned: { _ in true })
    let workspace = Workspace(
      files: MemoryFiles([SourceText(path: path, bytes: bytes)]), paths: [path])
    return collector.collect(workspace).skipped.map(\.reason)
  }

  @Test(
    "a configuration is skipped with the reason",
    arguments: [(true, true), (true, false), (false, true), (false, false)])
  func configuration(isLittle: Bool, mark: Bool) {
    let found = skipped(Self.bytes(Self.text, isLittle: isLittle, mark: mark))
    #expect(found == ["text in UTF-16, and only UTF-8 is read: save it as UTF-8"])
  }

  @Test("of other text, and of binary files, nothing is said in a tree")
  func others() {
    #expect(skipped(Self.bytes("[Strings]\nhello=world\n", isLittle: true, mark: true)) == [])
    #expect(skipped([0, 1, 2, 3, 0, 0, 0, 0]) == [])
    #expect(skipped([0x5B, 0, 0, 0, 0x41]) == [])
  }
}
