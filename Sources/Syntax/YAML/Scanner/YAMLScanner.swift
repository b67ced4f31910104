/// Turns bytes into tokens: indentation becomes block starts and ends, and `:` makes keys of what
/// stands before it.
///
/// The method is libyaml's, over bytes: a token that may turn out to be a key (a *simple key*) is
/// remembered; only when the `:` comes is a key token put before it.
struct YAMLScanner {
  /// The file, with lines at fault blanked, and zeros after the end so that looking ahead needs no
  /// check.
  var text: [UInt8]
  /// The number of bytes of the file.
  let end: Int
  var offset = 0
  var lineStart = 0
  var line = 0
  /// Decoded scalars, for the whole file.
  var values: [[UInt8]] = []
  var separatingTabs: [Range<Int>] = []
  /// 0 outside of brackets and braces.
  var flowLevel = 0
  /// The column of the innermost block collection; -1 outside of all.
  var indent = -1
  var allowsSimpleKey = true

  private var tokens: [YAMLToken] = []
  private var taken = 0
  private var indents: [Int] = []
  private var simpleKeys: [SimpleKey] = []
  private var isDone = false

  /// A token that is a key if a `:` follows on its line; at most one on each flow level.
  private struct SimpleKey {
    var token: Int
    var level: Int
    var start: Int
    var line: Int
    var column: Int
    /// At the indentation of a block mapping nothing but a key can stand.
    var isRequired: Bool
  }

  init(_ bytes: [UInt8]) {
    end = bytes.count
    text = bytes + [0, 0, 0, 0]
  }

  var column: Int { offset - lineStart }

  /// Begins anew at `offset`, where a document begins.
  mutating func restart(at offset: Int) {
    self.offset = offset
    lineStart = offset
    while lineStart > 0, breakLength(endingAt: lineStart) == 0 { lineStart -= 1 }
    flowLevel = 0
    indent = -1
    allowsSimpleKey = offset == lineStart || offset == 3 && startsWithMark
    tokens.removeAll(keepingCapacity: true)
    taken = 0
    indents.removeAll(keepingCapacity: true)
    simpleKeys.removeAll(keepingCapacity: true)
    isDone = false
    if offset == 0, startsWithMark {
      self.offset = 3
      lineStart = 3
    }
  }

  /// Whether the file begins with a byte order mark.
  var startsWithMark: Bool { text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF }

  /// The next token, which stays.
  mutating func peek() throws(YAMLFault) -> YAMLToken {
    while !isDone, taken >= tokens.count || (simpleKeys.first?.token ?? .max) <= taken {
      try fetch()
    }
    return tokens[min(taken, tokens.count - 1)]
  }

  /// The next token, which is consumed; the end of the stream stays.
  @discardableResult
  mutating func take() throws(YAMLFault) -> YAMLToken {
    let token = try peek()
    if token.kind != .streamEnd { taken += 1 }
    if taken == tokens.count, simpleKeys.isEmpty {
      tokens.removeAll(keepingCapacity: true)
      taken = 0
    }
    return token
  }

  // MARK: Indentation and simple keys, for the extensions that fetch tokens

  mutating func append(_ token: YAMLToken) { tokens.append(token) }

  mutating func append(_ kind: YAMLToken.Kind, length: Int) {
    tokens.append(YAMLToken(kind: kind, start: offset, end: offset + length))
    offset += length
  }

  /// Ends the block collections that are indented deeper than `column`.
  mutating func unwindIndent(to column: Int) {
    guard flowLevel == 0 else { return }
    while indent > column {
      indent = indents.popLast() ?? -1
      tokens.append(YAMLToken(kind: .blockEnd, start: offset, end: offset))
    }
  }

  /// Whether `column` begins a new block collection, which is then the innermost.
  mutating func addIndent(_ column: Int) throws(YAMLFault) -> Bool {
    guard indent < column else { return false }
    guard indents.count < YAMLFile.depthLimit else { throw depthFault }
    indents.append(indent)
    indent = column
    return true
  }

  var depthFault: YAMLFault {
    YAMLFault(
      range: offset..<min(offset + 1, end),
      message: "collections are nested deeper than \(YAMLFile.depthLimit)")
  }

  /// Remembers that the token about to be fetched may be a key.
  mutating func saveSimpleKey() throws(YAMLFault) {
    guard allowsSimpleKey else { return }
    try removeSimpleKey()
    simpleKeys.append(
      SimpleKey(
        token: tokens.count, level: flowLevel, start: offset, line: line, column: column,
        isRequired: flowLevel == 0 && indent == column))
  }

  /// Forgets the possible key of this flow level.
  mutating func removeSimpleKey() throws(YAMLFault) {
    guard let key = simpleKeys.last, key.level == flowLevel else { return }
    simpleKeys.removeLast()
    if key.isRequired { throw missingColon(after: key) }
  }

  /// Forgets possible keys that cannot be keys any more: those of earlier lines and overlong ones.
  mutating func dropStaleKeys() throws(YAMLFault) {
    guard let first = simpleKeys.first else { return }
    if first.line != line {
      simpleKeys.removeAll(keepingCapacity: true)
      if first.isRequired { throw missingColon(after: first) }
    }
    while let key = simpleKeys.first, isOverlong(key) {
      simpleKeys.removeFirst()
      if key.isRequired { throw missingColon(after: key) }
    }
  }

  /// YAML allows 1,024 characters, so that no reader must look ahead farther.
  private func isOverlong(_ key: SimpleKey) -> Bool {
    guard offset - key.start > 1_024 else { return false }
    guard offset - key.start <= 4_096 else { return true }
    return text[key.start..<offset].count { $0 & 0xC0 != 0x80 } > 1_024
  }

  private func missingColon(after key: SimpleKey) -> YAMLFault {
    var stop = key.start
    while stop < end, breakLength(at: stop) == 0, text[stop] != UInt8(ascii: "#") { stop += 1 }
    while stop > key.start + 1, isBlank(text[stop - 1]) { stop -= 1 }
    return YAMLFault(
      range: key.start..<stop, message: "could not find expected ':' while scanning a simple key")
  }

  /// Makes a key of the possible key before this `:`, if there is one.
  mutating func takeSimpleKey() throws(YAMLFault) -> Bool {
    guard let key = simpleKeys.last, key.level == flowLevel else { return false }
    simpleKeys.removeLast()
    tokens.insert(YAMLToken(kind: .key, start: key.start, end: key.start), at: key.token)
    if flowLevel == 0, try addIndent(key.column) {
      tokens.insert(
        YAMLToken(kind: .blockMappingStart, start: key.start, end: key.start), at: key.token)
    }
    return true
  }

  mutating func finish() throws(YAMLFault) {
    unwindIndent(to: -1)
    try removeSimpleKey()
    simpleKeys.removeAll()
    append(.streamEnd, length: 0)
    isDone = true
  }
}
