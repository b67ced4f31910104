import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Proves nginx/cache-key-without-host, nginx/cache-ignores-sent-host and nginx/cache-without-key
/// by asking for one page and getting another.
@Suite(
  "A cache key",
  .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), .timeLimit(.minutes(15)))
struct CacheKeyTests {
  @Test(
    "without the host mixes sites up, also the default one",
    arguments: [
      ("", "shop.example", 1), ("proxy_cache_key $request_uri;", "shop.example", 1),
      ("proxy_cache_key $host$request_uri;", "blog.example", 0),
    ])
  func hosts(key: String, seen: String, findings: Int) throws {
    let location = """
      location / {
        proxy_cache pages; proxy_cache_valid 200 1m;
        proxy_set_header Host $host; proxy_pass http://app;
      }
      """
    let http = """
      proxy_cache_path cache keys_zone=pages:1m;
      \(key)
      upstream app { server 127.0.0.1:PORT1; }
      server { listen unix:front.sock; server_name shop.example; \(location) }
      server { listen unix:front.sock; server_name blog.example; \(location) }
      """
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1))) {
      .status(200, $0.header("Host") ?? "")
    }
    #expect(try nginx.get("/", headers: ["Host: shop.example"]).body == "shop.example")
    #expect(try nginx.get("/", headers: ["Host: blog.example"]).body == seen)
    #expect(backend.requests.count == (findings > 0 ? 1 : 2))
    let found = try RuleVerdict.findings(of: "nginx/cache-key-without-host", http: http)
    #expect((found.count > 0) == (findings > 0))
  }

  @Test("without the host that the backend is told lets one client decide for all")
  func sentHost() throws {
    let http = """
      proxy_cache_path cache keys_zone=pages:1m;
      server {
        listen unix:front.sock;
        location / {
          proxy_cache pages; proxy_cache_valid 302 1m;
          proxy_set_header Host $http_host; proxy_pass http://127.0.0.1:PORT1;
        }
      }
      """
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1))) {
      .status(302, headers: ["Location: https://\($0.header("Host") ?? "")/login"])
    }
    _ = try nginx.get("/", headers: ["Host: evil.example"])
    let victim = try nginx.get("/", headers: ["Host: bank.example"])
    #expect(victim.header("Location") == "https://evil.example/login")
    #expect(backend.requests.count == 1)
    let rule = "nginx/cache-ignores-sent-host"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == 1)
  }

  @Test("that is missing gives one answer for every address")
  func missing() throws {
    let http = """
      scgi_cache_path cache keys_zone=pages:1m;
      server {
        listen unix:front.sock;
        location / { scgi_cache pages; scgi_cache_valid 200 1m; scgi_pass 127.0.0.1:PORT1; }
      }
      """
    let nginx = try RunningNginx(http: http)
    let listener = try SocketAddress.port(nginx.port(1)).listening()
    let client = try RawConnection(to: nginx.socket())
    try client.send("GET /first HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let stream = accept(listener, nil, nil)
    try #require(stream >= 0)
    _ = receiveSome(from: stream)
    try sendAll(Array("Status: 200 OK\r\nContent-Length: 5\r\n\r\nfirst".utf8), to: stream)
    close(stream)
    #expect(client.answer().body == "first")
    close(listener)
    // Nobody listens any more: the answer can only come from the cache.
    #expect(try nginx.get("/second").body == "first")
    #expect(try RuleVerdict.findings(of: "nginx/cache-without-key", http: http).count == 1)
  }

  @Test("without the user gives users the pages of others")
  func users() throws {
    let http = """
      proxy_cache_path cache keys_zone=pages:1m;
      server {
        listen unix:front.sock;
        location = /auth { internal; proxy_pass http://127.0.0.1:PORT1; }
        location / {
          auth_request /auth;
          auth_request_set $user $upstream_http_x_user;
          proxy_set_header X-User $user;
          proxy_cache pages; proxy_cache_valid 200 1m;
          proxy_pass http://127.0.0.1:PORT1;
        }
      }
      """
    let nginx = try RunningNginx(http: http)
    let backend = try Backend(at: .port(nginx.port(1))) { request in
      request.lines.first?.hasPrefix("GET /auth") == true
        ? .status(204, headers: ["X-User: \(request.header("Cookie") ?? "")"])
        : .status(200, "page of \(request.header("X-User") ?? "nobody")")
    }
    #expect(try nginx.get("/", headers: ["Host: a", "Cookie: ann"]).body == "page of ann")
    #expect(try nginx.get("/", headers: ["Host: a", "Cookie: bob"]).body == "page of ann")
    #expect(backend.requests.count == 3)
    #expect(try RuleVerdict.findings(of: "nginx/cache-shared-by-users", http: http).count == 1)
  }
}
