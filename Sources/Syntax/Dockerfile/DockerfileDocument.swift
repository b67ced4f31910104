/// The instructions of a Dockerfile, in file order.
///
/// Source: the Dockerfile reference of BuildKit 1.x: continuation lines, comment lines inside of
/// them, the directive `escape`, and here-documents, which are passed over.
package struct DockerfileDocument: Sendable {
  /// One instruction, such as `ENV A=1`.
  package struct Instruction: Sendable, Hashable {
    /// In upper case.
    package let keyword: String
    /// What follows it, without continuation marks and comment lines.
    package let text: String
    /// The bytes of what follows it.
    package let range: Range<Int>
    /// Where each byte of ``text`` stands in the file.
    package let places: [Int]

    /// The bytes in the file of a part of the text.
    package func range(of part: Range<Int>) -> Range<Int> {
      guard !part.isEmpty, places.indices.contains(part.lowerBound),
        places.indices.contains(part.upperBound - 1)
      else { return range }
      return places[part.lowerBound]..<places[part.upperBound - 1] + 1
    }
  }

  package let source: SourceText
  package let instructions: [Instruction]

  package init(_ source: SourceText) {
    self.source = source
    var reader = DockerfileReader(source.bytes)
    instructions = reader.read()
  }
}

/// Reads instructions line by line.
private struct DockerfileReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var escape = UInt8(ascii: "\\")

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  mutating func read() -> [DockerfileDocument.Instruction] {
    var found: [DockerfileDocument.Instruction] = []
    var mayBeDirective = true
    while offset < bytes.count {
      let line = nextLine()
      let words = bytes[line].drop { isBlank($0) }
      guard let first = words.first else { continue }
      if first == UInt8(ascii: "#") {
        if mayBeDirective { readDirective(words) }
        continue
      }
      mayBeDirective = false
      let keyword = words.prefix { !isBlank($0) }
      let name = String(decoding: keyword, as: UTF8.self).uppercased()
      let places = text(from: keyword.endIndex, to: line.upperBound)
      let text = String(decoding: places.map { bytes[$0] }, as: UTF8.self)
      for end in Self.hereDocuments(in: text, of: name) { skip(to: end) }
      // Bytes that are no text would not stand where their characters seem to.
      guard text.utf8.count == places.count else { continue }
      let range =
        (places.first ?? line.upperBound)..<(places.last.map { $0 + 1 } ?? line.upperBound)
      found.append(.init(keyword: name, text: text, range: range, places: places))
    }
    return found
  }

  /// The bytes of the next line without its end.
  private mutating func nextLine() -> Range<Int> {
    let start = offset
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    offset = min(end + 1, bytes.count)
    return start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end)
  }

  private mutating func readDirective(_ line: ArraySlice<UInt8>) {
    let text = String(decoding: line.dropFirst(), as: UTF8.self).filter { $0 != " " }
    if text.lowercased() == "escape=`" { escape = UInt8(ascii: "`") }
  }

  /// The places of the text from `start`, over all lines that go on.
  private mutating func text(from start: Int, to end: Int) -> [Int] {
    var places: [Int] = []
    var range = start..<end
    while true {
      let last = bytes[range].lastIndex { !isBlank($0) }
      let goesOn = last.map { bytes[$0] == escape } ?? false
      places += goesOn ? Array(range.lowerBound..<(last ?? range.upperBound)) : Array(range)
      guard goesOn, offset < bytes.count else { break }
      range = nextLine()
      // Comments and empty lines inside of an instruction are left out.
      while offset < bytes.count, isLeftOut(range) { range = nextLine() }
      if isLeftOut(range) { break }
    }
    while let first = places.first, isBlank(bytes[first]) { places.removeFirst() }
    while let last = places.last, isBlank(bytes[last]) { places.removeLast() }
    return places
  }

  private func isLeftOut(_ line: Range<Int>) -> Bool {
    let first = bytes[line].first { !isBlank($0) }
    return first == nil || first == UInt8(ascii: "#")
  }

  private static func hereDocuments(in text: String, of keyword: String) -> [String] {
    guard ["RUN", "COPY", "ADD"].contains(keyword) else { return [] }
    return text.split(separator: " ").compactMap { word in
      guard let mark = word.firstRange(of: "<<") else { return nil }
      var name = word[mark.upperBound...]
      guard !name.hasPrefix("<") else { return nil }
      if name.hasPrefix("-") { name = name.dropFirst() }
      let plain = name.filter { $0 != "\"" && $0 != "'" }
      return plain.isEmpty || !plain.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        ? nil : String(plain)
    }
  }

  private mutating func skip(to end: String) {
    while offset < bytes.count {
      let line = nextLine()
      let text = bytes[line].drop { $0 == 0x09 }
      if text.elementsEqual(end.utf8) { return }
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
