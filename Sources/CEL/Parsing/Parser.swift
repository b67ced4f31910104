/// Parses an expression by recursive descent, operators by precedence.
struct Parser {
  var lexer: Lexer
  var token: Token
  var tree = SyntaxTree()
  /// Where the last token taken ended.
  var previousEnd = 0
  private var nesting = 0

  /// Expressions are at most this long in bytes; rules are short, and time and memory grow with it.
  static let sourceLimit = 100_000

  /// The tree of an expression.
  ///
  /// - Throws: ``CELError`` for the first place where the grammar is broken.
  static func parse(_ source: String) throws(CELError) -> SyntaxTree {
    let bytes = Array(source.utf8)
    guard bytes.count <= sourceLimit else {
      throw CELError(
        message: "expression is longer than \(sourceLimit) bytes", range: 0..<bytes.count)
    }
    var parser = try Parser(bytes)
    parser.tree.root = try parser.expression()
    guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end") }
    return parser.tree
  }

  private init(_ bytes: [UInt8]) throws(CELError) {
    lexer = Lexer(bytes)
    token = Token(kind: .end, range: 0..<0)
    try advance()
  }

  /// `Expr = ConditionalOr ["?" ConditionalOr ":" Expr]`.
  mutating func expression() throws(CELError) -> NodeID {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= SyntaxTree.depthLimit else { throw SyntaxTree.tooDeep(token.range) }
    let condition = try disjunction()
    guard token.kind == .question else { return condition }
    let question = token.range
    try advance()
    let first = try disjunction()
    try expect(.colon, "':'")
    let second = try expression()
    return try tree.add(
      .conditional(condition, first, second), span(condition), focus: question,
      below: [condition, first, second])
  }

  private mutating func disjunction() throws(CELError) -> NodeID {
    let first = try conjunction()
    guard token.kind == .or else { return first }
    let focus = token.range
    var operands = [first]
    while token.kind == .or {
      try advance()
      operands.append(try conjunction())
    }
    return try tree.add(.or(operands), span(first), focus: focus, below: operands)
  }

  private mutating func conjunction() throws(CELError) -> NodeID {
    let first = try operation(above: 0)
    guard token.kind == .and else { return first }
    let focus = token.range
    var operands = [first]
    while token.kind == .and {
      try advance()
      operands.append(try operation(above: 0))
    }
    return try tree.add(.and(operands), span(first), focus: focus, below: operands)
  }

  /// Relations, sums and products, as far as their operators bind tighter than `precedence`.
  private mutating func operation(above precedence: Int) throws(CELError) -> NodeID {
    var left = try unary()
    while let binary = binaryOperator, binary.precedence > precedence {
      let focus = token.range
      try advance()
      let right = try operation(above: binary.precedence)
      left = try tree.add(
        .binary(binary, left, right), span(left), focus: focus, below: [left, right])
    }
    return left
  }

  private var binaryOperator: BinaryOperator? {
    switch token.kind {
    case .minus: .subtract
    case .binary(let binary): binary
    default: nil
    }
  }

  /// `Unary = Member | "!" {"!"} Member | "-" {"-"} Member`.
  ///
  /// A minus right before a number is the number's: `-9223372036854775808` has no positive half.
  private mutating func unary() throws(CELError) -> NodeID {
    let kind = token.kind
    guard kind == .not || kind == .minus else { return try member() }
    var signs: [Range<Int>] = []
    while token.kind == kind {
      signs.append(token.range)
      try advance()
    }
    var minus: Int?
    if kind == .minus, token.kind == .int || token.kind == .double {
      minus = signs.removeLast().lowerBound
    } else if kind == .not, token.kind == .minus {
      minus = token.range.lowerBound
      try advance()
      guard token.kind == .int || token.kind == .double else { throw unexpected("a number") }
    }
    var node = try member(minus: minus)
    for sign in signs.reversed() {
      let range = sign.lowerBound..<tree[node].range.upperBound
      node = try tree.add(
        kind == .not ? .not(node) : .negate(node), range, focus: sign, below: [node])
    }
    return node
  }
}

// MARK: Tokens

extension Parser {
  mutating func advance() throws(CELError) {
    previousEnd = token.range.upperBound
    token = try lexer.next()
  }

  mutating func expect(_ kind: Token.Kind, _ what: String) throws(CELError) {
    guard token.kind == kind else { throw unexpected(what) }
    try advance()
  }

  func unexpected(_ expected: String) -> CELError {
    let found = token.kind == .end ? "the end" : "'\(lexer.text(token.range))'"
    return CELError(message: "expected \(expected), found \(found)", range: token.range)
  }

  /// From the start of a node to the end of the last token taken.
  func span(_ first: NodeID) -> Range<Int> {
    tree[first].range.lowerBound..<max(previousEnd, tree[first].range.upperBound)
  }
}
