/// The reading of one Lua body through nginx's buffer.
///
/// lua-nginx-module looks for its tokens within what the buffer holds, so that a long bracket or a
/// stretch without tokens can be refused for where in the buffer it happens to lie. Offsets are
/// those of the file.
struct NginxLuaBody {
  /// Why a body is refused.
  struct Problem {
    let range: Range<Int>?
    let line: Int
    let message: String
  }

  /// The brace that ends the body.
  var close: Int?
  private(set) var bufferEnd: Int
  /// The line feeds that lua-nginx-module skips without counting them.
  private(set) var uncountedLines = 0

  private let fileEnd: Int
  private var offset: Int
  private var line: Int
  /// The line of the last brace opened, or of the directive: what an early end is reported for.
  private var braceLine: Int
  private var scanner = NginxLuaScanner()

  /// Fewer bytes than this in the buffer, and it is filled before the next token is looked for.
  private static let lowWater = NginxBuffer.size / 2

  init(start: Int, line: Int, bufferEnd: Int, fileEnd: Int) {
    offset = start
    self.line = line
    braceLine = line
    self.bufferEnd = bufferEnd
    self.fileEnd = fileEnd
  }

  /// Reads to the matching brace; what is wrong, if anything is.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Problem? {
    var depth = 1
    while depth > 0 {
      var kind = NginxLuaToken.Kind.other
      if let problem = readToken(bytes, &kind) { return problem }
      if kind == .openBrace {
        depth += 1
        braceLine = line
      } else if kind == .closeBrace {
        depth -= 1
      }
    }
    close = offset - 1
    return nil
  }

  private mutating func readToken(
    _ bytes: UnsafeBufferPointer<UInt8>, _ kind: inout NginxLuaToken.Kind
  ) -> Problem? {
    var start = offset
    let startLine = line
    while true {
      if offset >= bufferEnd || (bufferEnd - offset < Self.lowWater && bufferEnd < fileEnd) {
        guard bufferEnd < fileEnd else { return earlyEnd }
        guard bufferEnd - start != NginxBuffer.size else { return tooLong(startLine) }
        bufferEnd = min(start + NginxBuffer.size, fileEnd)
      }
      if let token = scanner.next(in: offset..<bufferEnd, of: bytes) {
        kind = token.kind
        return take(token, bytes)
      }
      guard bufferEnd < fileEnd else { return earlyEnd }
      guard bufferEnd - offset != NginxBuffer.size else { return tooLong(startLine) }
      uncountedLines += lineFeeds(offset..<bufferEnd, bytes)
      start = offset
      offset = bufferEnd
      bufferEnd = min(start + NginxBuffer.size, fileEnd)
    }
  }

  /// Steps behind `token`, and behind the whole of it when it is a long bracket.
  private mutating func take(
    _ token: NginxLuaToken, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Problem? {
    var end = token.range.upperBound
    if token.kind == .longString || token.kind == .longComment {
      let prefix = token.kind == .longComment ? 2 : 0
      let level = token.range.count - prefix - 2
      guard let found = closingBracket(level, in: end..<bufferEnd, bytes) else {
        line += lineFeeds(offset..<token.range.lowerBound, bytes)
        let bracket = "]" + String(repeating: "=", count: level) + "]"
        return Problem(
          range: token.range, line: line,
          message: "Lua code block missing the closing long bracket \"\(bracket)\", "
            + "the inlined Lua code may be too long")
      }
      end = found
    }
    line += lineFeeds(offset..<end, bytes)
    offset = end
    return nil
  }

  /// The end of the first `]==]` with `level` equals signs.
  private func closingBracket(
    _ level: Int, in range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard bytes[offset] == UInt8(ascii: "]") else {
        offset += 1
        continue
      }
      var end = offset + 1
      while end < range.upperBound, bytes[end] == UInt8(ascii: "=") { end += 1 }
      guard end < range.upperBound else { return nil }
      if bytes[end] == UInt8(ascii: "]"), end - offset - 1 == level { return end + 1 }
      offset = end
    }
    return nil
  }

  private func lineFeeds(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes[range].count { $0 == UInt8(ascii: "\n") }
  }

  private var earlyEnd: Problem {
    Problem(
      range: nil, line: braceLine,
      message: "unexpected end of file, expecting terminating characters for lua code block")
  }

  private func tooLong(_ line: Int) -> Problem {
    Problem(
      range: nil, line: line,
      message: "too long lua code block, probably missing terminating characters")
  }
}
