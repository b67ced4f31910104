import Testing

/// Proves nginx/variable-host-without-resolver.
@Suite(
  "A host in a variable without a resolver",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct VariableHostTests {
  private let rule = "nginx/variable-host-without-resolver"

  @Test("is 502 for every request, though the name could be looked up")
  func name() throws {
    let bad = """
      server {
        listen unix:front.sock;
        location / { set $backend localhost; proxy_pass http://$backend:PORT1; }
      }
      """
    let nginx = try RunningNginx(http: bad)
    let backend = try Backend(at: .port(nginx.port(1)))
    #expect(try nginx.get("/").status == 502)
    #expect(nginx.errorLog.contains("no resolver defined to resolve localhost"))
    #expect(backend.connections == 0)
    #expect(try RuleVerdict.findings(of: rule, http: bad).count == 1)
  }

  @Test("is fine where it names an upstream")
  func upstream() throws {
    let good = """
      upstream app { server 127.0.0.1:PORT1; }
      server {
        listen unix:front.sock;
        location / { set $backend app; proxy_pass http://$backend; }
      }
      """
    let nginx = try RunningNginx(http: good)
    let backend = try Backend(at: .port(nginx.port(1))) { _ in .status(200, "from the backend") }
    #expect(try nginx.get("/").body == "from the backend")
    #expect(backend.requests.first?.header("Host") == "app")
    #expect(try RuleVerdict.findings(of: rule, http: good) == [])
  }
}
