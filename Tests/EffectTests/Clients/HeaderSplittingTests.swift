import Testing

/// Proves nginx/header-split-by-client: what may hold a newline, and where it does harm.
@Suite(
  "Newlines of clients",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct HeaderSplittingTests {
  private static let rule = "nginx/header-split-by-client"

  private static func server(_ location: String) -> String {
    "map $uri $mapped { \"~^/map/([^q]*)$\" $1; default \"\"; }\n"
      + "server { listen unix:front.sock; server_name localhost; \(location) }"
  }

  /// A location, the path asked for in it, and whether a header of the client's comes back.
  @Test(
    "become headers of answers exactly where the rule says so",
    arguments: [
      ("location /a { return 302 http://h$uri; }", "/a/", true),
      ("location /a { return 302 http://h$document_uri; }", "/a/", true),
      ("location /a { return 302 http://h$request_uri; }", "/a/", false),
      ("location /a { return 302 http://h/?$args; }", "/a?", false),
      ("location ~ ^/a/([^.]*) { return 302 /b/$1; }", "/a/", true),
      ("location ~ ^/a/(.*) { return 302 /b/$1; }", "/a/", false),
      ("location ~ ^/a/(?<n>[^.]*) { return 302 /b/$n; }", "/a/", true),
      ("location /a { rewrite ^/a/([^.]*)$ /b/$1 redirect; }", "/a/", false),
      ("location /a { rewrite ^/a/(?<n>[^.]*)$ /b/$n permanent; }", "/a/", true),
      ("location /a { rewrite ^ http://h$uri redirect; }", "/a/", true),
      ("location /a { add_header X-Path $uri; return 200 a; }", "/a/", true),
      ("location /a { add_header X-Arg $arg_x; return 200 a; }", "/a?x=", false),
      ("location /a { set $t $uri; return 302 http://h$t; }", "/a/", true),
      ("location /map/ { return 302 /m/$mapped; }", "/map/", true),
      (
        #"location /a { if ($uri ~ "^/a/([^.]*)$") { return 302 /b/$1; } return 200 a; }"#, "/a/",
        true
      ),
      (
        #"location /a { if ($args ~ "^([^.]*)$") { return 302 /b?$1; } return 200 a; }"#, "/a?",
        false
      ),
    ])
  func answers(location: String, path: String, isSplit: Bool) throws {
    let http = Self.server(location)
    let nginx = try RunningNginx(http: http)
    let answer = try nginx.get(path + "%0aInjected:%201")
    #expect((answer.header("Injected") == "1") == isSplit, "\(answer)")
    let found = try RuleVerdict.findings(of: Self.rule, http: http)
    #expect(found.isEmpty == !isSplit, "\(found)")
  }

  @Test(
    "become headers of requests to a backend",
    arguments: [
      ("location /a { proxy_set_header X-Path $uri; proxy_pass http://unix:back.sock; }", true),
      (
        "location /a { proxy_set_header X-Path $request_uri; proxy_pass http://unix:back.sock; }",
        false
      ),
      ("location ~ ^/a/([^.]*) { proxy_pass http://unix:back.sock:/$1; }", true),
      (
        """
        location /a { rewrite ^/a/([^.]*)$ /b/$1 break; proxy_pass http://unix:back.sock; }
        """, false
      ),
    ])
  func requests(location: String, isSplit: Bool) throws {
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock"))
    let http = Self.server(location)
    let nginx = try RunningNginx(http: http, folder: folder)
    _ = try nginx.get("/a/%0aInjected:%201")
    let sent = try #require(backend.requests.first)
    #expect((sent.text.contains("\nInjected: 1")) == isSplit, "\(sent.text)")
    let found = try RuleVerdict.findings(of: Self.rule, http: http)
    #expect(found.isEmpty == !isSplit, "\(found)")
  }

  @Test("come in user names that nothing checks")
  func userNames() throws {
    let http = Self.server("location /a { add_header X-User $remote_user; return 200 a; }")
    let nginx = try RunningNginx(http: http)
    // "u", a newline and "Injected" up to the colon.
    let answer = try nginx.get(
      "/a", headers: ["Host: localhost", "Authorization: Basic dQpJbmplY3RlZDpwdw=="])
    #expect(answer.description.contains("X-User: u\nInjected\r\n"))
    #expect(try RuleVerdict.findings(of: Self.rule, http: http).count == 1)
  }
}
