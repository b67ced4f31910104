/// The configuration of a number: the same one every time for the same seed.
enum FuzzCase {
  static func bytes(_ number: Int, seed: UInt64) -> [UInt8] {
    var dice = FuzzDice(seed: seed, case: number)
    let text: [UInt8]
    switch number % 10 {
    case 0, 1: text = Array(FuzzTokens.word(&dice).utf8)
    case 2: text = Array(FuzzTokens.list(&dice).utf8)
    case 3: text = Array(FuzzTokens.border(&dice).utf8)
    case 4: text = Array(FuzzTokens.loose(&dice).utf8)
    case 5, 6, 7: text = Array(FuzzGrammar.configuration(&dice).utf8)
    default: text = FuzzMutation.file(&dice)
    }
    return NginxOracle.safeguard + text
  }
}

/// Texts that torture the reader: quotes, escapes, braces and blanks in every order.
enum FuzzTokens {
  private static let atoms = [
    "a", "b1", "\"", "'", "\\", "{", "}", ";", "#", "$", " ", "\t", "\n", "\r\n", "${v}", "\\\"",
    "\\'", "\\n", "\\t", "\\\\", "\"a b\"", "'c'", ")", "(", "x y;", "\u{A0}", "\u{0C}", "\\;",
    "${",
    "~^/a{2}$", "\u{FEFF}", "\r", "\u{0B}", "if", "é", "\u{7F}",
  ]

  /// One argument that nginx says again.
  static func word(_ dice: inout FuzzDice) -> String {
    "events { use \(dice.text(atoms, 1...7)); }\n"
  }

  /// Many words: nginx says of each that it has seen it before.
  static func list(_ dice: inout FuzzDice) -> String {
    let words = dice.text(atoms, 1...14)
    return "events {}\nhttp { types {\na \(words);\nb \(words)\n}}\n"
  }

  static func loose(_ dice: inout FuzzDice) -> String { dice.text(atoms, 1...12) }

  /// Words, strings and comments about as long as nginx's buffer.
  static func border(_ dice: inout FuzzDice) -> String {
    let unit = dice.pick(["a", "\\;", "c d ", "#c", "x", "\\\"", "é"])
    let opening = dice.pick(["\"", "'", "", "#", "$", "\\"])
    let count = dice.number(4_080...4_100)
    let filler = String(String(repeating: unit, count: 4_100).prefix(count))
    let before = dice.pick([
      "", String(repeating: " ", count: dice.number(3_950...4_100)), "\n\n\n",
    ])
    let after = dice.pick(["", "\n", String(repeating: "#", count: 3_000)])
    let body = dice.text(atoms, 0...4) + opening + filler + dice.text(atoms, 0...4)
    return "events {}\nhttp { types {\n\(before)\(body)\n; z z; }}\(after)"
  }
}
