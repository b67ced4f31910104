import Testing

/// Proves the rules about configurations that nginx refuses without naming a line.
@Suite(
  "nginx does not start", .enabled(if: RunningNginx.isInstalled, RunningNginx.absence),
  .timeLimit(.minutes(15)))
struct StartTests {
  /// Whether nginx refuses an `http` block with these words.
  private func refuses(_ http: String, _ words: String) throws -> Bool {
    let said = try RunningNginx.test(http: http)
    #expect(said.contains("test is successful") || said.contains(words), "\(said)")
    return said.contains(words)
  }

  @Test(
    "where a limit names a zone that is not declared for it",
    arguments: [
      ("limit_req_zone $uri zone=a:1m rate=1r/s; server { limit_req zone=a; }", ""),
      ("server { limit_req zone=a; }", "zero size shared memory zone \"a\""),
      ("server { limit_conn a 1; }", "zero size shared memory zone \"a\""),
      (
        "limit_req_zone $uri zone=a:1m rate=1r/s; server { limit_conn a 1; }",
        "already declared for a different use"
      ),
    ])
  func zones(http: String, words: String) throws {
    let isRefused = try !words.isEmpty && refuses(http, words)
    #expect(isRefused == !words.isEmpty)
    let rule = "nginx/limit-zone-undefined"
    #expect(try RuleVerdict.findings(of: rule, http: http).count == (isRefused ? 1 : 0))
  }

  @Test(
    "with a server name beyond its table, exactly where the rule says so",
    arguments: [40, 45, 46, 47, 48, 63], ["", "server_names_hash_bucket_size 65;"])
  func names(length: Int, size: String) throws {
    let name = String(repeating: "a", count: length)
    for pattern in [name, "*.\(name)", ".\(name)", "\(name).*"] {
      let http = """
        \(size)
        server { listen 127.0.0.1:PORT1; server_name \(pattern); }
        server { listen 127.0.0.1:PORT1; server_name b; }
        """
      let isRefused = try refuses(http, "could not build server_names_hash")
      let rule = "nginx/server-name-too-long"
      let known = try RuleVerdict.findings(of: rule, http: http)
      #expect(known.count == (isRefused ? 1 : 0), "\(pattern)")
    }
  }

  @Test(
    "with a key of a map beyond its table, exactly where the rule says so",
    arguments: [45, 46, 47, 60], ["", "map_hash_bucket_size 128;"])
  func keys(length: Int, size: String) throws {
    let key = String(repeating: "a", count: length)
    for body in ["\(key) 1;", "hostnames; *.\(key) 1;", "~\(key) 1;", "default \(key);"] {
      let http = "\(size) map $uri $known { \(body) }"
      let isRefused = try refuses(http, "could not build map_hash")
      let known = try RuleVerdict.findings(of: "nginx/map-key-too-long", http: http)
      #expect(known.count == (isRefused ? 1 : 0), "\(body)")
    }
  }

  @Test(
    "with options of one socket on two lines",
    arguments: [
      ("reuseport", "reuseport"), ("reuseport", ""), ("backlog=64", "so_keepalive=on"),
      ("deferred", "proxy_protocol"), ("bind", "rcvbuf=8k"), ("default_server", "backlog=9"),
    ])
  func options(one: String, two: String) throws {
    let http = """
      server { listen 127.0.0.1:PORT1 \(one); server_name a; }
      server { listen 127.0.0.1:PORT1 \(two); server_name b; }
      """
    let isRefused = try refuses(http, "duplicate listen options")
    let known = try RuleVerdict.findings(of: "nginx/socket-options-twice", http: http)
    #expect(known.count == (isRefused ? 1 : 0))
  }
}
