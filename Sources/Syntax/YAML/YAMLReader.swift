/// Reads documents one by one and gets over mistakes: lines at fault are blanked, the document is
/// read again.
struct YAMLReader {
  private let source: SourceText
  private var builder: YAMLBuilder
  private var documents: [(root: Int, range: Range<Int>, hasErrors: Bool)] = []
  private var errors: [SyntaxError] = []

  init(_ source: SourceText) {
    self.source = source
    builder = YAMLBuilder(source.bytes)
  }

  mutating func read() -> YAMLFile {
    if let error = YAMLEncoding.refusal(of: source.bytes) {
      return YAMLFile(
        source: source, documents: [], errors: [error], duplicateKeys: [], separatingTabs: [],
        tokens: [])
    }
    errors = YAMLEncoding.errors(in: source.bytes)
    builder.scanner.restart(at: 0)
    while errors.count < YAMLFile.mistakesPerFile, readDocument() {}
    return finished()
  }

  private func finished() -> YAMLFile {
    let tree = YAMLTree(
      source: source, records: builder.records, values: builder.scanner.values,
      properties: builder.properties)
    let documents = documents.map { document in
      YAMLDocument(
        range: document.range,
        root: document.root < 0 ? nil : YAMLNode(tree: tree, index: document.root),
        hasErrors: document.hasErrors)
    }
    let all = errors + builder.mistakes
    return YAMLFile(
      source: source, documents: documents,
      errors: all.sorted { $0.range.lowerBound < $1.range.lowerBound },
      duplicateKeys: tree.duplicateKeys, separatingTabs: builder.scanner.separatingTabs,
      tokens: builder.tokens)
  }

  /// What a document may have appended, to be taken back before it is read again.
  private struct Mark {
    let records: Int
    let values: Int
    let properties: Int
    let tokens: Int
    let mistakes: Int
    let tabs: Int
  }

  private mutating func readDocument() -> Bool {
    let mark = Mark(
      records: builder.records.count, values: builder.scanner.values.count,
      properties: builder.properties.count, tokens: builder.tokens.count,
      mistakes: builder.mistakes.count, tabs: builder.scanner.separatingTabs.count)
    let start = builder.tokens.last?.range.upperBound ?? 0
    var count = 0
    while true {
      do throws(YAMLFault) {
        guard let found = try builder.document(isFirst: documents.isEmpty) else { return false }
        documents.append((found.root, found.range, count > 0))
        return true
      } catch {
        takeBack(mark)
        errors.append(error.described(in: source))
        count += 1
        let isHopeless =
          count >= YAMLFile.mistakesPerDocument || errors.count >= YAMLFile.mistakesPerFile
        if isHopeless || !blankLines(of: error, from: start) {
          documents.append((-1, start..<start, true))
          return skipDocument(error.range.lowerBound)
        }
        builder.scanner.restart(at: start)
      }
    }
  }

  /// Blanks the lines of `fault` that lie after `start`.
  ///
  /// - Returns: whether there was something to blank: else reading again would find the same.
  private mutating func blankLines(of fault: YAMLFault, from start: Int) -> Bool {
    var first = fault.range.lowerBound
    var last = first
    if let context = fault.context {
      first = min(first, context)
      if last >= builder.scanner.end { last = first }
    }
    while first > start, builder.scanner.breakLength(endingAt: first) == 0 { first -= 1 }
    while last < builder.scanner.end, builder.scanner.breakLength(at: last) == 0 { last += 1 }
    var found = false
    for place in first..<last where builder.scanner.breakLength(at: place) == 0 {
      found = found || !builder.scanner.isBlank(builder.scanner.text[place])
      builder.scanner.text[place] = 0x20
    }
    return found
  }

  /// Goes on at the next document indicator after `place`.
  private mutating func skipDocument(_ place: Int) -> Bool {
    builder.scanner.restart(at: min(place, builder.scanner.end))
    return builder.scanner.skipToDocumentIndicator()
  }

  private mutating func takeBack(_ mark: Mark) {
    builder.records.removeSubrange(mark.records...)
    builder.scanner.values.removeSubrange(mark.values...)
    builder.properties.removeSubrange(mark.properties...)
    builder.tokens.removeSubrange(mark.tokens...)
    builder.mistakes.removeSubrange(mark.mistakes...)
    builder.scanner.separatingTabs.removeSubrange(mark.tabs...)
  }
}
