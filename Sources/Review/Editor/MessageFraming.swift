import Syntax

/// The base protocol of language servers: a header that tells the length, then as many bytes.
///
/// Whatever an editor, or somebody with a pipe, sends: a header without a length is passed over, a
/// length that no message has ends the conversation, because nobody knows where the next begins.
struct MessageFraming: Sendable {
  /// The largest message that is taken: the text of a file, escaped, is smaller.
  static let lengthLimit = 256 << 20
  /// Bytes of a header at most; editors send about thirty.
  static let headerLimit = 4_096

  private var buffer: [UInt8] = []
  private var start = 0
  /// Whether what came can no longer be told apart.
  private(set) var isBroken = false

  init() {}

  /// Takes what arrived.
  mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
  }

  /// The next whole message, without its header; `nil` until there is one.
  mutating func next() -> [UInt8]? {
    while !isBroken, let header = header() {
      guard let length = Self.length(buffer[start..<header.end]) else {
        start = header.next
        continue
      }
      guard length <= Self.lengthLimit else {
        isBroken = true
        return nil
      }
      guard buffer.count - header.next >= length else { return nil }
      defer { start = header.next + length }
      return Array(buffer[header.next..<(header.next + length)])
    }
    return nil
  }

  /// The message with its header.
  static func framed(_ message: JSON) -> [UInt8] {
    let body = message.bytes()
    return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }

  /// Where the header ends and its message begins: at an empty line, of CRLF or LF.
  private mutating func header() -> (end: Int, next: Int)? {
    var place = start
    while let feed = buffer[place...].firstIndex(of: 0x0A) {
      if buffer[(feed + 1)...].first == 0x0A { return (feed, feed + 2) }
      if buffer[(feed + 1)...].starts(with: [0x0D, 0x0A]) { return (feed, feed + 3) }
      place = feed + 1
    }
    if buffer.count - start > Self.headerLimit { isBroken = true }
    return nil
  }

  private static func length(_ header: ArraySlice<UInt8>) -> Int? {
    for line in header.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
      guard name == "content-length" else { continue }
      return Int(value.filter { $0 != " " }).flatMap { $0 < 0 ? nil : $0 }
    }
    return nil
  }
}
