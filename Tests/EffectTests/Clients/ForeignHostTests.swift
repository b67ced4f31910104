import Testing

/// Proves nginx/backend-chosen-by-client.
@Suite(
  "Hosts that clients choose",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct ForeignHostTests {
  private static let rule = "nginx/backend-chosen-by-client"

  /// A location, and a request that leads to PORT1, with its Host header.
  @Test(
    "are asked where the rule says so",
    arguments: [
      ("location /a { proxy_pass http://$arg_u; }", "/a?u=127.0.0.1:PORT/secret", "localhost"),
      ("location ~ ^/a/([^/]+)/ { proxy_pass http://$1; }", "/a/127.0.0.1:PORT/", "localhost"),
      (
        "location ~ ^/a/([^/]+)/ { proxy_pass http://$1.internal; }", "/a/127.0.0.1:PORT%3f/",
        "localhost"
      ),
      ("location ~ ^/a(.*)$ { proxy_pass http://127.0.0.1$1; }", "/a:PORT/", "localhost"),
      ("location /a { proxy_pass http://$http_x_b; }", "/a", "localhost"),
      ("location /a { proxy_pass http://$host:PORT; }", "/a", "127.0.0.1"),
    ])
  func chosen(location: String, target: String, host: String) throws {
    let port = try SocketAddress.freePort()
    let backend = try Backend(at: .port(port))
    func filled(_ text: String) -> String {
      text.split(separator: "PORT", omittingEmptySubsequences: false).joined(separator: "\(port)")
    }
    let http = "server { listen unix:front.sock; \(filled(location)) }"
    let nginx = try RunningNginx(http: http)
    let answer = try nginx.get(
      filled(target), headers: ["Host: \(host)", "X-B: 127.0.0.1:\(port)"])
    #expect(answer.status == 200, "\(answer)")
    #expect(backend.requests.count == 1)
    #expect(try RuleVerdict.findings(of: Self.rule, http: http).count == 1)
  }
}

/// Proves nginx/alias-leaves-folder.
@Suite(
  "Folders of aliases",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct AliasEscapeTests {
  @Test(
    "are left where the rule says so",
    arguments: [
      ("location /img { alias www/img/; }", "/img../secret", true),
      ("location ~ ^/img(.*)$ { alias www/img/$1; }", "/img../secret", true),
      ("location /img/ { alias www/img/; }", "/img/../secret", false),
      ("location /img { alias www/img; }", "/img../secret", false),
      ("location ~ ^/img/(.*)$ { alias www/img/$1; }", "/img/..%2fsecret", false),
      ("location ~ ^/img(.*)$ { alias www/img$1; }", "/img../secret", false),
    ])
  func escapes(location: String, target: String, isLeft: Bool) throws {
    let http = "server { listen unix:front.sock; \(location) }"
    let nginx = try RunningNginx(
      http: http, files: ["www/img/logo": "public", "www/secret": "hidden"])
    #expect(try nginx.get("/img/logo").body == "public")
    #expect((try nginx.get(target).body == "hidden") == isLeft)
    let found = try RuleVerdict.findings(of: "nginx/alias-leaves-folder", http: http)
    #expect(found.isEmpty == !isLeft, "\(found)")
  }
}

/// Proves nginx/regex-explodes and nginx/path-holds-uri-twice.
@Suite(
  "Paths of clients",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct PathTests {
  @Test("exhaust an expression with a loop in a loop, and the answer is 500")
  func backtracking() throws {
    let http = """
      server { listen unix:front.sock;
        location ~ ^/bad/(a+)+$ { return 200 a; }
        location ~ ^/good/(a++)+$ { return 200 a; }
        location / { return 200 b; } }
      """
    let nginx = try RunningNginx(http: http)
    let letters = String(repeating: "a", count: 60) + "!"
    #expect(try nginx.get("/good/" + letters).body == "b")
    #expect(try nginx.get("/bad/" + letters).status == 500)
    #expect(nginx.errorLog.contains("failed"))
    #expect(try RuleVerdict.findings(of: "nginx/regex-explodes", http: http).count == 1)
  }

  @Test("stand in the name of a file twice where root or alias repeats them")
  func doubled() throws {
    let http = """
      server { listen unix:front.sock;
        location /a { root www$uri; }
        location /b/ { alias www$uri; } }
      """
    let nginx = try RunningNginx(http: http, files: ["www/a/a": "twice", "www/b/cc": "doubled"])
    #expect(try nginx.get("/a").body == "twice")
    #expect(try nginx.get("/b/c").body == "doubled")
    #expect(try RuleVerdict.findings(of: "nginx/path-holds-uri-twice", http: http).count == 2)
  }

  @Test("leave a capture empty that no expression has")
  func undefinedCapture() throws {
    let http = """
      server { listen unix:front.sock; location ~ ^/a/(b)$ { return 302 /c/$2; } }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try nginx.get("/a/b").header("Location")?.hasSuffix("/c/") == true)
    #expect(try RuleVerdict.findings(of: "nginx/capture-undefined", http: http).count == 1)
  }
}
