import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Proves the rules about requests that are tried again.
@Suite(
  "A request that fails", .enabled(if: RunningNginx.isInstalled, RunningNginx.absence),
  .timeLimit(.minutes(15)))
struct RetryTests {
  private func http(_ servers: Int, _ location: String) -> String {
    let lines = (1...servers).map { "server unix:back\($0).sock;" }.joined(separator: " ")
    return """
      upstream app { \(lines) }
      server {
        listen unix:front.sock;
        location / { proxy_pass http://app; proxy_read_timeout 300ms; \(location) }
      }
      """
  }

  private func backends(
    _ count: Int, in folder: TemporaryFolder,
    reply: @escaping @Sendable (BackendRequest) -> BackendReply
  ) throws -> [Backend] {
    try (1...count).map { number in
      try Backend(at: .unix("\(folder.path)/back\(number).sock"), reply: reply)
    }
  }

  @Test(
    "takes every backend out where it may try them all, and two where it may try two",
    arguments: [
      (3, "", 3, 502, 1), (3, "proxy_next_upstream_tries 2;", 2, 200, 0),
      (3, "proxy_next_upstream_timeout 200ms;", 1, 200, 0), (2, "", 2, 502, 0),
      (2, "proxy_next_upstream_tries 2;", 2, 502, 0),
    ])
  func unbounded(
    servers: Int, location: String, tries: Int, afterwards: Int, findings: Int
  ) throws {
    let folder = try TemporaryFolder()
    let backends = try backends(servers, in: folder) { request in
      request.text.hasPrefix("GET /bad") ? .hang : .status(200, "ok")
    }
    let http = http(servers, location)
    let nginx = try RunningNginx(http: http, folder: folder)
    #expect(try nginx.get("/bad").status == 504)
    #expect(backends.map(\.requests.count).reduce(0, +) == tries)
    #expect(try nginx.get("/good").status == afterwards)
    #expect(try RuleVerdict.findings(of: "nginx/retries-unbounded", http: http).count == findings)
  }

  @Test(
    "and changes something is sent once more only where nginx is told so and has another server",
    arguments: [
      (2, "", 1, 0), (2, "proxy_next_upstream error timeout non_idempotent;", 2, 1),
      (1, "proxy_next_upstream error timeout non_idempotent;", 1, 0),
    ])
  func nonIdempotent(servers: Int, location: String, sent: Int, findings: Int) throws {
    let folder = try TemporaryFolder()
    let backends = try backends(servers, in: folder) { _ in .hang }
    let http = http(servers, location)
    let nginx = try RunningNginx(http: http, folder: folder)
    #expect(try nginx.get("/pay", method: "POST").status == 504)
    #expect(backends.map(\.requests.count).reduce(0, +) == sent)
    #expect(
      try RuleVerdict.findings(of: "nginx/retry-non-idempotent", http: http).count == findings)
  }

  @Test(
    "because there is too much goes to all of them where 503 is a reason to try again",
    arguments: [("", 1, 0), ("proxy_next_upstream error timeout http_503;", 3, 1)])
  func overload(location: String, tries: Int, findings: Int) throws {
    let folder = try TemporaryFolder()
    let backends = try backends(3, in: folder) { _ in .status(503) }
    let http = http(3, location)
    let nginx = try RunningNginx(http: http, folder: folder)
    #expect(try nginx.get("/").status == 503)
    #expect(backends.map(\.requests.count).reduce(0, +) == tries)
    #expect(try RuleVerdict.findings(of: "nginx/retry-on-overload", http: http).count == findings)
  }

  #if os(Linux)
    @Test(
      "to connect finds no other server once the time for retries is over",
      arguments: [("500ms", 504, 1), ("1s", 504, 1), ("9s", 200, 0)])
    func retryTime(time: String, status: Int, findings: Int) throws {
      let folder = try TemporaryFolder()
      let backends = try backends(1, in: folder) { _ in .status(200, "ok") }
      let hole = try SilentPort()
      let http = """
        upstream app { server 127.0.0.1:\(hole.port); server unix:back1.sock; }
        server {
          listen unix:front.sock; proxy_connect_timeout 1s;
          location / { proxy_pass http://app; proxy_next_upstream_timeout \(time); }
        }
        """
      let nginx = try RunningNginx(http: http, folder: folder)
      #expect(try nginx.get("/").status == status)
      #expect(backends[0].requests.count == (status == 200 ? 1 : 0))
      let rule = "nginx/retry-time-below-connect-timeout"
      #expect(try RuleVerdict.findings(of: rule, http: http).count == findings)
    }
  #endif
}

#if os(Linux)
  /// A port that answers nothing, as a machine that is gone: its queue is full.
  private final class SilentPort {
    let port: Int
    private var streams: [Int32] = []

    init() throws {
      port = try SocketAddress.freePort()
      let listener = try SocketAddress.port(port).listening()
      streams.append(listener)
      // The system keeps one more than asked for.
      guard listen(listener, 0) == 0 else { throw EffectError.system("listen") }
      for _ in 0..<4 {
        let stream = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        _ = withUnsafePointer(to: &address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(stream, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
          }
        }
        streams.append(stream)
      }
    }

    deinit { for stream in streams { close(stream) } }
  }
#endif
