import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Proves nginx/fastcgi-keepalive-off by the flag that a FastCGI server is sent.
@Suite(
  "A FastCGI server",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct FastCGIKeepaliveTests {
  @Test(
    "is asked to keep the connection only where that is switched on",
    arguments: [("", 0), ("fastcgi_keep_conn on;", 1)])
  func flag(line: String, flag: UInt8) throws {
    let http = """
      upstream php { server 127.0.0.1:PORT1; keepalive 8; }
      server { listen unix:front.sock; location / { \(line) fastcgi_pass php; } }
      """
    let nginx = try RunningNginx(http: http)
    let listener = try SocketAddress.port(nginx.port(1)).listening()
    defer { close(listener) }
    let client = try RawConnection(to: nginx.socket())
    try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    let stream = accept(listener, nil, nil)
    try #require(stream >= 0)
    defer { close(stream) }
    var bytes: [UInt8] = []
    while bytes.count < 16 {
      let more = receiveSome(from: stream)
      try #require(!more.isEmpty)
      bytes += more
    }
    // The record that begins a request: a head of eight bytes, the role, the flags.
    #expect(bytes[1] == 1)
    #expect(bytes[10] == flag)
    let findings = try RuleVerdict.findings(of: "nginx/fastcgi-keepalive-off", http: http)
    #expect(findings.count == (flag == 0 ? 1 : 0))
  }
}
