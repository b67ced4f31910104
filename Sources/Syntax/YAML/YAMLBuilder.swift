/// Turns tokens into nodes: YAML's grammar as a machine with its own stack, since input decides the
/// depth.
struct YAMLBuilder {
  /// Where an open collection stands in its grammar.
  enum State {
    case blockSequence, indentlessSequence
    case blockMappingKey, blockMappingValue
    case flowSequenceFirst, flowSequence
    case flowMappingFirst, flowMapping, flowMappingValue, flowMappingMissingValue
    /// `[a: b]` is a mapping of one pair inside of a sequence.
    case flowPairKey, flowPairValue, flowPairEnd
  }

  private struct Frame {
    var node: Int
    var last = -1
    var state: State
  }

  var scanner: YAMLScanner
  var records: [YAMLRecord] = []
  var properties: [YAMLProperties] = []
  var tokens: [YAMLPiece] = []
  /// Aliases of unknown anchors, and the like: mistakes that keep nothing from being read.
  var mistakes: [SyntaxError] = []
  private var frames: [Frame] = []
  private var anchors: [[UInt8]: Int] = [:]
  private var handles: [String: String] = [:]
  /// The end of the last token with text: where a missing value stands and a block ends.
  private var lastEnd = 0
  private var root = -1

  init(_ bytes: [UInt8]) {
    scanner = YAMLScanner(bytes)
  }

  /// Builds the next document; only a file's first one may begin without `---`.
  ///
  /// - Returns: its node and where its text begins and ends; `nil` at the end of the file.
  mutating func document(
    isFirst: Bool
  ) throws(YAMLFault) -> (root: Int, range: Range<Int>)? {
    frames.removeAll(keepingCapacity: true)
    anchors.removeAll(keepingCapacity: true)
    handles.removeAll(keepingCapacity: true)
    while !isFirst, try scanner.peek().kind == .documentEnd { try take() }
    let start = try scanner.peek().start
    lastEnd = start
    guard try scanner.peek().kind != .streamEnd else { return nil }
    try readDirectives(needsStart: !isFirst)
    root = -1
    let isEmpty = try isNext(.directive, .documentStart, .documentEnd, .streamEnd)
    if isEmpty, !(isFirst && lastEnd == start) {
      addMissing()
    } else {
      try addNode(isBlock: true, allowsIndentless: false)
    }
    while let state = frames.last?.state { try step(state) }
    let end = lastEnd
    guard try isNext(.directive, .documentStart, .documentEnd, .streamEnd) else {
      throw fault("did not find expected <document start>", at: try scanner.peek())
    }
    return (root, start..<max(end, start))
  }

  private mutating func readDirectives(needsStart: Bool) throws(YAMLFault) {
    var isExplicit = needsStart
    while try scanner.peek().kind == .directive {
      let token = try take()
      isExplicit = true
      try directive(token)
    }
    if try scanner.peek().kind == .documentStart {
      try take()
    } else if isExplicit {
      throw fault("did not find expected <document start>", at: try scanner.peek())
    }
  }

