/// Reads TOML line by line into items; item 0 is the file's own table.
struct TOMLReader {
  /// Far deeper than any configuration; deeper arrays would exhaust the stack.
  static let depthLimit = 100

  private struct Name: Hashable {
    let table: Int
    let text: String
  }

  /// A mistake; what has been read of the line stays.
  struct Failure: Error {
    let error: SyntaxError
  }

  private(set) var items: [TOMLItem]
  private(set) var errors: [SyntaxError] = []
  let bytes: [UInt8]
  var offset = 0
  private var names: [Name: Int] = [:]
  /// The table of the last header.
  private var current = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    items = [TOMLItem(content: .table, range: 0..<0, kind: .header)]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  mutating func read() {
    while true {
      skipBlank()
      guard let byte = peek() else { return }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        offset += 1
        continue
      }
      let start = offset
      do {
        if byte == UInt8(ascii: "#") {
          skipComment()
        } else if byte == UInt8(ascii: "[") {
          try header()
        } else {
          try pair(in: current)
        }
        try endLine()
      } catch {
        errors.append(error.error)
        // The rest of the line, and at least one byte of it.
        offset = max(offset, start + 1)
        while let byte = peek(), byte != UInt8(ascii: "\n") { offset += 1 }
      }
    }
  }

  // MARK: bytes

  func peek(_ ahead: Int = 0) -> UInt8? {
    offset + ahead < bytes.count ? bytes[offset + ahead] : nil
  }

  mutating func skipBlank() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 { offset += 1 }
  }

  mutating func skipComment() {
    while let byte = peek(), byte != UInt8(ascii: "\n") { offset += 1 }
  }

  func failure(
    _ range: Range<Int>, _ message: String, help: String? = nil
  ) -> Failure {
    Failure(error: SyntaxError(range: range, message: message, help: help))
  }

  /// The byte at fault, or none at the end of the file.
  var here: Range<Int> { offset..<min(offset + 1, bytes.count) }

  private mutating func endLine() throws(Failure) {
    skipBlank()
    if peek() == UInt8(ascii: "#") { skipComment() }
    if peek() == UInt8(ascii: "\r"), peek(1) == UInt8(ascii: "\n") { offset += 1 }
    guard let byte = peek() else { return }
    guard byte == UInt8(ascii: "\n") else {
      throw failure(here, "a new line is expected here", help: "texts stand in quotes")
    }
    offset += 1
  }

  // MARK: keys and tables

  /// One part of a key.
  struct Part {
    let name: String
    let range: Range<Int>
  }

  /// `a."b c".d`, blanks around the dots allowed.
  mutating func key() throws(Failure) -> [Part] {
    var parts: [Part] = []
    while true {
      skipBlank()
      let start = offset
      switch peek() {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let name = try string(mayBeLong: false)
        parts.append(Part(name: name, range: start..<offset))
      default:
        while let byte = peek(), Self.isBare(byte) { offset += 1 }
        guard offset > start else {
          throw failure(
            here, "a key is expected here", help: "keys of other characters stand in quotes")
        }
        let name = String(decoding: bytes[start..<offset], as: UTF8.self)
        parts.append(Part(name: name, range: start..<offset))
      }
      skipBlank()
      guard peek() == UInt8(ascii: ".") else { return parts }
      offset += 1
    }
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private mutating func header() throws(Failure) {
    let start = offset
    // Keys behind a broken header are nobody's.
    current = add(TOMLItem(content: .table, range: start..<start + 1))
    let isArray = peek(1) == UInt8(ascii: "[")
    offset += isArray ? 2 : 1
    let parts = try key()
    let close = isArray ? "]]" : "]"
    guard bytes[offset...].starts(with: close.utf8) else {
      throw failure(start..<offset, "this header is not closed")
    }
    offset += close.utf8.count
    let range = start..<offset
    var table = 0
    for part in parts.dropLast() { table = try enter(part, in: table, at: range) }
    guard let last = parts.last else { return }
    current =
      try isArray
      ? appendTable(last, in: table, at: range) : openTable(last, in: table, at: range)
  }

  /// The table that a header's name leads through.
  private mutating func enter(
    _ part: Part, in table: Int, at range: Range<Int>
  ) throws(Failure) -> Int {
    guard let found = names[Name(table: table, text: part.name)] else {
      return add(TOMLItem(content: .table, range: range, kind: .implicit), part, to: table)
    }
    if items[found].kind == .tableArray, let last = items[found].elements.last { return last }
    guard items[found].content == .table, items[found].kind != .value else {
      throw failure(part.range, "\(part.name) is not a table that can be added to")
    }
    return found
  }

  private mutating func openTable(
    _ part: Part, in table: Int, at range: Range<Int>
  ) throws(Failure) -> Int {
    guard let found = names[Name(table: table, text: part.name)] else {
      return add(TOMLItem(content: .table, range: range, kind: .header), part, to: table)
    }
    guard items[found].kind == .implicit else {
      throw failure(range, "\(part.name) is defined twice")
    }
    items[found].kind = .header
    items[found].range = range
    return found
  }

  private mutating func appendTable(
    _ part: Part, in table: Int, at range: Range<Int>
  ) throws(Failure) -> Int {
    let found: Int
    if let known = names[Name(table: table, text: part.name)] {
      guard items[known].kind == .tableArray else {
        throw failure(range, "\(part.name) is defined twice")
      }
      found = known
    } else {
      found = add(TOMLItem(content: .array, range: range, kind: .tableArray), part, to: table)
    }
    let element = add(TOMLItem(content: .table, range: range, kind: .header))
    items[found].elements.append(element)
    return element
  }

  mutating func add(_ item: TOMLItem) -> Int {
    items.append(item)
    return items.count - 1
  }

  private mutating func add(_ item: TOMLItem, _ part: Part, to table: Int) -> Int {
    let index = add(item)
    names[Name(table: table, text: part.name)] = index
    items[table].members.append(
      TOMLItem.Member(name: part.name, keyRange: part.range, index: index))
    return index
  }

  /// `key = value` of a table; a value that cannot be read is kept as such.
  mutating func pair(in table: Int, depth: Int = 0) throws(Failure) {
    let parts = try key()
    guard peek() == UInt8(ascii: "=") else {
      throw failure(
        (parts.first?.range.lowerBound ?? offset)..<offset, "= and a value are expected here")
    }
    offset += 1
    skipBlank()
    var place = table
    for part in parts.dropLast() {
      guard let found = names[Name(table: place, text: part.name)] else {
        place = add(
          TOMLItem(content: .table, range: part.range, kind: .dotted), part, to: place)
        continue
      }
      guard items[found].kind == .dotted else {
        throw failure(part.range, "\(part.name) is defined twice")
      }
      place = found
    }
    guard let last = parts.last else { return }
    guard names[Name(table: place, text: last.name)] == nil else {
      throw failure(last.range, "\(last.name) is defined twice")
    }
    let index = add(TOMLItem(content: .unread, range: offset..<offset), last, to: place)
    do throws(Failure) {
      try value(into: index, depth: depth)
    } catch {
      let start = items[index].range.lowerBound
      items[index] = TOMLItem(content: .unread, range: start..<max(start, offset))
      throw error
    }
  }

  /// Sets an item that has been added before its value was known.
  mutating func set(_ index: Int, _ content: TOMLNode.Content, from start: Int) {
    items[index].content = content
    items[index].range = start..<offset
  }

  mutating func append(_ element: Int, to array: Int) { items[array].elements.append(element) }
}
