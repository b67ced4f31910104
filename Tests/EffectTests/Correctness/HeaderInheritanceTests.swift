import Testing

/// Proves nginx/security-header-dropped and nginx/proxy-header-dropped.
@Suite(
  "Headers of an outer block",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct HeaderInheritanceTests {
  @Test("are lost where an inner block adds one, and stay where it adds none")
  func answers() throws {
    let http = """
      add_header X-Frame-Options DENY always;
      server {
        listen unix:front.sock;
        add_header Strict-Transport-Security max-age=63072000 always;
        location /none { return 200 a; }
        location /one { add_header Cache-Control no-store; return 200 b; }
        location /all {
          add_header X-Frame-Options DENY always;
          add_header Strict-Transport-Security max-age=63072000 always;
          add_header Cache-Control no-store;
          return 200 c;
        }
      }
      """
    let nginx = try RunningNginx(http: http)
    let names = ["X-Frame-Options", "Strict-Transport-Security", "Cache-Control"]
    func sent(_ target: String) throws -> [Bool] {
      let answer = try nginx.get(target)
      return names.map { answer.header($0) != nil }
    }
    #expect(try sent("/none") == [false, true, false])
    #expect(try sent("/one") == [false, false, true])
    #expect(try sent("/all") == [true, true, true])
    // Both the server and the location drop one.
    let found = try RuleVerdict.findings(of: "nginx/security-header-dropped", http: http)
    #expect(found.count == 2)
  }

  @Test("for the backend are lost likewise, and nginx's own come back")
  func requests() throws {
    let folder = try TemporaryFolder()
    let backend = try Backend(at: .unix(folder.path + "/back.sock"))
    let http = """
      server {
        listen unix:front.sock;
        proxy_set_header Host $host;
        proxy_set_header X-Real-IP 192.0.2.1;
        location /none { proxy_pass http://unix:back.sock; }
        location /one { proxy_set_header X-One 1; proxy_pass http://unix:back.sock; }
      }
      """
    let nginx = try RunningNginx(http: http, folder: folder)
    for target in ["/none", "/one"] {
      #expect(try nginx.get(target, headers: ["Host: shop.example.org"]).status == 200)
    }
    let requests = backend.requests
    #expect(requests.map { $0.header("X-Real-IP") } == ["192.0.2.1", nil])
    #expect(requests.map { $0.header("Host") } == ["shop.example.org", "localhost"])
    #expect(requests.map { $0.header("X-One") } == [nil, "1"])
    #expect(try RuleVerdict.findings(of: "nginx/proxy-header-dropped", http: http).count == 1)
  }
}
