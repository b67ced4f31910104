/// The bodies of `*_by_lua_block`, which lua-nginx-module reads and not nginx.
extension NginxReader {
  /// Whether a block of this name holds Lua.
  func opensLua(_ name: NginxWord, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let suffix: StaticString = "_by_lua_block"
    let length = suffix.utf8CodeUnitCount
    guard name.end - name.start >= length else { return false }
    return suffix.withUTF8Buffer {
      $0.elementsEqual(bytes[Int(name.end) - length..<Int(name.end)])
    }
  }

  /// Reads the body behind the brace at `opened` up to the brace that matches it.
  mutating func readLuaBody(_ bytes: UnsafeBufferPointer<UInt8>, opened: Int) {
    let start = offset
    var body = NginxLuaBody(
      start: start, line: line, bufferEnd: bufferEnd(at: start, in: bytes), fileEnd: bytes.count)
    if let problem = body.read(bytes) {
      report(problem.range ?? opened..<opened + 1, line: problem.line, problem.message)
      offset = unlimitedLuaEnd(from: start, in: bytes) ?? bytes.count
      body.close = offset < bytes.count ? offset : nil
    } else {
      uncountedLines += body.uncountedLines
      offset = body.close ?? bytes.count
    }
    bufferEnd = body.bufferEnd
    appendLua(body: start..<offset, opened: opened, close: body.close)
    for byte in bytes[start..<offset] where byte == UInt8(ascii: "\n") { line += 1 }
    if body.close != nil { offset += 1 }
  }

  /// The brace that ends a Lua body when nginx's buffer is no limit; for going on after an error.
  private func unlimitedLuaEnd(
    from start: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard recovers else { return nil }
    var body = NginxLuaBody(
      start: start, line: line, bufferEnd: bytes.count, fileEnd: bytes.count)
    return body.read(bytes) == nil ? body.close : nil
  }

  /// Where nginx's buffer ends when it has read all before `offset`.
  ///
  /// nginx fills its buffer again each time it runs out, and keeps of the old contents what the
  /// word or comment in hand has so far. Only its Lua reader shows where the buffer ends, so this
  /// is worked out when a Lua block begins and not before.
  private func bufferEnd(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var end = bufferEnd
    while offset > end {
      // The second term only keeps this going where a word was too long and nginx has stopped.
      let next = max(keptStart(at: end, in: bytes) + NginxBuffer.size, end + 1)
      end = min(next, bytes.count)
    }
    return end
  }

  /// The first byte that nginx keeps when its buffer ends at `end`.
  private func keptStart(at end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let endsInBlank = NginxByte.isBlank(bytes[end - 1])
    if let index = lastIndex(of: words.count, where: { self.words[$0].range.lowerBound < end }) {
      let word = words[index]
      // A blank behind a word is taken before nginx looks for the next word.
      let taken = word.range.upperBound + (endsInBlank ? 1 : 0)
      if end <= taken { return word.contentRange.lowerBound }
    }
    if let index = lastIndex(of: comments.count, where: { self.comments[$0].lowerBound < end }),
      end <= comments[index].upperBound
    {
      return Int(comments[index].lowerBound)
    }
    return endsInBlank ? end - 1 : end
  }

  /// The last of `count` indices that `condition` holds for, when it holds for all before it.
  private func lastIndex(of count: Int, where condition: (Int) -> Bool) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
