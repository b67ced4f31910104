/// Blocks with a grammar of their own: conditions, locations, and bodies of data.
enum FuzzBlocks {
  private static let variables = [
    "$uri", "$host", "$arg_a", "$nosuch", "$", "uri", "${uri}", "\"$uri\"",
  ]
  private static let operators = ["=", "!=", "~", "~*", "!~", "!~*", "==", "=~", ">", "!"]
  private static let operands = [
    "a", "\"a b\"", "^/x", "\"^/a{2}\"", "", "\"\"", "$host", "(a|b)", "[",
  ]

  static func condition(_ dice: inout FuzzDice) -> String {
    let open = dice.pick(["(", "( ", "(", "(", ""])
    let close = dice.pick([")", " )", ")", ")", ""])
    switch dice.number(0...9) {
    case 0...2: return open + dice.pick(variables) + close
    case 3...6:
      let blank = dice.pick([" ", " ", " ", ""])
      return open + dice.pick(variables) + " " + dice.pick(operators) + blank + dice.pick(operands)
        + close
    case 7, 8:
      let test = dice.pick(["-f", "!-f", "-d", "-e", "-x", "! -f", "-q", "!-x", "-"])
      return open + test + " " + dice.pick(variables) + close
    default: return dice.pick(["()", "( )", "", "$uri", "(a)", "($uri) ($host)", "(-f)"])
    }
  }

  static func location(_ dice: inout FuzzDice) -> String {
    let modifier = dice.pick([
      "", "", "= ", "~ ", "~* ", "^~ ", "@", "=", "~", "~*", "^~", "== ", "*",
    ])
    return modifier
      + dice.pick([
        "/", "/a", "/a/b", "\\.php$", "a", "\"/a b\"", "\"^/a{2}\"", "/a /b", "", "(", "@x",
      ])
  }

  static func data(_ dice: inout FuzzDice) -> String {
    let (head, rows) = dice.pick(kinds)
    let body = (0..<dice.number(0...4)).map { _ in dice.pick(rows) }
    return head + " {\n" + body.joined(separator: "\n") + "\n}"
  }

  private static let kinds: [(String, [String])] = [
    (
      "map $uri $m",
      [
        "default a;", "a b;", "~^/x 1;", "hostnames;", "volatile;", "\"\" c;", "a b c;", "d;",
        "*.e f;", "~( g;", "\\default h;", "A b;", "include absent/*;", "x {\n}", "~*y{2} 1;",
        "default $host;", "i $nosuch;", "include;",
      ]
    ),
    (
      "geo $g",
      [
        "default a;", "10.0.0.0/8 b;", "10.0.0.1 c;", "ranges;", "proxy 10.0.0.0/8;", "d e;",
        "delete 10.0.0.0/8;", "proxy_recursive;", "10.0.0.1-10.0.0.9 f;", "::1 g;", "::/0 h;",
        "10.0.0.0/8;", "10.0.0.1/8 i;", "include absent/*;", "10.0.0.0/33 j;", "300.0.0.1 k;",
        "proxy x;", "hostnames;",
      ]
    ),
    (
      "types",
      [
        "text/html html htm;", "text/html;", "text/html html;", "a b c d;", "x {\n}", "x y {",
        "include absent/*;", "include;", "TEXT/HTML HTML;", "\"a b\" c;",
      ]
    ),
    (
      "split_clients $uri $s",
      [
        "10% a;", "* b;", "0.5% c;", "100% d;", "50% e;", "1.234% f;", "x% g;", "10 h;", "% i;",
        "0% j;", "12.34% k;", "10% a b;", "include absent/*;", "*;", "99.99% l;",
      ]
    ),
    (
      "charset_map koi8-r utf-8",
      ["80 E282AC;", "C0 D18E;", "XX E282AC;", "80;", "100 E282AC;", "1 2 3;"]
    ),
    ("match x", ["status 200;"]),
    ("nosuchblock a", ["b;"]),
  ]
}
