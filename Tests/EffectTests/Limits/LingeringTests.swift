import Testing

/// Proves nginx/lingering-close-off.
@Suite(
  "A client that still sends", .enabled(if: RunningNginx.isInstalled, RunningNginx.absence),
  .timeLimit(.minutes(15)))
struct LingeringTests {
  @Test(
    "sees the answer unless nginx closes at once",
    arguments: [("", true, 0), ("lingering_close off;", false, 1)])
  func upload(close: String, isSeen: Bool, findings: Int) throws {
    let http = """
      client_max_body_size 100m;
      server { listen unix:back.sock; location / { return 403; } }
      server {
        listen 127.0.0.1:PORT1; \(close)
        location / { proxy_request_buffering off; proxy_pass http://unix:back.sock; }
      }
      """
    let nginx = try RunningNginx(http: http)
    let connection = try RawConnection(to: .port(nginx.port(1)))
    let length = 16 << 20
    try connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
    let piece = String(repeating: "a", count: 1 << 16)
    var isReset = false
    do {
      for _ in 0..<(length / piece.utf8.count) { try connection.send(piece) }
    } catch is EffectError {
      isReset = true
    }
    #expect((!isReset && connection.answer().status == 403) == isSeen)
    let rule = "nginx/lingering-close-off"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == findings)
  }
}
