extension NginxReader {
  func opensLua(_ name: NginxWord, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let suffix: StaticString = "_by_lua_block"
    return suffix.withUTF8Buffer {
      $0.elementsEqual(bytes[name.contentRange].suffix($0.count))
    }
  }

  mutating func readLuaBody(_ bytes: UnsafeBufferPointer<UInt8>, opened: Int) {
    let start = offset
    var depth = 1
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "\n") { line += 1 }
      if bytes[offset] == UInt8(ascii: "{") { depth += 1 }
      if bytes[offset] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { break }
      offset += 1
    }
    appendLua(body: start..<offset, opened: opened, close: offset < bytes.count ? offset : nil)
    if offset < bytes.count { offset += 1 }
  }
}
