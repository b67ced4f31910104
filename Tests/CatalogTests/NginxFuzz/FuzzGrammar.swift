import Catalog

/// Small configurations out of the table of directives, most of them right.
struct FuzzGrammar {
  private var dice: FuzzDice
  private var lines: [String] = []

  static func configuration(_ dice: inout FuzzDice) -> String {
    var grammar = FuzzGrammar(dice: dice)
    grammar.main()
    dice = grammar.dice
    return grammar.lines.joined(separator: "\n") + "\n"
  }

  /// Contexts whose directives come by the table.
  private static let kinds: [NginxContextKind] = [
    .main, .events, .http, .server, .location, .upstream, .ifInServer, .ifInLocation, .limitExcept,
    .stream, .streamServer, .streamUpstream, .mail, .mailServer,
  ]

  /// The names that may stand in each context and that this nginx was built with.
  private static let names: [NginxContextKind: [String]] = {
    let table = NginxDirectiveTable.shared
    var names: [NginxContextKind: [String]] = [:]
    for id in table.ids {
      let name = table.name(id)
      guard NginxOracle.words.contains(name), !excluded.contains(name) else { continue }
      for kind in kinds {
        if let info = table.info(id, in: kind), !info.isThirdParty, !info.isCommercial {
          names[kind, default: []].append(name)
        }
      }
    }
    return names
  }()

  /// Directives that would stop every case, or that open what only the machine knows.
  private static let excluded: Set<String> = [
    "include", "load_module", "pid", "http", "events", "stream", "mail", "server", "upstream",
    "location", "if", "limit_except",
  ]

  private mutating func main() {
    statements(.main, 0...1)
    block("events") { $0.statements(.events, 0...1) }
    block("http") { $0.http() }
    let words = NginxOracle.words
    if dice.chance(15), words.contains("ssl_preread") || words.contains("proxy_responses") {
      block("stream") { $0.stream() }
    }
    if dice.chance(10), words.contains("imap_capabilities") {
      block("mail") { $0.mail() }
    }
  }

  private mutating func http() {
    statements(.http, 0...2)
    if dice.chance(25) {
      block("upstream u\(dice.number(0...2))") { grammar in
        if grammar.dice.chance(95) { grammar.add("server 127.0.0.1:80;") }
        grammar.statements(.upstream, 0...2)
      }
    }
    if dice.chance(30) { add(FuzzBlocks.data(&dice)) }
    for _ in 0..<dice.number(0...2) { block("server") { $0.server() } }
    statements(.http, 0...1)
  }

  private mutating func server() {
    statements(.server, 0...2)
    if dice.chance(20) {
      block("if \(FuzzBlocks.condition(&dice))") { $0.statements(.ifInServer, 0...1) }
    }
    for _ in 0..<dice.number(0...2) {
      block("location \(FuzzBlocks.location(&dice))") { $0.location(depth: 0) }
    }
  }

  private mutating func location(depth: Int) {
    statements(.location, 0...2)
    if dice.chance(15) {
      block("if \(FuzzBlocks.condition(&dice))") { $0.statements(.ifInLocation, 0...1) }
    }
    if dice.chance(10) {
      block("limit_except \(dice.pick(["GET", "GET POST", "get", "FOO", "PATCH"]))") {
        $0.statements(.limitExcept, 0...1)
      }
    }
    if depth < 1, dice.chance(15) {
      block("location \(FuzzBlocks.location(&dice))") { $0.location(depth: depth + 1) }
    }
  }

  private mutating func stream() {
    statements(.stream, 0...1)
    if dice.chance(50) {
      block("upstream s") { grammar in
        grammar.add("server 127.0.0.1:80;")
        grammar.statements(.streamUpstream, 0...1)
      }
    }
    block("server") { grammar in
      if grammar.dice.chance(90) { grammar.add("listen 127.0.0.1:12345;") }
      if grammar.dice.chance(90) { grammar.add("proxy_pass 127.0.0.1:2;") }
      grammar.statements(.streamServer, 0...2)
    }
  }

  private mutating func mail() {
    add("auth_http http://127.0.0.1/;")
    statements(.mail, 0...1)
    block("server") { grammar in
      if grammar.dice.chance(90) { grammar.add("listen 127.0.0.1:143;") }
      grammar.statements(.mailServer, 0...2)
    }
  }

  private mutating func block(_ head: String, _ body: (inout FuzzGrammar) -> Void) {
    // A block in a wrong place, a semicolon too many and the like come by themselves now and then.
    add(dice.chance(2) ? head + ";" : dice.chance(3) ? head + "{" : head + " {")
    body(&self)
    add(dice.chance(1) ? "};" : dice.chance(1) ? "" : "}")
  }

  private mutating func add(_ line: String) { lines.append(line) }

  private mutating func statements(_ kind: NginxContextKind, _ counts: ClosedRange<Int>) {
    for _ in 0..<dice.number(counts) { statement(kind) }
  }

  private mutating func statement(_ kind: NginxContextKind) {
    let table = NginxDirectiveTable.shared
    let wanted = dice.chance(4) ? dice.pick(Self.kinds) : kind
    guard let names = Self.names[wanted], !names.isEmpty else { return }
    var name = dice.pick(names)
    guard let info = table.info(table.id(name), in: wanted) else { return }
    var count = info.leastArguments
    if dice.chance(30) { count = min(count + dice.number(0...3), info.mostArguments ?? 9) }
    if dice.chance(4) { count = max(0, count + dice.pick([-1, 1])) }
    if dice.chance(2) { name = FuzzValues.misspelt(name, &dice) }
    let arguments = FuzzValues.arguments(count, of: name, info.value, &dice)
    let words = ([name] + arguments).joined(separator: dice.chance(3) ? "\n  " : " ")
    if info.value == .block {
      add(words + (dice.chance(3) ? ";" : " {\n}"))
    } else {
      add(words + (dice.chance(2) ? " {\n}" : dice.chance(2) ? "" : ";"))
    }
    if dice.chance(3) { add(lines[lines.count - 1]) }
  }
}
