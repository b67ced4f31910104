import Catalog
import Model
import Testing

/// Compares the values that we say are in force with those that show in nginx's answers.
@Suite(
  "Values in nested blocks",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct InheritanceTests {
  /// Directives whose value shows in an answer, with a value for a number.
  private static let visible: [(name: String, value: @Sendable (Int) -> String)] = [
    ("add_header", { "X-Level \($0)" }), ("add_header", { "X-Other \($0)" }),
    ("proxy_set_header", { "X-Level \($0)" }), ("expires", { "\($0)m" }),
    ("proxy_hide_header", { "X-Hidden-\($0 % 3)" }),
    ("proxy_method", { ["GET", "PUT", "PATCH"][$0 % 3] }),
    ("server_tokens", { ["on", "off"][$0 % 2] }),
  ]

  @Test("are inherited, replaced and dropped as nginx does it", arguments: [1, 2] as [UInt64])
  func asNginx(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var number = 0
    func lines(_ dice: inout Dice) -> String {
      var text = ""
      var single: Set<String> = []
      for (name, value) in Self.visible where dice.happens(25) {
        guard name.hasSuffix("header") || single.insert(name).inserted else { continue }
        number += 1
        text += "\(name) \(value(number)); "
      }
      return text
    }
    let servers = 60
    var http = """
      server {
        listen unix:echo.sock; add_header X-Hidden-0 0; add_header X-Hidden-1 1;
        add_header X-Hidden-2 2; return 200 "$request_method $http_x_level";
      }
      \(lines(&dice))
      """
    for server in 0..<servers {
      http += """

        server {
          listen unix:front.sock; server_name s\(server); \(lines(&dice))
          location /a { proxy_pass http://unix:echo.sock; \(lines(&dice))
            location /a/b { proxy_pass http://unix:echo.sock; \(lines(&dice))
              location /a/b/c { proxy_pass http://unix:echo.sock; \(lines(&dice)) }
            }
          }
        }
        """
    }
    let nginx = try RunningNginx(http: http)
    let model = try #require(MatchingTests.model(http))
    for server in 0..<servers {
      for target in ["/a", "/a/b", "/a/b/c"] {
        let answer = try nginx.get(target, headers: ["Host: s\(server)"])
        let request = NginxRequest(
          target: target, host: "s\(server)", address: "unix:front.sock")
        let route = try #require(try model.routes(of: request).first)
        #expect(Self.shown(route) == Self.shown(answer), "seed \(seed), s\(server)\(target)")
      }
    }
  }

  /// What an answer shows, one line a directive.
  private static func shown(_ answer: RawAnswer) -> [String] {
    let body = answer.body.split(separator: " ").map(String.init)
    let hidden = (0..<3).filter { answer.header("X-Hidden-\($0)") == nil }
    return [
      "X-Level \(answer.headers("X-Level"))", "X-Other \(answer.headers("X-Other"))",
      "proxy_set_header \(body.dropFirst().first ?? "-")",
      "expires \(answer.header("Cache-Control")?.split(separator: "=").last ?? "-")",
      "proxy_hide_header \(hidden)", "proxy_method \(body.first ?? "-")",
      "server_tokens \(answer.header("Server")?.contains("/") == true)",
    ]
  }

  /// What our settings would make of it.
  private static func shown(_ route: NginxRoute) -> [String] {
    func written(_ name: String) -> [[Substring]] {
      route.settings(named: name).compactMap { $0.written?.split(separator: " ") }
    }
    func headers(_ name: String) -> [String] {
      written("add_header").filter { $0.first.map(String.init) == name }
        .compactMap { $0.last.map(String.init) }
    }
    let hidden = Set(written("proxy_hide_header").compactMap { $0.first?.last?.wholeNumberValue })
    let minutes = written("expires").first?.first.flatMap { Int($0.dropLast()) }
    let seconds = minutes.map { "\($0 * 60)" } ?? "-"
    let tokens = route.settings(named: "server_tokens").first?.effective
    return [
      "X-Level \(headers("X-Level"))", "X-Other \(headers("X-Other"))",
      "proxy_set_header \(written("proxy_set_header").first?.last ?? "-")", "expires \(seconds)",
      "proxy_hide_header \(hidden.sorted())",
      "proxy_method \(written("proxy_method").first?.first ?? "GET")",
      "server_tokens \(tokens == .string("on") || tokens == .bool(true))",
    ]
  }
}
