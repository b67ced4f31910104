import Testing

/// Proves nginx/cache-keeps-cookies, nginx/cache-bypass-still-stored,
/// nginx/cache-keeps-private-answers and nginx/cache-zone-undefined.
@Suite(
  "What a cache keeps",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct CachedSecretTests {
  @Test(
    "holds the cookie of whoever came first where Set-Cookie is ignored",
    arguments: [
      ("proxy_ignore_headers Set-Cookie;", "session=1", 1),
      ("proxy_ignore_headers Set-Cookie; proxy_hide_header Set-Cookie;", nil, 0),
      ("", "session=2", 0),
    ] as [(String, String?, Int)])
  func cookies(lines: String, cookie: String?, findings: Int) throws {
    let http = Self.http("proxy_cache_valid 200 1m; \(lines)")
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1))) {
      .status(200, "page", headers: ["Set-Cookie: session=\($0.header("X-Number") ?? "")"])
    }
    _ = try nginx.get("/", headers: ["Host: a", "X-Number: 1"])
    let second = try nginx.get("/", headers: ["Host: a", "X-Number: 2"])
    #expect(second.header("Set-Cookie") == cookie)
    #expect(backend.requests.count == (lines.isEmpty ? 2 : 1))
    let found = try RuleVerdict.findings(of: "nginx/cache-keeps-cookies", http: http)
    #expect(found.count == findings)
  }

  @Test(
    "holds pages of known users where they are let past it and not kept out",
    arguments: [
      ("proxy_cache_bypass $cookie_session;", "page of ann", 1),
      ("proxy_cache_bypass $cookie_session; proxy_no_cache $cookie_session;", "page", 0),
    ])
  func bypass(lines: String, seen: String, findings: Int) throws {
    let http = Self.http("proxy_cache_valid 200 1m; \(lines)")
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1))) {
      .status(200, $0.header("Cookie") == nil ? "page" : "page of ann")
    }
    _ = try nginx.get("/", headers: ["Host: a", "Cookie: session=ann"])
    #expect(try nginx.get("/").body == seen)
    #expect(backend.requests.count == (findings > 0 ? 1 : 2))
    let found = try RuleVerdict.findings(of: "nginx/cache-bypass-still-stored", http: http)
    #expect(found.count == findings)
  }

  @Test(
    "holds private answers where Cache-Control is ignored",
    arguments: [("proxy_ignore_headers Cache-Control;", 1), ("", 2)])
  func privateAnswers(lines: String, asked: Int) throws {
    let http = Self.http("proxy_cache_valid 200 1m; \(lines)")
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1))) { _ in
      .status(200, "page", headers: ["Cache-Control: private"])
    }
    for _ in 0..<2 { #expect(try nginx.get("/").body == "page") }
    #expect(backend.requests.count == asked)
    let found = try RuleVerdict.findings(of: "nginx/cache-keeps-private-answers", http: http)
    #expect(found.count == 2 - asked)
  }

  @Test("is refused where nobody declares the zone")
  func undefined() throws {
    let http = Self.http("").split(separator: "keys_zone=pages").joined(separator: "keys_zone=page")
    #expect(try RunningNginx.test(http: http).contains("zone \"pages\" is unknown"))
    #expect(try RuleVerdict.findings(of: "nginx/cache-zone-undefined", http: http).count == 1)
  }

  private static func http(_ lines: String) -> String {
    """
    proxy_cache_path cache keys_zone=pages:1m;
    server {
      listen unix:front.sock;
      location / { proxy_cache pages; \(lines) proxy_pass http://127.0.0.1:PORT1; }
    }
    """
  }
}
