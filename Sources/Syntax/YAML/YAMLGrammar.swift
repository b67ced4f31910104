/// One step of the grammar for each state of the innermost open collection.
extension YAMLBuilder {
  mutating func step(_ state: State) throws(YAMLFault) {
    switch state {
    case .blockSequence: try blockSequence()
    case .indentlessSequence: try indentlessSequence()
    case .blockMappingKey: try blockMappingKey()
    case .blockMappingValue: try blockMappingValue()
    case .flowSequenceFirst, .flowSequence: try flowSequence(isFirst: state == .flowSequenceFirst)
    case .flowMappingFirst, .flowMapping: try flowMapping(isFirst: state == .flowMappingFirst)
    case .flowMappingValue:
      become(.flowMapping)
      try flowValue(endsAt: .flowEntry, .flowMappingEnd)
    case .flowMappingMissingValue:
      become(.flowMapping)
      addMissing()
    case .flowPairKey:
      try take()
      become(.flowPairValue)
      if try isNext(.value, .flowEntry, .flowSequenceEnd) {
        addMissing()
      } else {
        try addNode(isBlock: false, allowsIndentless: false)
      }
    case .flowPairValue:
      become(.flowPairEnd)
      try flowValue(endsAt: .flowEntry, .flowSequenceEnd)
    case .flowPairEnd: close()
    }
  }

  private mutating func blockSequence() throws(YAMLFault) {
    if try isNext(.blockEntry) {
      try take()
      if try isNext(.blockEntry, .blockEnd) {
        addMissing()
      } else {
        try addNode(isBlock: true, allowsIndentless: false)
      }
    } else {
      try endBlock("did not find expected '-' indicator while parsing a block collection")
    }
  }

  private mutating func endBlock(_ message: String) throws(YAMLFault) {
    guard try isNext(.blockEnd) else { throw fault(message, at: try scanner.peek()) }
    try take()
    close()
  }

  private mutating func indentlessSequence() throws(YAMLFault) {
    guard try isNext(.blockEntry) else { return close() }
    try take()
    if try isNext(.blockEntry, .key, .value, .blockEnd) {
      addMissing()
    } else {
      try addNode(isBlock: true, allowsIndentless: false)
    }
  }

  private mutating func blockMappingKey() throws(YAMLFault) {
    if try isNext(.key) {
      try take()
      become(.blockMappingValue)
      if try isNext(.key, .value, .blockEnd) {
        addMissing()
      } else {
        try addNode(isBlock: true, allowsIndentless: true)
      }
    } else {
      try endBlock("did not find expected key while parsing a block mapping")
    }
  }

  private mutating func blockMappingValue() throws(YAMLFault) {
    become(.blockMappingKey)
    guard try isNext(.value) else { return addMissing() }
    try take()
    if try isNext(.key, .value, .blockEnd) {
      addMissing()
    } else {
      try addNode(isBlock: true, allowsIndentless: true)
    }
  }

  private mutating func flowSequence(isFirst: Bool) throws(YAMLFault) {
    if try isNext(.flowSequenceEnd) { return try endFlow() }
    if !isFirst {
      guard try isNext(.flowEntry) else {
        throw fault(
          "did not find expected ',' or ']' while parsing a flow sequence", at: try scanner.peek())
      }
      try take()
    }
    become(.flowSequence)
    if try isNext(.flowSequenceEnd) { return try endFlow() }
    let next = try scanner.peek()
    if next.kind == .key {
      try open(collection(.mapping, .flow, next), .flowPairKey)
    } else {
      try addNode(isBlock: false, allowsIndentless: false)
    }
  }

  private mutating func endFlow() throws(YAMLFault) {
    try take()
    close()
  }

