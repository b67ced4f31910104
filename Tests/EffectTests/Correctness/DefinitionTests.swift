import Testing

/// Proves the rules about names, variables and paths that mean something else than they say.
@Suite(
  "Definitions",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct DefinitionTests {
  @Test("of a variable: the last one counts, everywhere")
  func variables() throws {
    let http = """
      map $uri $plan { default first; }
      geo $plan { default second; }
      server { listen unix:front.sock; location / { return 200 $plan; } }
      """
    #expect(try RunningNginx(http: http).get("/").body == "second")
    #expect(try RuleVerdict.findings(of: "nginx/variable-defined-twice", http: http).count == 1)
  }

  @Test("of a name by two servers of a socket: the first answers")
  func names() throws {
    let http = """
      server { listen unix:front.sock; return 200 default; }
      server { listen unix:front.sock; server_name a.test; return 200 first; }
      server { listen unix:front.sock; server_name A.test; return 200 second; }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try nginx.get("/", headers: ["Host: a.test"]).body == "first")
    #expect(try RuleVerdict.findings(of: "nginx/server-name-taken", http: http).count == 1)
  }

  @Test("of shares that leave some clients over give those an empty value")
  func shares() throws {
    let http = """
      split_clients $uri $part { 0.01% some; }
      server { listen unix:front.sock; location / { return 200 "[$part]"; } }
      """
    #expect(try RunningNginx(http: http).get("/").body == "[]")
    #expect(try RuleVerdict.findings(of: "nginx/split-clients-incomplete", http: http).count == 1)
  }

  @Test("of a backend by a map without default end other requests with 500")
  func backends() throws {
    let http = """
      map $arg_to $backend { a 192.0.2.1; }
      server { listen unix:front.sock; location / { proxy_pass http://$backend; } }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try nginx.get("/").status == 500)
    #expect(nginx.errorLog.contains("invalid URL prefix"))
    let rule = "nginx/backend-map-without-default"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == 1)
  }

  @Test("of a path in proxy_pass are joined letter by letter")
  func paths() throws {
    let http = """
      server {
        listen unix:front.sock;
        location /api/ { proxy_pass http://unix:back.sock:/v1; }
        location /docs { proxy_pass http://unix:back.sock:/public/; }
        location /app { proxy_pass http://unix:back.sock:/; }
      }
      """
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock"))
    let nginx = try RunningNginx(http: http, folder: folder)
    for target in ["/api/users", "/docs../admin", "/app/x"] { _ = try nginx.get(target) }
    let targets = backend.requests.compactMap { $0.lines.first?.split(separator: " ")[1] }
    #expect(targets == ["/v1users", "/public/../admin", "//x"])
    for rule in ["joined", "escapes"] {
      #expect(try RuleVerdict.findings(of: "nginx/proxy-path-\(rule)", http: http).count == 1)
    }
    #expect(
      try RuleVerdict.findings(of: "nginx/proxy-path-slash-doubled", http: http).count == 2)
  }

  @Test("of error_log off are files called off")
  func errorLog() throws {
    let folder = try TemporaryFolder()
    let http = "error_log off; server { listen unix:front.sock; location / { return 204; } }"
    let nginx = try RunningNginx(http: http, folder: folder)
    #expect(try nginx.get("/").status == 204)
    #expect(folder.exists("off"))
    #expect(try RuleVerdict.findings(of: "nginx/error-log-named-off", http: http).count == 1)
  }
}
