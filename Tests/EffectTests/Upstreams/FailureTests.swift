import Testing

/// Proves nginx/upstream-all-down, nginx/failure-limits-of-lone-server, nginx/passive-checks-off
/// and nginx/server-repeated by what backends are asked.
@Suite(
  "Servers that fail",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct FailureTests {
  private static let front = """
    server { listen unix:front.sock; location / { proxy_pass http://app; } }
    """

  @Test("all marked down are 502 for every request")
  func allDown() throws {
    let http = "upstream app { server 127.0.0.1:PORT1 down; }\n" + Self.front
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1)))
    #expect(try nginx.get("/").status == 502)
    #expect(nginx.errorLog.contains("no live upstreams"))
    #expect(backend.connections == 0)
    #expect(try RuleVerdict.findings(of: "nginx/upstream-all-down", http: http).count == 1)
  }

  @Test("alone are asked again and again, whatever their limits say")
  func lone() throws {
    let http =
      "upstream app { server 127.0.0.1:PORT1 max_fails=1 fail_timeout=1h; }\n" + Self.front
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1))) { _ in .close }
    for _ in 0..<3 { #expect(try nginx.get("/").status == 502) }
    #expect(backend.requests.count == 3)
    let rule = "nginx/failure-limits-of-lone-server"
    // The rule knows addresses and not what a test puts in their place.
    let known = http.split(separator: "PORT1").joined(separator: "8080")
    #expect(try RuleVerdict.findings(of: rule, http: known).count == 1)
  }

  @Test(
    "keep their share of requests where failures are not counted",
    arguments: [("max_fails=0", 5, 1), ("max_fails=1 fail_timeout=1h", 1, 0)])
  func uncounted(limits: String, requests: Int, findings: Int) throws {
    let http = """
      upstream app { server 127.0.0.1:PORT1 \(limits); server 127.0.0.1:PORT2 \(limits); }
      \(Self.front)
      """
    let nginx = try RunningNginx(http: http)
    let dead = try Backend(at: .port(nginx.port(1))) { _ in .close }
    let alive = try Backend(at: .port(nginx.port(2)))
    for _ in 0..<10 { #expect(try nginx.get("/").status == 200) }
    #expect(alive.requests.count == 10)
    #expect(dead.requests.count == requests)
    #expect(
      try RuleVerdict.findings(of: "nginx/passive-checks-off", http: http).count == findings)
  }

  @Test("count as failed also when their failures are far apart: no window is too short")
  func window() throws {
    let http = """
      upstream app {
        server 127.0.0.1:PORT1 max_fails=2 fail_timeout=1s; server 127.0.0.1:PORT2 weight=1;
      }
      \(Self.front)
      """
    let nginx = try RunningNginx(http: http)
    let dead = try Backend(at: .port(nginx.port(1))) { _ in .close }
    let alive = try Backend(at: .port(nginx.port(2)))
    for _ in 0..<2 { #expect(try nginx.get("/").status == 200) }
    waitMilliseconds(2_100)
    for _ in 0..<2 { #expect(try nginx.get("/").status == 200) }
    #expect(dead.requests.count == 2)
    #expect(alive.requests.count == 4)
    #expect(nginx.errorLog.contains("upstream server temporarily disabled"))
  }

  @Test("named twice get twice the load")
  func repeated() throws {
    let http = """
      upstream app {
        server 127.0.0.1:PORT1; server 127.0.0.1:PORT2; server 127.0.0.1:PORT2;
      }
      \(Self.front)
      """
    let nginx = try RunningNginx(http: http)
    let once = try Backend(at: .port(nginx.port(1)))
    let twice = try Backend(at: .port(nginx.port(2)))
    for _ in 0..<6 { #expect(try nginx.get("/").status == 200) }
    #expect(once.requests.count == 2)
    #expect(twice.requests.count == 4)
    #expect(try RuleVerdict.findings(of: "nginx/server-repeated", http: http).count == 1)
  }
}
