import Testing

/// Proves nginx/named-location-undefined.
@Suite(
  "A named location that does not exist",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct NamedLocationTests {
  private let rule = "nginx/named-location-undefined"

  @Test("ends requests that need it with 500, and no earlier")
  func tryFiles() throws {
    let bad = "server { listen unix:front.sock; root www; location / { try_files $uri @app; } }"
    let nginx = try RunningNginx(http: bad, files: ["www/there": "here"])
    #expect(try nginx.get("/there").status == 200)
    #expect(try nginx.get("/elsewhere").status == 500)
    #expect(nginx.errorLog.contains("could not find named location \"@app\""))
    #expect(try RuleVerdict.findings(of: rule, http: bad).count == 1)
  }

  @Test("defined, it answers")
  func defined() throws {
    let good = """
      server {
        listen unix:front.sock; root www;
        location / { try_files $uri @app; }
        location @app { return 203 app; }
      }
      """
    let nginx = try RunningNginx(http: good)
    #expect(try nginx.get("/elsewhere").body == "app")
    #expect(try RuleVerdict.findings(of: rule, http: good) == [])
  }

  @Test("turns the error it was made for into 500")
  func errorPage() throws {
    let bad = """
      server {
        listen unix:front.sock;
        location / { proxy_pass http://unix:back.sock; error_page 502 @busy; }
        location @bussy { return 503; }
      }
      """
    let nginx = try RunningNginx(http: bad)
    #expect(try nginx.get("/").status == 500)
    #expect(try RuleVerdict.findings(of: rule, http: bad).count == 1)
  }
}
