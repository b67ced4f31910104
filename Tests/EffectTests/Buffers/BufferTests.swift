import Testing

/// Proves the rules about buffers and about headers that nginx adds and never replaces.
@Suite(
  "Buffers", .enabled(if: RunningNginx.isInstalled, RunningNginx.absence),
  .timeLimit(.minutes(15)))
struct BufferTests {
  @Test("that do not add up are refused by nginx where the rule says so, and only there")
  func arithmetic() throws {
    var dice = Dice(seed: 7)
    let sizes = ["2k", "4k", "8k", "16k", "14337", "32k", "64k"]
    for round in 0..<48 {
      let family = ["proxy", "fastcgi", "uwsgi", "scgi"][round % 4]
      var levels = ["", "", ""]
      for name in ["buffer_size", "buffers", "busy_buffers_size", "temp_file_write_size"]
      where dice.happens(50) {
        let size = dice.one(of: sizes)
        let value = name == "buffers" ? "\(dice.one(of: ["1", "2", "3", "8"])) \(size)" : size
        levels[dice.number(0...2)] += " \(family)_\(name) \(value);"
      }
      let http = "\(levels[0]) server { listen unix:a; \(levels[1]) location / { \(levels[2]) } }"
      let said = try RunningNginx.test(http: http)
      let found = try RuleVerdict.findings(of: "nginx/proxy-buffer-arithmetic", http: http)
      #expect(found.isEmpty == said.contains("test is successful"), "\(http)\n\(said)\n\(found)")
    }
  }

  @Test(
    "that are off keep a cache empty",
    arguments: [("proxy_buffering off;", ["MISS", "MISS"], 1), ("", ["MISS", "HIT"], 0)])
  func cache(line: String, statuses: [String], findings: Int) throws {
    let http = """
      proxy_cache_path cache keys_zone=c:1m;
      server { listen unix:back.sock; location / { return 200 a; } }
      server {
        listen unix:front.sock;
        location / {
          proxy_cache c; proxy_cache_valid 1h; proxy_cache_key $uri; \(line)
          add_header X-Cache $upstream_cache_status;
          proxy_pass http://unix:back.sock;
        }
      }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try (0..<2).map { _ in try nginx.get("/").header("X-Cache") } == statuses)
    let found = try RuleVerdict.findings(of: "nginx/cache-without-buffering", http: http)
    #expect(found.count == findings)
  }

  @Test("for a request line are those of the default server, for headers those of the one named")
  func headers() throws {
    let http = """
      server { listen unix:front.sock default_server; large_client_header_buffers 4 1k; }
      server {
        listen unix:front.sock; server_name sso.example.org;
        large_client_header_buffers 4 32k; return 200 a;
      }
      """
    let nginx = try RunningNginx(http: http)
    let long = String(repeating: "a", count: 3_000)
    let host = "Host: sso.example.org"
    #expect(try nginx.get("/\(long)", headers: [host]).status == 414)
    #expect(try nginx.get("/", headers: [host, "X-Long: \(long)"]).status == 200)
    let found = try RuleVerdict.findings(
      of: "nginx/header-buffers-nondefault-server", http: http)
    #expect(found.count == 1)
  }

  @Test(
    "Content-Type is sent twice where add_header sends one of its own",
    arguments: [
      ("add_header Content-Type text/html; return 200 a;", 2, 1),
      ("default_type text/html; return 200 a;", 1, 0),
      ("default_type ''; add_header Content-Type text/html; return 200 a;", 1, 0),
      ("add_header Content-Type text/html; return 204;", 1, 0),
      (
        """
        proxy_hide_header Content-Type; add_header Content-Type text/html;
        proxy_pass http://unix:back.sock;
        """, 1, 0
      ),
      ("add_header Content-Type text/html; proxy_pass http://unix:back.sock;", 2, 1),
    ])
  func contentType(lines: String, count: Int, findings: Int) throws {
    let http = """
      server { listen unix:back.sock; location / { return 200 a; } }
      server { listen unix:front.sock; location / { \(lines) } }
      """
    let nginx = try RunningNginx(http: http)
    #expect(try nginx.get("/").headers("Content-Type").count == count)
    let found = try RuleVerdict.findings(of: "nginx/add-header-content-type", http: http)
    #expect(found.count == findings)
  }
}
