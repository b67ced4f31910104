/// Reads one file as nginx's own reader does, and goes on where that one stops.
///
/// One loop over the bytes without recursion: blocks are a stack of numbers, so that nesting costs
/// memory and never the call stack. Each state below has its rule in nginx's reader: a quote, `#`
/// and `}` mean something only where a word may begin.
struct NginxReader {
  private(set) var directives: [NginxDirective] = []
  private(set) var words: [NginxWord] = []
  var comments: [Range<Int32>] = []
  private(set) var skipped: [Range<Int32>] = []
  private(set) var errors: [NginxSyntaxError] = []
  private(set) var acceptedCount: Int?
  /// Where nginx's buffer ends, as of the last Lua block: its Lua reader sees no further.
  var bufferEnd: Int
  /// The line feeds of Lua blocks that nginx forgets to count.
  var uncountedLines = 0

  /// What nginx says of a file that ends in a statement or string.
  static let endInStatement = "unexpected end of file, expecting \";\" or \"}\""

  /// Where the reader stands.
  var offset = 0
  /// The line it stands in: 1 and a line for each LF behind it.
  var line = 1

  /// The open blocks, the outermost first.
  private var open: [OpenBlock] = []
  /// The first word of the statement being read.
  private var firstWord = 0
  /// The line of that word.
  private var statementLine = 1
  private var suspectBrace: NginxSuspectBrace?
  /// Whether braces that look like counts of a regular expression are read as part of their word,
  /// as they were meant and not as nginx takes them.
  let mendsBraces: Bool
  /// The first brace of each such word.
  private(set) var mendedBraces: [Int32] = []

  private static let none: Int32 = -1

  /// An open block: the statement that opened it and the parent of what is inside.
  ///
  /// Both, because a `{` that belongs to no statement keeps the parent of what is around it.
  private struct OpenBlock {
    /// ``none`` where a `{` belongs to no statement.
    let directive: Int32
    let parent: Int32
  }

  init(count: Int, mendsBraces: Bool = false) {
    self.mendsBraces = mendsBraces
    bufferEnd = min(NginxBuffer.size, count)
    // A statement takes some 30 bytes in usual files; a wrong guess costs a reallocation, no more.
    directives.reserveCapacity(count / 40)
    words.reserveCapacity(count / 16)
  }

  /// The number of words read since the last statement ended.
  var pendingCount: Int { words.count - firstWord }

  /// Reads the whole of `bytes`; to be called once.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count <= NginxTree.largestFile else {
      report(0..<0, line: 1, "file is larger than \(NginxTree.largestFile) bytes")
      return
    }
    while true {
      skipBlanks(bytes)
      guard offset < bytes.count else { break }
      switch bytes[offset] {
      case UInt8(ascii: ";"): endStatement(bytes)
      case UInt8(ascii: "{"): openBlock(bytes)
      case UInt8(ascii: "}"): closeBlock(bytes)
      case UInt8(ascii: "#"): readComment(bytes)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): readQuotedWord(bytes)
      default: readWord(bytes)
      }
    }
    finish(bytes)
  }

  private mutating func skipBlanks(_ bytes: UnsafeBufferPointer<UInt8>) {
    var offset = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") {
        line += 1
      } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t"), byte != UInt8(ascii: "\r") {
        break
      }
      offset += 1
    }
    self.offset = offset
  }
}

// MARK: - Statements and blocks

extension NginxReader {
  private mutating func endStatement(_ bytes: UnsafeBufferPointer<UInt8>) {
    if pendingCount == 0 {
      report(
        offset..<offset + 1, line: line, "unexpected \";\"", help: strayTerminatorHelp(bytes),
        repair: strayTerminatorRepair(bytes))
      skip(offset..<offset + 1)
    } else {
      append(.simple, terminator: offset)
    }
    offset += 1
  }

  private mutating func openBlock(_ bytes: UnsafeBufferPointer<UInt8>) {
    let brace = offset
    offset += 1
    if pendingCount == 0 {
      report(brace..<brace + 1, line: line, "unexpected \"{\"", help: strayBraceHelp)
      skip(brace..<brace + 1)
      open.append(OpenBlock(directive: Self.none, parent: parent))
      return
    }
    let name = words[firstWord]
    if opensLua(name, bytes) {
      readLuaBody(bytes, opened: brace)
      return
    }
    noteSuspectBrace(brace, bytes)
    let index = Int32(directives.count)
    append(.block, terminator: brace, hasDataBody: NginxDataBlock.holds(name, bytes))
    open.append(OpenBlock(directive: index, parent: index))
  }

  /// The block that the next statement stands in.
  private var parent: Int32 { open.last?.parent ?? Self.none }

  private mutating func closeBlock(_ bytes: UnsafeBufferPointer<UInt8>) {
    let brace = offset
    if pendingCount > 0 {
      report(
        brace..<brace + 1, line: line, "unexpected \"}\"", help: missingSemicolonHelp(bytes),
        repair: missingSemicolonRepair(bytes))
      append(.simple, terminator: nil)
    }
    offset += 1
    guard let block = open.popLast() else {
      report(brace..<brace + 1, line: line, "unexpected \"}\"", help: strayCloseHelp)
      skip(brace..<brace + 1)
      return
    }
    if block.directive != Self.none {
      let directive = block.directive
      directives[Int(directive)].close = Int32(truncatingIfNeeded: brace)
      directives[Int(directive)].subtreeEnd = Int32(truncatingIfNeeded: directives.count)
    } else {
      skip(brace..<brace + 1)
    }
  }

