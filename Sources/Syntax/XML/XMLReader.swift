/// Reads the elements of an XML file; what breaks the grammar is said once, with its place.
struct XMLReader {
  private(set) var errors: [SyntaxError] = []
  private let bytes: [UInt8]
  private var offset = 0

  /// An element whose end has not been seen.
  private struct Open {
    let name: String
    let nameRange: Range<Int>
    let attributes: [XMLAttribute]
    var children: [XMLElement] = []
    var text: [UInt8] = []
    var textRange = 0..<0

    func closed() -> XMLElement {
      XMLElement(
        name: name, nameRange: nameRange, attributes: attributes, children: children,
        text: String(decoding: text, as: UTF8.self), textRange: textRange)
    }
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// The outermost element.
  mutating func read() -> XMLElement? {
    var open: [Open] = []
    while offset < bytes.count {
      if bytes[offset] != UInt8(ascii: "<") {
        guard readText(into: &open) else { return nil }
      } else if skip("<!--", to: "-->") || skip("<?", to: "?>") {
        continue
      } else if starts(with: "<![CDATA[") {
        readCharacterData(into: &open)
      } else if starts(with: "<!") {
        skipDocumentType()
      } else if starts(with: "</") {
        if let root = close(&open) { return finish(root) }
      } else if let root = begin(&open) {
        return finish(root)
      }
      guard errors.isEmpty else { return root(of: open) }
    }
    if errors.isEmpty {
      if let last = open.last {
        fail(last.nameRange, "<\(last.name)> is not closed")
      } else {
        fail(0..<min(1, bytes.count), "there is no element in this file")
      }
    }
    return root(of: open)
  }

  /// What was understood before an error: the outermost element with what it holds so far.
  private func root(of open: [Open]) -> XMLElement? {
    guard var inner = open.last?.closed() else { return nil }
    for outer in open.dropLast().reversed() {
      var outer = outer
      outer.children.append(inner)
      inner = outer.closed()
    }
    return inner
  }

  private mutating func fail(_ range: Range<Int>, _ message: String, help: String? = nil) {
    errors.append(SyntaxError(range: range, message: message, help: help))
    offset = bytes.count
  }

  private func starts(with word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes[offset...].starts(with: $0) }
  }

  private func place(of word: StaticString, from start: Int) -> Int? {
    word.withUTF8Buffer { word in
      var index = start
      while index + word.count <= bytes.count {
        if bytes[index] == word[0], bytes[index..<index + word.count].elementsEqual(word) {
          return index
        }
        index += 1
      }
      return nil
    }
  }

  private mutating func skip(_ start: StaticString, to end: StaticString) -> Bool {
    guard starts(with: start) else { return false }
    if let close = place(of: end, from: offset + start.utf8CodeUnitCount) {
      offset = close + end.utf8CodeUnitCount
    } else {
      fail(offset..<offset + start.utf8CodeUnitCount, "\(start) is not closed with \(end)")
    }
    return true
  }

  /// `<!DOCTYPE …>` with the declarations in its brackets.
  private mutating func skipDocumentType() {
    let start = offset
    var depth = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ">") where depth <= 0:
        offset += 1
        return
      default: break
      }
      offset += 1
    }
    fail(start..<start + 2, "this declaration is not closed with >")
  }
}

// MARK: text

extension XMLReader {
  /// Text up to the next tag; `false` where it stands outside the outermost element.
  private mutating func readText(into open: inout [Open]) -> Bool {
    let start = offset
    offset = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    var range = start..<offset
    while let first = range.first, Self.isSpace(bytes[first]) { range.removeFirst() }
    while let last = range.last, Self.isSpace(bytes[last]) { range.removeLast() }
    guard !range.isEmpty else { return true }
    guard !open.isEmpty else {
      fail(range.lowerBound..<range.lowerBound + 1, "text stands outside every element")
      return false
    }
    add(Array(XMLText.resolved(bytes[range]).utf8), range, to: &open)
    return true
  }

  private mutating func readCharacterData(into open: inout [Open]) {
    let start = offset + 9
    guard let end = place(of: "]]>", from: start) else {
      return fail(offset..<start, "<![CDATA[ is not closed with ]]>")
    }
    add(Array(bytes[start..<end]), start..<end, to: &open)
    offset = end + 3
  }

