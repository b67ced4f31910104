import Testing

/// Proves the rules about locations that look as if they did something.
@Suite(
  "Locations",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct LocationTests {
  @Test("behind one that takes all their requests are never asked")
  func unreachable() throws {
    let http = """
      server {
        listen unix:front.sock;
        location ~ ^/api/ { return 200 wide; }
        location ~ ^/api/v1/ { return 200 narrow; }
        location /plain { return 200 prefix; }
        location ~ ^/plain { return 200 expression; }
        location ^~ /static/ { return 200 closed; }
        location ~ ^/static/.*x$ { return 200 below; }
        location @a { return 200 first; }
        location @a { return 200 second; }
        location /a { try_files /none @a; }
      }
      """
    let nginx = try RunningNginx(http: http)
    let answers = try ["/api/v1/", "/plain", "/static/x", "/a"].map { try nginx.get($0).body }
    #expect(answers == ["wide", "expression", "closed", "first"])
    #expect(try RuleVerdict.findings(of: "nginx/location-unreachable", http: http).count == 3)
    #expect(try RuleVerdict.findings(of: "nginx/named-location-repeated", http: http).count == 1)
  }

  @Test("of a server that returns are never asked, named ones aside")
  func serverReturn() throws {
    let http = """
      server {
        listen unix:front.sock;
        return 301 https://example.org$request_uri;
        location /.well-known/ { return 200 token; }
      }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try nginx.get("/.well-known/token").status == 301)
    let rule = "nginx/server-return-hides-locations"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == 1)
    let named = """
      server {
        listen unix:front.sock;
        error_page 503 @sorry;
        return 503;
        location @sorry { return 200 sorry; }
      }
      """
    #expect(try RunningNginx(http: named).get("/").body == "sorry")
    #expect(try RuleVerdict.findings(of: rule, http: named) == [])
  }

  @Test("lose their try_files where an if holds, even one that only sets a variable")
  func tryFilesInIf() throws {
    let http = """
      server {
        listen unix:front.sock;
        location / {
          if ($http_x_mobile) { set $mobile 1; }
          try_files $uri @app;
        }
        location @app { return 200 app; }
      }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try nginx.get("/a").body == "app")
    #expect(try nginx.get("/a", headers: ["Host: a", "X-Mobile: 1"]).status == 404)
    #expect(try RuleVerdict.findings(of: "nginx/try-files-lost-in-if", http: http).count == 1)
  }

  @Test("with two if that hold have the settings of the last alone")
  func twoConditions() throws {
    let http = """
      server {
        listen unix:front.sock; root www;
        location / {
          if ($http_x_a) { add_header A 1; }
          if ($http_x_b) { add_header B 1; }
        }
      }
      """
    let nginx = try RunningNginx(http: http, files: ["www/file": "here"])
    let answer = try nginx.get("/file", headers: ["Host: a", "X-A: 1", "X-B: 1"])
    #expect([answer.header("A"), answer.header("B")] == [nil, "1"])
    #expect(try RuleVerdict.findings(of: "nginx/if-replaced-by-later-if", http: http).count == 1)
  }

  @Test("that rewrite to themselves answer 500")
  func cycle() throws {
    let http = """
      server {
        listen unix:front.sock;
        location / { rewrite ^/(.*)$ /app/$1 last; }
      }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try nginx.get("/").status == 500)
    #expect(nginx.errorLog.contains("rewrite or internal redirection cycle"))
    #expect(try RuleVerdict.findings(of: "nginx/rewrite-cycle", http: http).count == 1)
  }

  @Test("with try_files and a pass hand files to the backend")
  func tryFilesAndPass() throws {
    let http = """
      server {
        listen unix:front.sock; root www;
        location / { try_files $uri /index.html; proxy_pass http://unix:back.sock; }
      }
      """
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock"))
    let nginx = try RunningNginx(
      http: http,
      files: ["www/file": "here", "www/index.html": "here"], folder: folder)
    for target in ["/file", "/other"] { #expect(try nginx.get(target).body != "here") }
    #expect(
      backend.requests.compactMap { $0.lines.first?.split(separator: " ")[1] } == [
        "/file", "/index.html",
      ])
    #expect(try RuleVerdict.findings(of: "nginx/try-files-before-proxy", http: http).count == 1)
  }
}
