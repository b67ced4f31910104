import Testing

/// Proves nginx/websocket-upgrade-incomplete by the handshake that a backend sees.
@Suite(
  "A web socket",
  .enabled(if: RunningNginx.closesByDefault, RunningNginx.closingAbsence), .timeLimit(.minutes(15)))
struct WebSocketTests {
  private static let upgrade = "proxy_set_header Upgrade $http_upgrade;"

  @Test(
    "needs HTTP 1.1 and both headers",
    arguments: [
      ("proxy_http_version 1.1; proxy_set_header Connection \"upgrade\";", "HTTP/1.1", "upgrade"),
      ("proxy_set_header Connection \"upgrade\";", "HTTP/1.0", "upgrade"),
      ("proxy_http_version 1.1;", "HTTP/1.1", "close"),
      ("proxy_http_version 1.1; proxy_set_header Connection keep-alive;", "HTTP/1.1", "keep-alive"),
    ])
  func handshake(lines: String, version: String, connection: String) throws {
    let http = """
      server {
        listen unix:front.sock;
        location / { \(Self.upgrade) \(lines) proxy_pass http://127.0.0.1:PORT1; }
      }
      """
    let nginx = try RunningNginx(http: http)
    // A backend as the protocol wants it: the handshake counts with all its parts alone.
    let backend = try Backend(at: .port(nginx.port(1))) { request in
      let isWhole =
        request.lines.first?.hasSuffix("HTTP/1.1") == true
        && request.header("Upgrade") == "websocket"
        && request.header("Connection")?.lowercased() == "upgrade"
      return isWhole
        ? .answer("HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n")
        : .status(426)
    }
    let client = try RawConnection(to: nginx.socket())
    try client.send(
      "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    let isWhole = version == "HTTP/1.1" && connection == "upgrade"
    #expect(client.answer().status == (isWhole ? 101 : 426))
    let request = try #require(backend.requests.first)
    #expect(request.lines.first == "GET / \(version)")
    #expect(request.header("Connection") == connection)
    let findings = try RuleVerdict.findings(
      of: "nginx/websocket-upgrade-incomplete", http: http)
    #expect(findings.count == (isWhole ? 0 : 1))
  }
}
