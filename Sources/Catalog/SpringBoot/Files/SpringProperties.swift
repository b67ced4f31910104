import Model
import Syntax

/// Reads a properties file as Spring Boot does: in documents divided by `#---` or `!---`.
struct SpringProperties {
  let documents: [SpringDocument]
  let problems: [Problem]

  /// Reads a file.
  ///
  /// - Parameter importer: the document that imports it, where one does.
  init(_ source: SourceText, _ file: SpringFile, importer: SpringDocument? = nil) {
    let properties = PropertiesDocument(source)
    var documents: [[SpringEntry]] = [[]]
    for item in properties.items {
      switch item {
      case .blank: continue
      case .comment(let range):
        if Self.isDivider(range, source.bytes) { documents.append([]) }
      case .entry(let entry):
        documents[documents.count - 1].append(Self.entry(entry, source))
      }
    }
    self.documents = documents.filter { !$0.isEmpty }.map {
      SpringDocument(file: file, entries: $0, importer: importer)
    }
    problems = properties.errors.map { Problem($0, in: source) }
  }

  private static func entry(_ entry: PropertiesEntry, _ source: SourceText) -> SpringEntry {
    let key = Origin(path: source.path, range: entry.keyRange)
    let range = entry.valueRange
    return SpringEntry(
      name: SpringEntry.canonical(entry.key), raw: entry.key, key: key, parent: nil,
      written: source.text(range),
      origin: range.isEmpty ? key : Origin(path: source.path, range: range),
      value: .text(entry.value))
  }

  /// A divider stands alone: at the beginning of its line, with no comment of its mark beside it.
  private static func isDivider(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    let mark = bytes[range.lowerBound]
    var text = bytes[range]
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    guard text.dropFirst().elementsEqual("---".utf8) else { return false }
    guard range.lowerBound == 0 || isLineEnd(bytes[range.lowerBound - 1]) else { return false }
    var after = range.upperBound
    if after < bytes.count, bytes[after] == 0x0D { after += 1 }
    if after < bytes.count, bytes[after] == 0x0A { after += 1 }
    if after < bytes.count, bytes[after] == mark { return false }
    var before = range.lowerBound
    while before > 0, isLineEnd(bytes[before - 1]) {
      before -= 1
      if before == 0 || !isLineEnd(bytes[before]) { break }
      if before > 0, bytes[before] == 0x0A, bytes[before - 1] == 0x0D { continue }
      break
    }
    var start = before
    while start > 0, !isLineEnd(bytes[start - 1]) { start -= 1 }
    return start >= before || bytes[start] != mark
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
