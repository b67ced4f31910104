import Testing

/// What nginx does with one request, and which lines say so.
@Suite("headgate inventory --uri", .timeLimit(.minutes(15)))
struct RequestTests {
  private static let configuration = """
    events { }
    http {
      proxy_read_timeout 30s;
      add_header X-Frame-Options DENY;
      server { listen 80; return 301 https://$host$request_uri; }
      server { listen 443 ssl; server_name shop.example.org; ssl_protocols TLSv1.2; }
      server {
        listen 443 ssl;
        server_name auth.example.org;
        ssl_protocols TLSv1.3;
        location / { proxy_pass http://10.0.0.1; }
        location /login {
          proxy_read_timeout 5s;
          add_header Cache-Control no-store;
          if ($request_method = POST) { return 204; }
          proxy_pass http://10.0.0.1;
        }
      }
    }
    """

  private func folder(_ text: String = configuration) throws -> TemporaryFolder {
    try TemporaryFolder(["nginx.conf": text])
  }

  @Test("without a request lists what counts under a condition with the condition in its key")
  func conditions() throws {
    let folder = try folder()
    let text = try folder.headgate("inventory").output
    #expect(text.contains("  if[$request_method = POST].return  "), "\(text)")
    let chosen = try JSONValue(
      try folder.headgate("inventory", "--key", "return", "--format", "json").output)
    let keys = (chosen.resources?.array ?? []).flatMap { $0.settings?.array ?? [] }
      .compactMap { $0.key?.string }
    #expect(keys == ["return", "if[$request_method = POST].return"])
  }

  @Test("tells the value and the line")
  func value() throws {
    let run = try folder().headgate(
      "inventory", "--uri", "https://auth.example.org/login?x=1", "--key", "proxy_read_timeout",
      "--product", "nginx=1.26.0")
    #expect(run.status == 0, "\(run.text)")
    #expect(
      run.output == """
        /login?x=1 at auth.example.org  nginx.conf  nginx 1.26.0
            listen    443 ssl           nginx.conf:8   opens *:443
            server    auth.example.org  nginx.conf:9   its name is "auth.example.org"
            location  /login            nginx.conf:12  the longest prefix of the path
          but
            if        ($request_method = POST)  nginx.conf:15  where the condition holds, its block counts: return
        runs with
          proxy_read_timeout  5000 ms  nginx.conf:13  written 5s

        """, "\(run.output)")
  }

  @Test("json: the way, own and inherited values, and what the default server decides")
  func json() throws {
    let run = try folder().headgate(
      "inventory", "--uri", "/login", "--host", "AUTH.example.org.", "--port", "443", "--format",
      "json", "--product", "nginx=1.26.0", "--all")
    #expect(run.status == 0, "\(run.text)")
    let document = try JSONValue(run.output)
    #expect(document.version?.int == 1)
    let answers = document.answers?.array ?? []
    #expect(answers.count == 1)
    let answer = try #require(answers.first)
    #expect(answer.location?.line?.int == 12)
    #expect(answer.steps?.array.map { $0.directive?.string } == ["server", "location"])
    func setting(_ key: String) -> JSONValue? {
      answer.settings?.array.first { $0.key?.string == key }
    }
    #expect(setting("add_header")?.written?.string == "Cache-Control no-store")
    #expect(setting("add_header")?.note?.string == "the line of http does not count here")
    #expect(setting("ssl_protocols")?.effective?.string == "TLSv1.2")
    #expect(setting("ssl_protocols")?.provenance?.string == "clamped")
    #expect(setting("proxy_send_timeout")?.provenance?.string == "default")
  }

  @Test("gives an answer for each way that may be taken, and says what it assumes")
  func assumptions() throws {
    let text = "http { server { listen 80; location / { } location ~ ^/odd(?R)? { } } } events { }"
    let run = try folder(text).headgate("inventory", "--uri", "/odd", "--key", "send_timeout")
    #expect(run.output.contains("(2 of 2)"))
    #expect(run.output.contains("taken to match: it cannot be judged"))
    #expect(run.output.contains("taken not to match"))
  }

  @Test(
    "exits 2 where there is no answer",
    arguments: [
      (["--uri", "/", "--port", "81"], "no server of nginx listens"),
      (["--uri", "/../a"], "nginx refuses this request"),
      (["--uri", "/a b"], "nginx refuses this request"),
      (["--uri", "/", "--host", "a..b"], "nginx refuses this request"),
      (["--uri", "/", "--key", "proxy_raed_timeout"], "\"proxy_raed_timeout\" has no value there"),
      (["--host", "a"], "need --uri"),
    ])
  func refusals(arguments: [String], message: String) throws {
    let folder = try folder()
    let run = try Program.headgate(["inventory"] + arguments, in: folder.path)
    #expect(run.status == 2, "\(run.text)")
    #expect(run.errors.contains(message), "\(run.text)")
  }

  @Test("--key shows one setting of every resource")
  func key() throws {
    let run = try folder().headgate("inventory", "--key", "proxy_read_timeout")
    #expect(run.status == 0)
    #expect(run.output.contains("location /login"))
    #expect(!run.output.contains("ssl_protocols"))
  }
}
