/// A token of an expression: what it is, and the bytes it covers.
struct Token {
  enum Kind: Equatable {
    case end
    /// A name; `true`, `false`, `null` and `in` come as tokens of their own.
    case identifier
    /// A name between backticks, allowed after a dot only.
    case quotedIdentifier
    case int, uint, double
    /// A string literal with its quotes and prefixes.
    case string, bytes
    case trueLiteral, falseLiteral, nullLiteral
    case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
    case dot, comma, colon, question
    case not, minus
    case or, and
    /// A binary operator other than `-`, `||` and `&&`.
    case binary(BinaryOperator)
  }

  let kind: Kind
  let range: Range<Int>
}

/// An operator between two operands, `-` included, `&&` and `||` not.
enum BinaryOperator: Equatable, CaseIterable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, `in`
  case add, subtract, multiply, divide, remainder

  /// The function's name in messages, as the language definition has it.
  var functionName: String {
    switch self {
    case .equal: "_==_"
    case .notEqual: "_!=_"
    case .less: "_<_"
    case .lessOrEqual: "_<=_"
    case .greater: "_>_"
    case .greaterOrEqual: "_>=_"
    case .in: "@in"
    case .add: "_+_"
    case .subtract: "_-_"
    case .multiply: "_*_"
    case .divide: "_/_"
    case .remainder: "_%_"
    }
  }

  /// How tightly it binds; `||` and `&&` are below.
  var precedence: Int {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: 1
    case .add, .subtract: 2
    case .multiply, .divide, .remainder: 3
    }
  }
}
