extension Parser {
  /// `Member = Primary | Member "." … | Member "[" Expr "]" | Name "{" … "}"`.
  ///
  /// - Parameter minus: where the minus of a negative number stands, which is the token before.
  mutating func member(minus: Int? = nil) throws(CELError) -> NodeID {
    let start = minus ?? token.range.lowerBound
    var node = try primary(minus: minus)
    while true {
      switch token.kind {
      case .dot: node = try selection(of: node, from: start)
      case .leftBracket: node = try index(of: node, from: start)
      case .leftBrace:
        guard let name = qualifiedName(node) else { return node }
        node = try structure(name, from: start)
      default: return node
      }
    }
  }

  private mutating func selection(of operand: NodeID, from start: Int) throws(CELError) -> NodeID {
    try advance()
    var isOptional = false
    if token.kind == .question {
      isOptional = true
      try advance()
    }
    let name = token
    guard name.kind == .identifier || name.kind == .quotedIdentifier else {
      throw unexpected("a field or function name")
    }
    try advance()
    if token.kind == .leftParen, !isOptional, name.kind == .identifier {
      try advance()
      let arguments = try list(until: .rightParen, "')'")
      return try memberCall(
        lexer.text(name.range), on: operand, arguments, start..<previousEnd, focus: name.range)
    }
    let field =
      name.kind == .identifier ? lexer.text(name.range) : lexer.quotedName(name)
    return try tree.add(
      .select(operand, field: field, isOptional: isOptional), start..<name.range.upperBound,
      focus: name.range, below: [operand])
  }

  private mutating func index(of operand: NodeID, from start: Int) throws(CELError) -> NodeID {
    let bracket = token.range.lowerBound
    try advance()
    let isOptional = try takeQuestion()
    let index = try expression()
    try expect(.rightBracket, "']'")
    return try tree.add(
      .index(operand, index, isOptional: isOptional), start..<previousEnd,
      focus: bracket..<previousEnd, below: [operand, index])
  }

  private mutating func primary(minus: Int?) throws(CELError) -> NodeID {
    let first = token
    switch first.kind {
    case .identifier: return try identifier(isAbsolute: false, from: first.range.lowerBound)
    case .dot:
      try advance()
      guard token.kind == .identifier else { throw unexpected("a name") }
      return try identifier(isAbsolute: true, from: first.range.lowerBound)
    case .leftParen:
      try advance()
      let inner = try expression()
      try expect(.rightParen, "')'")
      return inner
    case .leftBracket: return try listLiteral()
    case .leftBrace: return try mapLiteral()
    case .int, .uint, .double:
      let value = try lexer.number(first, isNegative: minus != nil)
      let start = minus ?? first.range.lowerBound
      try advance()
      return try tree.add(.literal(value), start..<first.range.upperBound)
    default:
      guard let value = try constant(first) else { throw unexpected("an expression") }
      try advance()
      return try tree.add(.literal(value), first.range)
    }
  }

  private func constant(_ token: Token) throws(CELError) -> Value? {
    switch token.kind {
    case .string, .bytes: try lexer.literal(token)
    case .trueLiteral: .bool(true)
    case .falseLiteral: .bool(false)
    case .nullLiteral: .null
    default: nil
    }
  }

  private mutating func identifier(
    isAbsolute: Bool, from start: Int
  ) throws(CELError) -> NodeID {
    let range = token.range
    let name = lexer.text(range)
    guard !Self.reservedWords.contains(name) else {
      throw CELError(message: "'\(name)' is a reserved word", range: range)
    }
    try advance()
    guard token.kind == .leftParen else {
      return try tree.add(
        .identifier(name, isAbsolute: isAbsolute), start..<range.upperBound, focus: range)
    }
    try advance()
    let arguments = try list(until: .rightParen, "')'")
    if !isAbsolute, name == "has", arguments.count == 1 {
      return try has(arguments[0], start..<previousEnd)
    }
    return try tree.add(
      .call(name, isAbsolute: isAbsolute, arguments: arguments), start..<previousEnd,
      focus: range, below: arguments)
  }

