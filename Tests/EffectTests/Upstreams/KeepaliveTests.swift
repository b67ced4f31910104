import Testing

/// Proves nginx/keepalive-over-http10, nginx/keepalive-connection-close and
/// nginx/keepalive-before-balancing by counting the connections that a backend sees.
@Suite(
  "Kept connections to a backend",
  .enabled(if: RunningNginx.closesByDefault, RunningNginx.closingAbsence), .timeLimit(.minutes(15)))
struct KeepaliveTests {
  @Test("are used where nothing is in the way")
  func kept() throws {
    let http = Self.http(
      location: "proxy_http_version 1.1; proxy_set_header Connection \"\"; proxy_pass http://app;")
    #expect(try Self.connections(http) == 1)
    for rule in ["over-http10", "connection-close"] {
      #expect(try RuleVerdict.findings(of: "nginx/keepalive-\(rule)", http: http) == [])
    }
  }

  @Test("are one for each request in HTTP 1.0, which nobody has to write")
  func oldProtocol() throws {
    let http = Self.http(location: "proxy_pass http://app;")
    #expect(try Self.connections(http) == 4)
    #expect(try RuleVerdict.findings(of: "nginx/keepalive-over-http10", http: http).count == 1)
  }

  @Test("are one for each request where the header that would keep them is dropped")
  func droppedHeader() throws {
    let http = Self.http(
      location: "proxy_set_header Host $host; proxy_pass http://app;",
      around: "proxy_http_version 1.1; proxy_set_header Connection \"\";")
    #expect(try Self.connections(http) == 4)
    #expect(
      try RuleVerdict.findings(of: "nginx/keepalive-connection-close", http: http).count == 1)
  }

  @Test(
    "depend on the place of the balancing method",
    arguments: [
      ("least_conn;", "keepalive 8;", 1), ("keepalive 8;", "least_conn;", 4),
      ("keepalive 8;", "hash $request_uri;", 4), ("keepalive 8;", "ip_hash;", 4),
      ("keepalive 8;", "random;", 4), ("keepalive 8;", "", 1),
    ])
  func balancing(first: String, second: String, connections: Int) throws {
    let http = """
      upstream app { \(first) server 127.0.0.1:PORT1; \(second) }
      server {
        listen unix:front.sock;
        location / {
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_pass http://app;
        }
      }
      """
    #expect(try Self.connections(http) == connections)
    let findings = try RuleVerdict.findings(of: "nginx/keepalive-before-balancing", http: http)
    #expect(findings.count == (connections == 1 ? 0 : 1))
  }

  private static func http(location: String, around: String = "") -> String {
    """
    upstream app { server 127.0.0.1:PORT1; keepalive 8; }
    \(around)
    server { listen unix:front.sock; location / { \(location) } }
    """
  }

  /// How many connections four requests in a row open to the backend.
  private static func connections(_ http: String) throws -> Int {
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1)))
    for _ in 0..<4 { #expect(try nginx.get("/").status == 200) }
    #expect(backend.requests.count == 4)
    return backend.connections
  }
}
