import Testing

/// Proves the rules about access that is open although the lines look as if it were not.
@Suite(
  "Access",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct AccessTests {
  @Test("rules come after a return")
  func returnFirst() throws {
    let http = """
      server {
        listen unix:front.sock; root www;
        location /said { deny all; return 200 open; }
        location /file { deny all; }
      }
      """
    let nginx = try RunningNginx(http: http, files: ["www/file": "here"])
    #expect(try nginx.get("/said").body == "open")
    #expect(try nginx.get("/file").status == 403)
    let rule = "nginx/return-before-access-rules"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == 1)
  }

  @Test("rules without deny refuse nobody, and lift those further out")
  func allowAlone() throws {
    let http = """
      server {
        listen unix:front.sock; root www;
        deny all;
        location / { allow 192.0.2.1; }
        location /closed/ { }
      }
      """
    let nginx = try RunningNginx(http: http, files: ["www/file": "here", "www/closed/file": "no"])
    #expect(try nginx.get("/file").status == 200)
    #expect(try nginx.get("/closed/file").status == 403)
    #expect(try RuleVerdict.findings(of: "nginx/allow-without-deny", http: http).count == 1)
  }

  @Test("rules are asked in order")
  func order() throws {
    let http = """
      server {
        listen unix:front.sock; root www;
        location / { deny all; allow unix:; }
        location /open/ { allow unix:; deny all; }
      }
      """
    let nginx = try RunningNginx(http: http, files: ["www/file": "no", "www/open/file": "here"])
    #expect(try nginx.get("/file").status == 403)
    #expect(try nginx.get("/open/file").status == 200)
    #expect(try RuleVerdict.findings(of: "nginx/access-rule-unreachable", http: http).count == 1)
  }

  @Test("by satisfy any and allow all asks nobody for a password")
  func satisfyAny() throws {
    let http = """
      server {
        listen unix:front.sock; root www;
        satisfy any;
        auth_basic staff; auth_basic_user_file users;
        location / { allow all; }
        location /some/ { allow 192.0.2.1; deny all; }
      }
      """
    let nginx = try RunningNginx(
      http: http, files: ["www/file": "here", "www/some/file": "no", "users": ""])
    #expect(try nginx.get("/file").status == 200)
    #expect(try nginx.get("/some/file").status == 401)
    #expect(try RuleVerdict.findings(of: "nginx/satisfy-any-allows-all", http: http).count == 1)
  }

  @Test("by method stays open where limit_except holds no deny")
  func methods() throws {
    let http = """
      server {
        listen unix:front.sock;
        location /open { limit_except GET { } proxy_pass http://unix:back.sock; }
        location /closed { limit_except GET { deny all; } proxy_pass http://unix:back.sock; }
      }
      """
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock"))
    let nginx = try RunningNginx(http: http, folder: folder)
    #expect(try nginx.get("/open", method: "DELETE").status == 200)
    #expect(try nginx.get("/closed", method: "DELETE").status == 403)
    #expect(backend.requests.count == 1)
    #expect(try RuleVerdict.findings(of: "nginx/limit-except-open", http: http).count == 1)
  }

  @Test("to internal locations is open once a rewrite changed the path")
  func internalLocation() throws {
    let http = """
      server {
        listen unix:front.sock;
        location /app/ { rewrite ^/app/(.*)$ /$1 last; }
        location /kept/ { internal; root www; }
      }
      """
    let nginx = try RunningNginx(http: http, files: ["www/kept/file": "secret"])
    #expect(try nginx.get("/kept/file").status == 404)
    #expect(try nginx.get("/app/kept/file").body == "secret")
    let rule = "nginx/internal-location-reachable"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == 1)
  }

  @Test("by path is avoided with a second slash where slashes are not merged")
  func slashes() throws {
    func http(_ merge: String) -> String {
      """
      server {
        listen unix:front.sock; root www;
        merge_slashes \(merge);
        location /closed/ { deny all; }
      }
      """
    }
    let files = ["www/closed/file": "secret"]
    let off = try RunningNginx(http: http("off"), files: files)
    #expect(try off.get("/closed/file").status == 403)
    #expect(try off.get("//closed/file").body == "secret")
    #expect(try RunningNginx(http: http("on"), files: files).get("//closed/file").status == 403)
    let rule = "nginx/slashes-not-merged"
    // A socket in the file system would restrict the whole server.
    let texts = ["off", "on"].map {
      http($0).replacing("unix:front.sock", with: "80")
    }
    #expect(try RuleVerdict.findings(of: rule, http: texts[0]).count == 1)
    #expect(try RuleVerdict.findings(of: rule, http: texts[1]) == [])
  }
}
