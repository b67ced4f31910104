/// One token of the Lua in a `*_by_lua_block`, as far as finding its end needs them.
///
/// The tokens are those of lua-nginx-module, which skips everything else: strings, comments and
/// long brackets count only because a brace in them means nothing.
struct NginxLuaToken {
  /// What a token is.
  enum Kind {
    case openBrace, closeBrace
    /// A string in quotes, a line comment or a closing long bracket on its own.
    case other
    /// `[[` or `[==[`, which a closing bracket of the same level must follow.
    case longString
    /// `--[[` or `--[==[`.
    case longComment
  }

  let kind: Kind
  let range: Range<Int>
}
/// Finds the tokens of Lua in a part of a file.
struct NginxLuaScanner {
  /// Up to where a string that begins with a quote is known not to be closed in its line.
  ///
  /// Without it a line of `"\"\"\"…` would be read to its end from each quote. What holds for a
  /// quote holds for those behind it that its scan took for escaped: their scans take the same way.
  private var unclosed = (single: 0, double: 0)
  /// The end of the part that ``unclosed`` was found in.
  private var limit = 0

  /// The first token that lies within `range`, or `nil`.
  mutating func next(
    in range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
  ) -> NginxLuaToken? {
    if limit != range.upperBound {
      unclosed = (0, 0)
      limit = range.upperBound
    }
    for offset in range {
      switch bytes[offset] {
      case UInt8(ascii: "{"): return NginxLuaToken(kind: .openBrace, range: offset..<offset + 1)
      case UInt8(ascii: "}"): return NginxLuaToken(kind: .closeBrace, range: offset..<offset + 1)
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        guard let end = longBracketEnd(from: offset, in: bytes) else { continue }
        let opens = bytes[offset] == UInt8(ascii: "[")
        return NginxLuaToken(kind: opens ? .longString : .other, range: offset..<end)
      case UInt8(ascii: "-"):
        guard offset + 1 < limit, bytes[offset + 1] == UInt8(ascii: "-") else { continue }
        return comment(from: offset, in: bytes)
      case UInt8(ascii: "\""):
        guard let end = stringEnd(from: offset, &unclosed.double, in: bytes) else { continue }
        return NginxLuaToken(kind: .other, range: offset..<end)
      case UInt8(ascii: "'"):
        guard let end = stringEnd(from: offset, &unclosed.single, in: bytes) else { continue }
        return NginxLuaToken(kind: .other, range: offset..<end)
      default: continue
      }
    }
    return nil
  }

  private func comment(
    from start: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> NginxLuaToken {
    let text = start + 2
    if text < limit, bytes[text] == UInt8(ascii: "["),
      let end = longBracketEnd(from: text, in: bytes)
    {
      return NginxLuaToken(kind: .longComment, range: start..<end)
    }
    let end = bytes[text..<limit].firstIndex(of: UInt8(ascii: "\n")) ?? limit
    return NginxLuaToken(kind: .other, range: start..<end)
  }

  /// The end of `[[`, `[=[`, `]]`, `]=]` and so on, whose first byte is at `start`.
  private func longBracketEnd(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = start + 1
    while end < limit, bytes[end] == UInt8(ascii: "=") { end += 1 }
    return end < limit && bytes[end] == bytes[start] ? end + 1 : nil
  }

  private func stringEnd(
    from start: Int, _ unclosed: inout Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard start >= unclosed else { return nil }
    var offset = start + 1
    while offset < limit, bytes[offset] != UInt8(ascii: "\n") {
      if bytes[offset] == bytes[start] { return offset + 1 }
      if bytes[offset] == UInt8(ascii: "\\") {
        offset += 1
        guard offset < limit, bytes[offset] != UInt8(ascii: "\n") else { break }
      }
      offset += 1
    }
    unclosed = offset
    return nil
  }
}