  private mutating func directive(_ token: YAMLToken) throws(YAMLFault) {
    let words = scanner.text[token.start..<token.end].split { scanner.isBlank($0) }
      .map { String(decoding: $0, as: UTF8.self) }
    if words.first == "%YAML" {
      guard words.count == 2, words[1].hasPrefix("1.") else {
        throw fault("found incompatible YAML document", at: token)
      }
    } else if words.first == "%TAG" {
      guard words.count == 3, words[1].hasPrefix("!"), words[1].hasSuffix("!") else {
        throw fault("did not find expected tag handle and prefix in a %TAG directive", at: token)
      }
      handles[words[1]] = words[2]
    } else if words.first?.utf8.dropFirst().allSatisfy(Self.isWordByte) != true || words[0] == "%" {
      throw fault("could not find expected directive name", at: token)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte >= 0x30 && byte <= 0x39
      || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }

  // MARK: Tokens

  @discardableResult
  mutating func take() throws(YAMLFault) -> YAMLToken {
    let token = try scanner.take()
    if token.end > token.start {
      lastEnd = token.end
      tokens.append(YAMLPiece(kind: token.pieceKind, range: token.start..<token.end))
    }
    return token
  }

  /// Whether the next token is one of these; parameters instead of an array, which would be
  /// allocated.
  mutating func isNext(
    _ first: YAMLToken.Kind, _ second: YAMLToken.Kind? = nil, _ third: YAMLToken.Kind? = nil,
    _ fourth: YAMLToken.Kind? = nil
  ) throws(YAMLFault) -> Bool {
    let kind = try scanner.peek().kind
    return kind == first || kind == second || kind == third || kind == fourth
  }

  func fault(_ message: String, at token: YAMLToken) -> YAMLFault {
    YAMLFault(
      range: token.start..<max(token.end, min(token.start + 1, scanner.end)),
      message: message + ", but found \(token.name)", help: Self.help(token.kind),
      context: outermostFlowStart)
  }

  /// What is mostly wrong where a block begins or goes on at an unexpected place.
  private static func help(_ found: YAMLToken.Kind) -> String? {
    switch found {
    case .blockMappingStart, .blockSequenceStart, .blockEntry, .key:
      "indent this line as far as the lines that it belongs to"
    default: nil
    }
  }

  /// Where the outermost open bracket or brace stands.
  private var outermostFlowStart: Int? {
    frames.first { records[$0.node].style == .flow }.map { records[$0.node].start }
  }

  // MARK: Nodes, for the grammar

  /// Appends an empty scalar to the innermost collection.
  mutating func addMissing() {
    attach(
      YAMLRecord(
        kind: .scalar, style: .plain, start: lastEnd, end: lastEnd, contentStart: lastEnd,
        contentEnd: lastEnd))
  }

  /// Appends `record` to the innermost collection, or makes it the document.
  @discardableResult
  mutating func attach(_ record: YAMLRecord) -> Int {
    let index = records.count
    records.append(record)
    guard let top = frames.indices.last else {
      root = index
      return index
    }
    let last = frames[top].last
    if last < 0 { records[frames[top].node].first = index } else { records[last].next = index }
    records[frames[top].node].count += 1
    frames[top].last = index
    return index
  }

  mutating func open(_ record: YAMLRecord, _ state: State) throws(YAMLFault) {
    guard frames.count < YAMLFile.depthLimit else { throw scanner.depthFault }
    let node = attach(record)
    frames.append(Frame(node: node, state: state))
  }

  mutating func become(_ state: State) { frames[frames.count - 1].state = state }

  /// Ends the innermost collection where the last token ended.
  mutating func close() {
    guard let frame = frames.popLast() else { return }
    records[frame.node].end = max(lastEnd, records[frame.node].start)
    records[frame.node].contentEnd = records[frame.node].end
  }

  /// Remembers the node that an anchor marks; a later anchor of the same name takes its place.
  mutating func mark(_ anchor: Range<Int>, _ node: Int) {
    anchors[Array(scanner.text[anchor])] = node
  }

  func node(marked name: Range<Int>) -> Int? { anchors[Array(scanner.text[name])] }

  /// The whole tag of a tag token.
  func tag(_ token: YAMLToken) throws(YAMLFault) -> String {
    let bytes = scanner.text[token.start..<token.end]
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("!<") { return String(text.dropFirst(2).dropLast()) }
    guard let split = bytes.dropFirst().firstIndex(of: UInt8(ascii: "!")) else {
      return (handles["!"] ?? "!") + text.dropFirst()
    }
    let handle = String(decoding: bytes[...split], as: UTF8.self)
    let suffix = String(decoding: bytes[(split + 1)...], as: UTF8.self)
    if let prefix = handles[handle] { return prefix + suffix }
    guard handle == "!!" else { throw fault("found undefined tag handle", at: token) }
    return "tag:yaml.org,2002:" + suffix
  }
}

extension YAMLToken {
  var pieceKind: YAMLPiece.Kind {
    switch kind {
    case .directive: .directive
    case .anchor: .anchor
    case .alias: .alias
    case .tag: .tag
    case .scalar: .scalar
    default: .indicator
    }
  }
}