  private func add(_ text: [UInt8], _ range: Range<Int>, to open: inout [Open]) {
    guard let last = open.indices.last else { return }
    open[last].textRange =
      open[last].text.isEmpty ? range : open[last].textRange.lowerBound..<range.upperBound
    open[last].text += text
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

// MARK: tags

extension XMLReader {
  /// A start tag; the element itself where it is the outermost and empty.
  private mutating func begin(_ open: inout [Open]) -> XMLElement? {
    let start = offset
    offset += 1
    guard let (name, nameRange) = name() else {
      fail(start..<start + 1, "< begins no element here", help: "write &lt; for the sign itself")
      return nil
    }
    guard open.count < XMLDocument.depthLimit else {
      fail(nameRange, "elements are nested more than \(XMLDocument.depthLimit) deep")
      return nil
    }
    var attributes: [XMLAttribute] = []
    while errors.isEmpty {
      skipSpace()
      guard offset < bytes.count else {
        fail(nameRange, "<\(name) is not closed with >")
        return nil
      }
      if bytes[offset] == UInt8(ascii: ">") {
        offset += 1
        open.append(Open(name: name, nameRange: nameRange, attributes: attributes))
        return nil
      }
      if starts(with: "/>") {
        offset += 2
        let element = Open(name: name, nameRange: nameRange, attributes: attributes).closed()
        guard let last = open.indices.last else { return element }
        open[last].children.append(element)
        return nil
      }
      if let attribute = attribute() { attributes.append(attribute) }
    }
    return nil
  }

  /// An end tag; the outermost element where it closes that.
  private mutating func close(_ open: inout [Open]) -> XMLElement? {
    let start = offset
    offset += 2
    let name = name()
    skipSpace()
    guard let (name, range) = name, offset < bytes.count, bytes[offset] == UInt8(ascii: ">") else {
      fail(start..<start + 2, "this end tag is not closed with >")
      return nil
    }
    guard let last = open.last, last.name == name else {
      let wanted = open.last.map { "</\($0.name)> is expected here" } ?? "no element is open here"
      fail(range, "</\(name)> closes nothing: \(wanted)")
      return nil
    }
    offset += 1
    open.removeLast()
    let element = last.closed()
    guard let outer = open.indices.last else { return element }
    open[outer].children.append(element)
    return nil
  }

  /// What follows the outermost element: comments and white space only.
  private mutating func finish(_ root: XMLElement) -> XMLElement {
    while offset < bytes.count, errors.isEmpty {
      if Self.isSpace(bytes[offset]) {
        offset += 1
      } else if !(skip("<!--", to: "-->") || skip("<?", to: "?>")) {
        fail(offset..<offset + 1, "something follows the end of <\(root.name)>")
      }
    }
    return root
  }

  private mutating func skipSpace() {
    while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 }
  }

  private mutating func name() -> (String, Range<Int>)? {
    let start = offset
    while offset < bytes.count, Self.isName(bytes[offset]) { offset += 1 }
    guard offset > start else { return nil }
    return (String(decoding: bytes[start..<offset], as: UTF8.self), start..<offset)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"),
      UInt8(ascii: "."), UInt8(ascii: "-"), 0x80...0xFF:
      true
    default: false
    }
  }

  private mutating func attribute() -> XMLAttribute? {
    let start = offset
    guard let (name, nameRange) = name() else {
      fail(start..<start + 1, "an attribute, > or /> is expected here")
      return nil
    }
    skipSpace()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else {
      fail(nameRange, "the attribute \(name) has no value", help: "write \(name)=\"…\"")
      return nil
    }
    offset += 1
    skipSpace()
    guard offset < bytes.count,
      bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'")
    else {
      fail(nameRange, "the value of \(name) is not in quotes")
      return nil
    }
    let quote = bytes[offset]
    let valueStart = offset + 1
    guard let end = bytes[valueStart...].firstIndex(of: quote) else {
      fail(offset..<offset + 1, "the value of \(name) is not closed")
      return nil
    }
    offset = end + 1
    return XMLAttribute(
      name: name, nameRange: nameRange, value: XMLText.resolved(bytes[valueStart..<end]),
      valueRange: valueStart..<end)
  }
}
