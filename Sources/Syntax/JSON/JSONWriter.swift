/// Writes JSON as bytes, value by value, so that large outputs never exist as a tree.
///
/// Calls nest as the text does: `beginObject`, then `name` and a value for each member, then
/// `endObject`. Strings of Swift are always valid, so the output is always UTF-8.
package struct JSONWriter: Sendable {
  package enum Style: Sendable, Hashable {
    /// One line without spaces.
    case compact
    /// A line for each value, two spaces for each level; empty containers stay on one line.
    case pretty
  }

  /// What was written so far.
  package private(set) var bytes: [UInt8] = []
  private let style: Style
  private var depth = 0
  private var state = State.start

  /// What the next value must be preceded by.
  private enum State { case start, opened, named, written }

  package init(style: Style = .compact) { self.style = style }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Writes the name of the member whose value follows.
  package mutating func name(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    if style == .pretty { bytes.append(UInt8(ascii: " ")) }
    state = .named
  }

  package mutating func null() { literal("null") }
  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  package mutating func int(_ value: some BinaryInteger) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
    state = .written
  }

  /// Writes a line, a column or an offset, which reports have more of than of anything else.
  package mutating func int(_ value: Int) {
    separate()
    state = .written
    guard value >= 0 else { return bytes.append(contentsOf: String(value).utf8) }
    var scale = 1
    while value / scale >= 10 { scale *= 10 }
    while scale > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(value / scale % 10))
      scale /= 10
    }
  }

  /// Writes the shortest decimal that reads back as the same number; `null` when there is none.
  package mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    bytes.append(contentsOf: value.description.utf8)
    state = .written
  }

  package mutating func string(_ value: String) {
    separate()
    quote(value)
    state = .written
  }

  /// Writes a whole value; recursion is as deep as the value, which only we and the bounded
  /// reader build.
  package mutating func value(_ value: JSON) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .int(let value): int(value)
    case .double(let value): double(value)
    case .string(let value): string(value)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        name(member.name)
        self.value(member.value)
      }
      endObject()
    }
  }

  /// Ends the line, as after a whole document or a line of JSON Lines.
  package mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    state = .start
  }

  /// Takes what was written so far, so that it can be sent on while writing continues.
  package mutating func drain() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    state = .opened
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    if state != .opened { indent() }
    bytes.append(bracket)
    state = .written
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    state = .written
  }

  private mutating func separate() {
    switch state {
    case .start, .named: return
    case .opened: indent()
    case .written:
      if depth > 0 {
        bytes.append(UInt8(ascii: ","))
        indent()
      }
    }
  }

  private mutating func indent() {
    guard style == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    var missing = 2 * depth
    while missing > 0 {
      let count = min(missing, Self.spaces.utf8CodeUnitCount)
      Self.spaces.withUTF8Buffer {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[..<count]))
      }
      missing -= count
    }
  }

  private static let spaces: StaticString = "                "

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    var value = value
    value.withUTF8 { text in
      var start = 0
      var index = 0
      while index < text.count {
        index = Self.plainEnd(text, from: index)
        guard index < text.count else { break }
        let byte = text[index]
        if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          index += 1
          continue
        }
        var length = 1
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
          escape(byte)
          start = index + 1
        } else if byte >= 0x7F, let hidden = Self.hiddenScalar(text, at: index) {
          bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
          escape(hidden.code)
          length = hidden.length
          start = index + length
        }
        index += length
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The end of the groups of eight bytes from `start` in which nothing needs a second look.
  private static func plainEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(text)
    var index = start
    while index + 8 <= raw.count {
      let bytes = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let quotes = zeros(bytes ^ ones &* 0x22)
      let odd = zeros(bytes ^ ones &* 0x5C) | zeros(bytes ^ ones &* 0x7F) | quotes
      guard (bytes | odd | (bytes &- ones &* 0x20)) & (ones &* 0x80) == 0 else { break }
      index += 8
    }
    return index
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The high bit of each byte that is 0, and maybe of others above one.
  private static func zeros(_ bytes: UInt64) -> UInt64 { (bytes &- ones) & ~bytes }

  /// A character that a terminal obeys or that nobody sees, which JSON allows to stand raw: DEL and
  /// C1 controls, zero-width and direction marks, line separators, the byte order mark, U+FFFE.
  ///
  /// JSON is read by people, too; escaped, they can neither steer a terminal nor deceive.
  private static func hiddenScalar(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (code: UInt16, length: Int)? {
    let rest = text.count - index
    switch text[index] {
    case 0x7F: return (0x7F, 1)
    case 0xC2 where rest > 1 && text[index + 1] < 0xA0: return (UInt16(text[index + 1]), 2)
    case 0xE2 where rest > 2 && text[index + 1] == 0x80:
      let code = 0x2000 + UInt16(text[index + 2] & 0x3F)
      return (0x200B...0x200F).contains(code) || (0x2028...0x202E).contains(code) ? (code, 3) : nil
    case 0xE2 where rest > 2 && text[index + 1] == 0x81:
      let code = 0x2040 + UInt16(text[index + 2] & 0x3F)
      return code >= 0x2060 && code <= 0x206F ? (code, 3) : nil
    case 0xEF where rest > 2 && text[index + 1] == 0xBB && text[index + 2] == 0xBF:
      return (0xFEFF, 3)
    case 0xEF where rest > 2 && text[index + 1] == 0xBF && text[index + 2] >= 0xBE:
      return (0xFFC0 + UInt16(text[index + 2] & 0x3F), 3)
    default: return nil
    }
  }

  private mutating func escape(_ code: UInt16) {
    bytes.append(contentsOf: "\\u".utf8)
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(code >> UInt16(shift) & 15)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(UInt8(ascii: byte < 0x10 ? "0" : "1"))
      let low = byte & 0x0F
      bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    default: bytes.append(byte)
    }
  }
}

extension JSON {
  /// The text of the value, without a line feed at its end.
  package func bytes(_ style: JSONWriter.Style = .compact) -> [UInt8] {
    var writer = JSONWriter(style: style)
    writer.value(self)
    return writer.bytes
  }

  /// The text of the value as a string, for messages and tests.
  package func text(_ style: JSONWriter.Style = .compact) -> String {
    String(decoding: bytes(style), as: UTF8.self)
  }
}
