import CEL
import Testing

@Suite("Maps")
struct MapValueTests {
  @Test("find keys by value, small and large", arguments: [3, 8, 9, 1_000])
  func lookUp(count: Int64) {
    let map = MapValue((0..<count).map { (.int($0), .int($0 * 2)) })
    #expect(map.count == Int(count))
    for key in 0..<count {
      guard case .int(key * 2) = map[.uint(UInt64(key))] else {
        Issue.record("\(key) isn't found as uint")
        return
      }
    }
    #expect(map[.int(count)] == nil)
    #expect(map[.int(-1)] == nil)
    #expect(map[.string("0")] == nil)
    #expect(map[.bool(false)] == nil)
  }

  @Test("keep the order of their entries")
  func order() {
    let map = MapValue((0..<20).reversed().map { (.int($0), .null) })
    #expect(map.entries.map(\.key) == (0..<20).reversed().map { .int($0) })
  }

  @Test("of a repeated key keep the last value, and refuse to insert it again")
  func repeated() {
    var map = MapValue([(.string("a"), .int(1)), (.string("a"), .int(2))])
    #expect(map.count == 1)
    guard case .int(2) = map[.string("a")] else {
      Issue.record("the first value stayed")
      return
    }
    let isNew = map.insert(.string("a"), .null)
    #expect(!isNew)
  }

  @Test("keys are whole numbers, texts and truths only")
  func keys() {
    #expect(MapKey(.double(2)) == .int(2))
    #expect(MapKey(.double(1e19)) == .uint(10_000_000_000_000_000_000))
    #expect(MapKey(.double(2.5)) == nil)
    #expect(MapKey(.null) == nil)
    #expect(MapKey.int(-1) != .uint(.max))
    #expect(MapKey.int(1) != .bool(true))
  }
}
