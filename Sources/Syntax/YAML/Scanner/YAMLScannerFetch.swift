/// One token after another.
extension YAMLScanner {
  /// Finds the next token and appends it, with the block starts and ends that its place brings.
  mutating func fetch() throws(YAMLFault) {
    skipToToken()
    try dropStaleKeys()
    unwindIndent(to: column)
    guard offset < end else { return try finish() }
    if column == 0 {
      if text[offset] == UInt8(ascii: "%") { return try fetchDirective() }
      if isAtDocumentIndicator { return try fetchDocumentIndicator() }
    }
    switch text[offset] {
    case UInt8(ascii: "["): try fetchFlowStart(.flowSequenceStart)
    case UInt8(ascii: "{"): try fetchFlowStart(.flowMappingStart)
    case UInt8(ascii: "]"): try fetchFlowEnd(.flowSequenceEnd)
    case UInt8(ascii: "}"): try fetchFlowEnd(.flowMappingEnd)
    case UInt8(ascii: ","):
      allowsSimpleKey = true
      try removeSimpleKey()
      append(.flowEntry, length: 1)
    case UInt8(ascii: "-") where isSpace(at: offset + 1): try fetchBlockEntry()
    case UInt8(ascii: "?") where flowLevel > 0 || isSpace(at: offset + 1): try fetchKey()
    case UInt8(ascii: ":") where flowLevel > 0 || isSpace(at: offset + 1): try fetchValue()
    case UInt8(ascii: "*"): try fetchAnchor(.alias)
    case UInt8(ascii: "&"): try fetchAnchor(.anchor)
    case UInt8(ascii: "!"): try fetchTag()
    case UInt8(ascii: "|") where flowLevel == 0: try fetchBlockScalar(.literal)
    case UInt8(ascii: ">") where flowLevel == 0: try fetchBlockScalar(.folded)
    case UInt8(ascii: "'"): try fetchQuoted(.singleQuoted)
    case UInt8(ascii: "\""): try fetchQuoted(.doubleQuoted)
    default:
      guard isPlainStart else { throw cannotStart }
      try fetchPlain()
    }
  }

  /// Whether a plain scalar may begin here; indicators may where something follows them at once.
  private var isPlainStart: Bool {
    switch text[offset] {
    case UInt8(ascii: "-"): !isSpace(at: offset + 1)
    case UInt8(ascii: "?"), UInt8(ascii: ":"): flowLevel == 0 && !isSpace(at: offset + 1)
    case UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"),
      UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"), 0x09, 0x00:
      false
    default: true
    }
  }

  private var cannotStart: YAMLFault {
    var stop = offset + 1
    while stop < end, text[stop] & 0xC0 == 0x80 { stop += 1 }
    return YAMLFault(
      range: offset..<stop, message: "\(character(at: offset)) cannot start any token",
      help: text[offset] == 0x09
        ? "indent with blanks, not tabs" : "put the value in quotes")
  }

  /// Steps over blanks, comments and line breaks.
  private mutating func skipToToken() {
    while offset < end {
      let byte = text[offset]
      if byte == 0x20 {
        offset += 1
      } else if byte == 0x09, flowLevel > 0 || !allowsSimpleKey {
        let start = offset
        while text[offset] == 0x09 { offset += 1 }
        separatingTabs.append(start..<offset)
      } else if byte == UInt8(ascii: "#") {
        while offset < end, breakLength(at: offset) == 0 { offset += 1 }
      } else {
        let length = breakLength(at: offset)
        guard length > 0 else { return }
        passBreak(length)
        if flowLevel == 0 { allowsSimpleKey = true }
      }
    }
  }

  private mutating func fetchDirective() throws(YAMLFault) {
    unwindIndent(to: -1)
    try removeSimpleKey()
    allowsSimpleKey = false
    let start = offset
    while offset < end, breakLength(at: offset) == 0 { offset += 1 }
    var stop = start + 1
    while stop < offset, !(text[stop] == UInt8(ascii: "#") && isBlank(text[stop - 1])) { stop += 1 }
    while stop > start + 1, isBlank(text[stop - 1]) { stop -= 1 }
    offset = stop
    append(YAMLToken(kind: .directive, start: start, end: stop))
  }

  private mutating func fetchDocumentIndicator() throws(YAMLFault) {
    unwindIndent(to: -1)
    try removeSimpleKey()
    allowsSimpleKey = false
    append(text[offset] == UInt8(ascii: "-") ? .documentStart : .documentEnd, length: 3)
  }

  private mutating func fetchFlowStart(_ kind: YAMLToken.Kind) throws(YAMLFault) {
    guard flowLevel < YAMLFile.depthLimit else { throw depthFault }
    try saveSimpleKey()
    flowLevel += 1
    allowsSimpleKey = true
    append(kind, length: 1)
  }

  private mutating func fetchFlowEnd(_ kind: YAMLToken.Kind) throws(YAMLFault) {
    try removeSimpleKey()
    flowLevel = max(flowLevel - 1, 0)
    allowsSimpleKey = false
    append(kind, length: 1)
  }

  private mutating func fetchBlockEntry() throws(YAMLFault) {
    if flowLevel == 0 {
      guard allowsSimpleKey else {
        throw YAMLFault(
          range: offset..<offset + 1,
          message: "block sequence entries are not allowed in this context")
      }
      if try addIndent(column) { append(.blockSequenceStart, length: 0) }
    }
    allowsSimpleKey = true
    try removeSimpleKey()
    append(.blockEntry, length: 1)
  }

  private mutating func fetchKey() throws(YAMLFault) {
    if flowLevel == 0 {
      guard allowsSimpleKey else {
        throw YAMLFault(
          range: offset..<offset + 1, message: "mapping keys are not allowed in this context")
      }
      if try addIndent(column) { append(.blockMappingStart, length: 0) }
    }
    allowsSimpleKey = flowLevel == 0
    try removeSimpleKey()
    append(.key, length: 1)
  }

  private mutating func fetchValue() throws(YAMLFault) {
    if try takeSimpleKey() {
      allowsSimpleKey = false
    } else {
      if flowLevel == 0 {
        guard allowsSimpleKey else {
          throw YAMLFault(
            range: offset..<offset + 1, message: "mapping values are not allowed in this context",
            help: "put a value that contains ': ' in quotes, or check the indentation")
        }
        if try addIndent(column) { append(.blockMappingStart, length: 0) }
      }
      allowsSimpleKey = flowLevel == 0
      try removeSimpleKey()
    }
    append(.value, length: 1)
  }
}