  /// Words that are kept for languages that embed this one; they may be fields, never variables.
  private static let reservedWords: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]
}

// MARK: Lists, maps, structures

extension Parser {
  /// Expressions with commas between them, up to the closing token, which is taken too.
  mutating func list(until end: Token.Kind, _ what: String) throws(CELError) -> [NodeID] {
    var items: [NodeID] = []
    if token.kind != end {
      items.append(try expression())
      while token.kind == .comma {
        try advance()
        items.append(try expression())
      }
    }
    try expect(end, items.isEmpty ? "an expression or \(what)" : "',' or \(what)")
    return items
  }

  private mutating func takeQuestion() throws(CELError) -> Bool {
    guard token.kind == .question else { return false }
    try advance()
    return true
  }

  /// The grammar allows a comma at the end even where nothing stands before it: `[,]`.
  private mutating func takeLoneComma() throws(CELError) {
    guard token.kind == .comma else { return }
    try advance()
    guard token.kind == .rightBracket || token.kind == .rightBrace else {
      throw unexpected("the end of an empty list or map")
    }
  }

  private mutating func listLiteral() throws(CELError) -> NodeID {
    let start = token.range.lowerBound
    try advance()
    var entries: [ListEntry] = []
    try takeLoneComma()
    while token.kind != .rightBracket {
      let isOptional = try takeQuestion()
      entries.append(ListEntry(element: try expression(), isOptional: isOptional))
      guard token.kind == .comma else { break }
      try advance()
    }
    try expect(.rightBracket, "',' or ']'")
    return try tree.add(.list(entries), start..<previousEnd, below: entries.map(\.element))
  }

  private mutating func mapLiteral() throws(CELError) -> NodeID {
    let start = token.range.lowerBound
    try advance()
    var entries: [MapEntry] = []
    try takeLoneComma()
    while token.kind != .rightBrace {
      let isOptional = try takeQuestion()
      let key = try expression()
      try expect(.colon, "':'")
      entries.append(MapEntry(key: key, value: try expression(), isOptional: isOptional))
      guard token.kind == .comma else { break }
      try advance()
    }
    try expect(.rightBrace, "',' or '}'")
    return try tree.add(
      .map(entries), start..<previousEnd, below: entries.flatMap { [$0.key, $0.value] })
  }

  /// Reads `{field: value, …}` after a name.
  private mutating func structure(_ name: String, from start: Int) throws(CELError) -> NodeID {
    let focus = start..<previousEnd
    try advance()
    try takeLoneComma()
    while token.kind != .rightBrace {
      _ = try takeQuestion()
      guard token.kind == .identifier || token.kind == .quotedIdentifier else {
        throw unexpected("a field name")
      }
      try advance()
      try expect(.colon, "':'")
      _ = try expression()
      guard token.kind == .comma else { break }
      try advance()
    }
    try expect(.rightBrace, "',' or '}'")
    return try tree.add(.structure(name), start..<previousEnd, focus: focus)
  }

  /// The dotted name that a node spells, if it is nothing but one.
  func qualifiedName(_ node: NodeID) -> String? {
    tree.qualifiedName(node)?.name
  }
}

extension SyntaxTree {
  /// The dotted name that a node spells, if it is nothing but one, and whether a dot precedes it.
  func qualifiedName(_ node: NodeID) -> (name: String, isAbsolute: Bool)? {
    switch self[node].kind {
    case .identifier(let name, let isAbsolute): return (name, isAbsolute)
    case .select(let operand, let field, false):
      guard let (prefix, isAbsolute) = qualifiedName(operand) else { return nil }
      return ("\(prefix).\(field)", isAbsolute)
    default: return nil
    }
  }
}
