/// The bytes of one HTTP answer, and what they say.
struct RawAnswer: Sendable, CustomStringConvertible {
  let bytes: [UInt8]

  /// Everything, as text.
  var description: String { String(decoding: bytes, as: UTF8.self) }

  /// The number in the first line; 0 where the connection ended without an answer.
  var status: Int {
    let words = lines.first?.split(separator: " ") ?? []
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  /// The values of the header lines of a name, whatever its case.
  func headers(_ name: String) -> [String] {
    lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased()
      else { return nil }
      return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
  }

  /// The first of them.
  func header(_ name: String) -> String? { headers(name).first }

  /// What follows the empty line; chunks as they came.
  var body: String {
    guard let end = HTTPMessage.headEnd(bytes) else { return "" }
    return String(decoding: bytes[end...], as: UTF8.self)
  }

  /// The lines of the head, divided by CR LF alone.
  var lines: [String] {
    HTTPMessage.lines(bytes[..<(HTTPMessage.headEnd(bytes) ?? bytes.count)])
  }
}

/// Where a message of HTTP/1 ends.
enum HTTPMessage {
  /// The place behind the empty line.
  static func headEnd(_ bytes: [UInt8]) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    guard bytes.count >= mark.count else { return nil }
    for start in 0...(bytes.count - mark.count)
    where bytes[start] == mark[0] && bytes[start..<(start + mark.count)].elementsEqual(mark) {
      return start + mark.count
    }
    return nil
  }

  static func lines(_ head: ArraySlice<UInt8>) -> [String] {
    var lines: [String] = []
    var start = head.startIndex
    for place in head.indices where head[place] == UInt8(ascii: "\n") {
      let end = place > start && head[place - 1] == UInt8(ascii: "\r") ? place - 1 : place
      if end > start { lines.append(String(decoding: head[start..<end], as: UTF8.self)) }
      start = place + 1
    }
    if start < head.endIndex { lines.append(String(decoding: head[start...], as: UTF8.self)) }
    return lines
  }

  /// The length of the whole message at the start of `bytes`, as far as it says so itself.
  ///
  /// - Parameter isAnswer: an answer without a length runs to the end of the connection.
  static func length(_ bytes: [UInt8], isAnswer: Bool) -> Int? {
    guard let end = headEnd(bytes) else { return nil }
    let lines = lines(bytes[..<end]).map { $0.lowercased() }
    if isAnswer, let first = lines.first {
      let status = first.split(separator: " ").dropFirst().first ?? ""
      if status.hasPrefix("1") || status == "204" || status == "304" { return end }
    }
    for line in lines where line.hasPrefix("content-length:") {
      guard let count = Int(line.dropFirst(15).filter { $0 != " " }) else { return nil }
      return bytes.count >= end + count ? end + count : nil
    }
    if lines.contains(where: { $0.hasPrefix("transfer-encoding:") && $0.contains("chunked") }) {
      return chunkedEnd(bytes, from: end)
    }
    return isAnswer ? nil : end
  }

  private static func chunkedEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while true {
      guard let feed = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      let digits = bytes[place..<feed].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") }
      guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
      let next = feed + 1 + size + 2
      guard next <= bytes.count else { return nil }
      if size == 0 { return next }
      place = next
    }
  }
}
