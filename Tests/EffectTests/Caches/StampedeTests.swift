import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits without a clock.
func waitMilliseconds(_ milliseconds: Int) { usleep(UInt32(milliseconds) * 1_000) }

/// Proves nginx/cache-stampede, nginx/cache-filled-by-every-client and
/// nginx/background-update-without-stale by counting what a slow backend is asked.
@Suite(
  "A cached answer that has run out",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct StampedeTests {
  @Test(
    "sends every waiting client to the backend, also with a lock",
    arguments: [
      ("", 5), ("proxy_cache_lock on;", 5), ("proxy_cache_use_stale updating;", 1),
    ])
  func expiry(lines: String, asked: Int) throws {
    let http = Self.http(lines)
    let nginx = try RunningNginx(http: http)
    let backend = try Self.slowBackend(nginx)
    #expect(try nginx.get("/").body == "page")
    waitMilliseconds(2_100)
    try Self.askTogether(nginx)
    #expect(backend.requests.count == 1 + asked)
    let found = try RuleVerdict.findings(of: "nginx/cache-stampede", http: http)
    #expect(found.count == (asked > 1 ? 1 : 0))
  }

  @Test(
    "or is not there yet sends them as well, but for a lock",
    arguments: [("", 5), ("proxy_cache_lock on;", 1), ("proxy_cache_use_stale updating;", 5)])
  func start(lines: String, asked: Int) throws {
    let http = Self.http(lines)
    let nginx = try RunningNginx(http: http)
    let backend = try Self.slowBackend(nginx)
    try Self.askTogether(nginx)
    #expect(backend.requests.count == asked)
    let found = try RuleVerdict.findings(of: "nginx/cache-filled-by-every-client", http: http)
    #expect(found.count == (asked > 1 ? 1 : 0))
  }

  private static func slowBackend(_ nginx: RunningNginx) throws -> Backend {
    try Backend(at: .port(nginx.port(1))) { _ in .status(200, "page", afterMilliseconds: 300) }
  }

  /// Five clients who do not wait for each other.
  private static func askTogether(_ nginx: RunningNginx) throws {
    let clients = try (0..<5).map { _ in try RawConnection(to: nginx.socket()) }
    for client in clients {
      try client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    }
    for client in clients { #expect(client.answer().body == "page") }
  }

  @Test(
    "is renewed in the background only where an old answer is allowed",
    arguments: [("", "EXPIRED", 1), ("proxy_cache_use_stale updating;", "STALE", 0)])
  func background(lines: String, status: String, findings: Int) throws {
    let http = Self.http("proxy_cache_background_update on; \(lines)")
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1)))
    #expect(try nginx.get("/").header("X-Cache") == "MISS")
    waitMilliseconds(2_100)
    #expect(try nginx.get("/").header("X-Cache") == status)
    for _ in 0..<100 where backend.requests.count < 2 { waitMilliseconds(10) }
    #expect(backend.requests.count == 2)
    let rule = "nginx/background-update-without-stale"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == findings)
  }

  private static func http(_ lines: String) -> String {
    """
    proxy_cache_path cache keys_zone=pages:1m;
    server {
      listen unix:front.sock;
      location / {
        proxy_cache pages;
        proxy_cache_valid 200 1s;
        \(lines)
        add_header X-Cache $upstream_cache_status;
        proxy_pass http://127.0.0.1:PORT1;
      }
    }
    """
  }
}