  private mutating func flowMapping(isFirst: Bool) throws(YAMLFault) {
    if try isNext(.flowMappingEnd) { return try endFlow() }
    if !isFirst {
      guard try isNext(.flowEntry) else {
        throw fault(
          "did not find expected ',' or '}' while parsing a flow mapping", at: try scanner.peek())
      }
      try take()
    }
    if try isNext(.key) {
      try take()
      become(.flowMappingValue)
      if try isNext(.value, .flowEntry, .flowMappingEnd) {
        addMissing()
      } else {
        try addNode(isBlock: false, allowsIndentless: false)
      }
    } else if try isNext(.flowMappingEnd) {
      try endFlow()
    } else {
      become(.flowMappingMissingValue)
      try addNode(isBlock: false, allowsIndentless: false)
    }
  }

  private mutating func flowValue(
    endsAt first: YAMLToken.Kind, _ second: YAMLToken.Kind
  ) throws(YAMLFault) {
    guard try isNext(.value) else { return addMissing() }
    try take()
    if try isNext(first, second) {
      addMissing()
    } else {
      try addNode(isBlock: false, allowsIndentless: false)
    }
  }

  private func collection(
    _ kind: YAMLKind, _ style: YAMLStyle, _ token: YAMLToken
  ) -> YAMLRecord {
    YAMLRecord(
      kind: kind, style: style, start: token.start, end: token.end, contentStart: token.start,
      contentEnd: token.end)
  }

  /// Reads a node with its anchor and tag: a whole scalar or alias, or the opening of a collection.
  mutating func addNode(isBlock: Bool, allowsIndentless: Bool) throws(YAMLFault) {
    if try scanner.peek().kind == .alias { return addAlias(try take()) }
    var found = YAMLProperties()
    while try isNext(.anchor, .tag) {
      let token = try scanner.peek()
      guard token.kind == .anchor ? found.anchor == nil : found.tag == nil else { break }
      try take()
      if token.kind == .anchor {
        found.anchor = token.contentStart..<token.contentEnd
      } else {
        found.tag = try tag(token)
        found.tagRange = token.start..<token.end
      }
    }
    let hasProperties = found.anchor != nil || found.tag != nil
    let index = records.count
    try addContent(
      isBlock: isBlock, allowsIndentless: allowsIndentless, allowsNothing: hasProperties)
    if hasProperties {
      records[index].properties = properties.count
      properties.append(found)
    }
    if let anchor = found.anchor { mark(anchor, index) }
  }

  private mutating func addAlias(_ token: YAMLToken) {
    let name = token.contentStart..<token.contentEnd
    var record = YAMLRecord(
      kind: .alias, style: .plain, start: token.start, end: token.end,
      contentStart: name.lowerBound, contentEnd: name.upperBound)
    if let target = node(marked: name) {
      record.first = target
    } else {
      let text = String(decoding: scanner.text[name], as: UTF8.self)
      mistakes.append(
        SyntaxError(range: token.start..<token.end, message: "found undefined alias '\(text)'"))
    }
    attach(record)
  }

  private mutating func addContent(
    isBlock: Bool, allowsIndentless: Bool, allowsNothing: Bool
  ) throws(YAMLFault) {
    let token = try scanner.peek()
    switch token.kind {
    case .blockEntry where allowsIndentless:
      try open(collection(.sequence, .block, token), .indentlessSequence)
    case .scalar:
      try take()
      attach(
        YAMLRecord(
          kind: .scalar, style: token.style, start: token.start, end: token.end,
          contentStart: token.contentStart, contentEnd: token.contentEnd, value: token.value))
    case .flowSequenceStart:
      try take()
      try open(collection(.sequence, .flow, token), .flowSequenceFirst)
    case .flowMappingStart:
      try take()
      try open(collection(.mapping, .flow, token), .flowMappingFirst)
    case .blockSequenceStart where isBlock:
      try take()
      try open(collection(.sequence, .block, token), .blockSequence)
    case .blockMappingStart where isBlock:
      try take()
      try open(collection(.mapping, .block, token), .blockMappingKey)
    default:
      guard allowsNothing else {
        throw fault(
          "did not find expected node content while parsing a \(isBlock ? "block" : "flow") node",
          at: token)
      }
      addMissing()
    }
  }
}
