/// A configuration of many servers and locations, each of which says who it is.
///
/// The header `X-Id` names the block that answers; some locations hand on to another server of the
/// same nginx, since only those have nginx redirect to their slash.
struct GeneratedServers {
  /// What a request may be sent to: the address, and how a question names it.
  static let sockets: [(listen: String, question: String)] = [
    ("unix:front.sock", "unix:front.sock"), ("unix:other.sock", "unix:other.sock"),
    ("127.0.0.1:PORT1", "127.0.0.1:PORT1"), ("PORT1", "127.0.0.2:PORT1"),
    ("*:PORT2", "127.0.0.1:PORT2"),
  ]

  static let hosts = [
    "example.org", "www.example.org", "a.b.example.org", "b.example.org", "EXAMPLE.org",
    "example.com", "www.example.co.uk", "mail.example.net", "mail.a", "user.example.net",
    "www12.test", "unknown", "127.0.0.1", "example.org.", "example.org:8080", "sub.example.com",
    "x.sub.example.com", "", ".example.org", "a..b", "[::1]:80", "mail.", "www.example.", "WWW1.x",
  ]

  private static let names = [
    "example.org", "www.example.org", "*.example.org", ".example.org", "*.b.example.org",
    "a.b.example.org", "EXAMPLE.COM", "*.example.com", "www.example.*", "mail.*", "mail.example.*",
    "~^(?<user>.+)\\\\.example\\\\.net$", "~^WWW\\\\d+\\\\.", "~^www", "~^[a-m]+\\\\.", "_", "\"\"",
    "unknown", "127.0.0.1", ".example.com", "*.sub.example.com", "\"~^.{3}$\"",
  ]

  private static let patterns = [
    "^/a", "b$", "\\\\.php$", "^/(a|b)/", "/[a-c]+/", "(?i)LOGIN", "^/(?!a)", "(?<=/)b$", "^/a.*b$",
    "\\\\d+", "^/(?:ab)+$", "^/\\\\w+/?$", "[^/]+\\\\.(?:php|html)$", "^/a{2}", "(a|b)/\\\\1",
    "^/(?<x>[^/]+)/(?P=x)$", "^/login(?:/|$)", "^/.+?/v\\\\d", "(?s)^/.b", "^(?>/a*)b",
    "^/[[:upper:]]",
    "\\\\x61/", "^/$", "//", "\\\\s", "^/(a*)*c", "\\\\bapi\\\\b", "^/.", "%", "(?x) ^ / b ",
  ]

  private static let segments = [
    "a", "b", "A", "ab", "abab", "aab", "login", "Login", "api", "v1", "v12", "x.php", "X.PHP",
    "c.html", "a+b", "aaac", ".well-known", "..a", "a.", "B",
  ]

  private var dice: Dice
  private(set) var text = ""
  private var number = 0

  init(seed: UInt64, servers: Int) {
    dice = Dice(seed: seed)
    // It must take whatever the others take.
    text = "server { listen unix:echo.sock; merge_slashes off; return 200 passed; }\n"
    var flagged: Set<String> = []
    for server in 0..<servers { addServer(server, &flagged) }
  }

  private mutating func addServer(_ server: Int, _ flagged: inout Set<String>) {
    text += "server {\n"
    for (listen, _) in Self.sockets where dice.happens(server < 2 ? 100 : 40) {
      let isDefault = dice.happens(10) && flagged.insert(listen).inserted
      text += "  listen \(listen)\(isDefault ? " default_server" : "");\n"
    }
    // Without any it would be port 80, which is not ours to take.
    text += "  listen unix:all.sock;\n"
    let names = (0..<dice.number(0...3)).map { _ in dice.one(of: Self.names) }
    if !names.isEmpty { text += "  server_name \(names.joined(separator: " "));\n" }
    if dice.happens(15) { text += "  merge_slashes off;\n" }
    text += "  add_header X-Id server\(server) always;\n"
    if dice.happens(25) { addRewrite("  ") }
    if dice.happens(3) { text += "  return 203;\n" }
    addLocations(in: "", depth: 1, isPattern: false)
    text += "}\n"
  }

  private mutating func addLocations(in parent: String, depth: Int, isPattern: Bool) {
    var taken: Set<String> = []
    for _ in 0..<dice.number(depth == 1 ? 1...7 : 0...3) {
      let isExpression = isPattern || dice.happens(25)
      let expression = dice.one(of: Self.patterns)
      // What a group took is compared in one case by our engine, which therefore says nothing.
      let refersBack = expression.contains("1") || expression.contains("P=")
      let modifier =
        isExpression
        ? refersBack ? "~" : dice.one(of: ["~", "~*"]) : dice.one(of: ["", "", "", "=", "^~"])
      let name = isExpression ? "\"\(expression)\"" : parent + path(isInner: depth > 1)
      guard isExpression || taken.insert((modifier == "=" ? "=" : "") + name).inserted else {
        continue
      }
      addLocation("\(modifier) \(name)", name, depth, isExpression, modifier == "=")
    }
  }

  private mutating func addLocation(
    _ head: String, _ name: String, _ depth: Int, _ isPattern: Bool, _ isExact: Bool
  ) {
    let indent = String(repeating: "  ", count: depth)
    number += 1
    text += "\(indent)location \(head) {\n\(indent)  add_header X-Id location\(number) always;\n"
    if dice.happens(12) { addRewrite(indent + "  ") }
    if dice.happens(30) {
      text += "\(indent)  proxy_pass http://unix:echo.sock;\n"
    } else {
      text += "\(indent)  error_page 599 =200 /;\n"
    }
    if depth < 4, !isExact, dice.happens(35) {
      addLocations(in: isPattern ? "" : name, depth: depth + 1, isPattern: isPattern)
    }
    text += "\(indent)}\n"
  }

  private mutating func addRewrite(_ indent: String) {
    let rule = dice.one(of: [
      "^/old/(.*)$ /$1", "^/a/(.+)/(.+)$ /$2/$1", "^/login$ /api/login", "^(.*)/v1$ $1",
      "^/b /a", "^/a /b?x=1", "^/moved /x.php",
    ])
    let flag = dice.one(of: ["", " last", " break", " redirect", " permanent"])
    text += "\(indent)rewrite \(rule)\(flag);\n"
  }

  private mutating func path(isInner: Bool) -> String {
    let parts = (0..<dice.number(isInner ? 1...2 : 0...3)).map { _ in dice.one(of: Self.segments) }
    let slash = isInner && dice.happens(60) ? "" : "/"
    return slash + parts.joined(separator: "/") + (dice.happens(40) && !parts.isEmpty ? "/" : "")
  }

  /// The target of a request, with everything that clients hide paths in.
  static func target(_ dice: inout Dice) -> String {
    var text = ""
    for _ in 0..<dice.number(1...4) {
      text += dice.one(of: ["/", "/", "/", "/", "/", "//", "/./", "/../", "/%2F", "%2f", "/%2e/"])
      text += dice.one(
        of: segments + ["", "", "old", "moved", "%61", "%41", "a%20b", "%3F", "%23x"])
    }
    text += dice.one(of: ["", "", "", "/", "?x=1", "?", "/..", "/.", "#z", "/?a=/b", "%", "%00"])
    return text.hasPrefix("/") ? text : "/" + text
  }
}