  /// Ends the statement being read; a block's end is set when it is closed.
  private mutating func append(
    _ kind: NginxDirective.Kind, terminator: Int?, hasDataBody: Bool = false, close: Int? = nil
  ) {
    directives.append(
      NginxDirective(
        kind: kind, hasDataBody: hasDataBody,
        firstWord: Int32(truncatingIfNeeded: firstWord),
        wordCount: Int32(truncatingIfNeeded: pendingCount), parentIndex: parent,
        subtreeEnd: Int32(truncatingIfNeeded: directives.count + 1),
        line32: Int32(truncatingIfNeeded: statementLine),
        terminator: terminator.map { Int32(truncatingIfNeeded: $0) } ?? Self.none,
        close: close.map { Int32(truncatingIfNeeded: $0) } ?? Self.none))
    firstWord = words.count
  }

  private mutating func finish(_ bytes: UnsafeBufferPointer<UInt8>) {
    let end = bytes.count
    if pendingCount > 0 {
      let last = words[words.count - 1].range
      report(
        last, line: line, Self.endInStatement, help: missingSemicolonHelp(bytes),
        repair: open.isEmpty ? missingSemicolonRepair(bytes) : nil)
      append(.simple, terminator: nil)
    }
    if let block = open.last {
      reportUnclosed(block, bytes)
    }
    for block in open where block.directive != Self.none {
      directives[Int(block.directive)].subtreeEnd = Int32(truncatingIfNeeded: directives.count)
    }
    open.removeAll()
    offset = end
  }

  private mutating func reportUnclosed(_ block: OpenBlock, _ bytes: UnsafeBufferPointer<UInt8>) {
    let message = "unexpected end of file, expecting \"}\""
    if let suspectBrace {
      report(suspectBrace.range, line: line, message, help: suspectBrace.help)
    } else if block.directive != Self.none {
      let directive = directives[Int(block.directive)]
      let name = words[Int(directive.firstWord)]
      report(
        name.range, line: line, message,
        help: "the block opened in line \(directive.line) is never closed")
    } else {
      report(bytes.count..<bytes.count, line: line, message)
    }
  }

  /// Ends a `*_by_lua_block` whose body is `body`; `close` is absent where the file ends first.
  mutating func appendLua(body: Range<Int>, opened: Int, close: Int?) {
    appendWord(body, .lua, hasEscapes: false)
    append(.lua, terminator: opened, close: close)
  }
}

// MARK: - Words and mistakes

extension NginxReader {
  /// Marks the beginning of a word, which is the beginning of a statement when it is the first.
  mutating func beginWord() {
    if pendingCount == 0 { statementLine = line }
  }

  mutating func appendWord(
    _ range: Range<Int>, _ quoting: NginxWord.Quoting, hasEscapes: Bool, isClosed: Bool = true
  ) {
    words.append(
      NginxWord(
        start: Int32(truncatingIfNeeded: range.lowerBound),
        end: Int32(truncatingIfNeeded: range.upperBound), quoting: quoting,
        hasEscapes: hasEscapes, isClosed: isClosed))
  }

  /// Takes back the last word of the statement being read.
  mutating func dropLastWord() -> NginxWord? { pendingCount > 0 ? words.popLast() : nil }

  /// Records that bytes belong to no statement.
  mutating func skip(_ range: Range<Int>) {
    let end = Int32(truncatingIfNeeded: range.upperBound)
    let last = skipped.count - 1
    if last >= 0, Int(skipped[last].upperBound) == range.lowerBound {
      skipped[last] = skipped[last].lowerBound..<end
    } else {
      skipped.append(Int32(truncatingIfNeeded: range.lowerBound)..<end)
    }
  }

  /// Records a mistake; the first one is also where nginx stops reading statements.
  mutating func report(
    _ range: Range<Int>, line: Int, _ message: String, help: String? = nil, repair: Repair? = nil,
    start: Int? = nil
  ) {
    if acceptedCount == nil { acceptedCount = directives.count }
    guard errors.count < NginxTree.mostErrors else { return }
    errors.append(
      NginxSyntaxError(
        range: range, line: line - uncountedLines, message: message, help: help,
        repair: repair, start: start))
  }

  /// Whether mistakes are still recorded, and so worth reading a part of the file twice for.
  var recovers: Bool { errors.count < NginxTree.mostErrors }

  /// Remembers the first brace that looks like part of a regular expression.
  mutating func noteSuspectBrace(_ brace: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard suspectBrace == nil, let word = words.last else { return }
    suspectBrace = NginxSuspectBrace(after: word, brace: brace, line: line, in: bytes)
  }

  /// Whether any brace looked like part of a regular expression.
  var hasSuspectBrace: Bool { suspectBrace != nil }

  /// Records that a word goes on behind a brace that nginx takes for the beginning of a block.
  mutating func mend(_ brace: Int) {
    mendedBraces.append(Int32(truncatingIfNeeded: brace))
  }

  /// The words of the statement being read.
  var pendingWords: ArraySlice<NginxWord> { words[firstWord...] }
  /// The line of the statement being read.
  var pendingLine: Int { statementLine }
}
